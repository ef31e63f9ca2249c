"""What can be asked about files. Every query that a person's page uses starts at that person."""
