"""The only writers of a file. Each writes its history, ledger entry and notices in one transaction."""
