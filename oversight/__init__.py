"""Oversight: complaints about policing, reviewed by civilians, with their outcomes published."""
