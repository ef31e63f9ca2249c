"""Tests: one folder for each room, and those of the whole house in architecture/ and browser/."""
