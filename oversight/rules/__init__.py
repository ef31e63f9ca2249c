"""The rulebook: what changes by law. Pure Python, no web and no database."""
