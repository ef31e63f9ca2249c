"""The public's pages: telling a complaint, following it, and the desk's form for one that was told aloud."""
