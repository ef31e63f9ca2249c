"""The community reviewers' pages: their queue, a declaration for each file, and their findings."""
