"""The staff's pages: the queue, the file and its steps, the liaison's, the auditor's, the calendar."""
