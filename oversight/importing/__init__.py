"""An office's history, brought in from its exports by a mapping file."""
