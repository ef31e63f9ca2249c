"""Commands for those who work on the house, called by the Makefile; nothing here is installed."""
