"""What is published of a file: the public's pages, and those of the people who write them."""
