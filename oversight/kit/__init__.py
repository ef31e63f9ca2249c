"""What every room builds on and nothing about complaints: database, clock, sealing, words, pages."""
