"""Copies of the whole office for a bad day, and the way back from one. Keys are never among them."""
