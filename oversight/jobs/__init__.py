"""What the office does by itself, and when. The work lies in rows; this is the pulse that picks it up."""
