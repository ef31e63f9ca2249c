"""What is counted of many files, and what of it may leave the building."""
