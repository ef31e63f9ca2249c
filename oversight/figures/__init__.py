"""What is counted of many files (`tables`), how (`queries`), and what of it may be shown (`disclosure`)."""
