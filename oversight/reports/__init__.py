"""Transparency reports: what an edition says, how it is counted, frozen, printed and issued."""
