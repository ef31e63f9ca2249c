"""The counting itself, in sets, the same on both databases."""
