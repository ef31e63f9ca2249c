"""Workloads measured against floors of the same run: how far each is from what it could cost."""
