"""How the desk's pages put a file's codes, ids and days into words, in the reader's language."""
