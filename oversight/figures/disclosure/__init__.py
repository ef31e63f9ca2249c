"""What of a table may be shown: small numbers stay hidden from whoever puts together all that was printed.

It is decided from the tables alone. What is counted, and how, is said by the rooms around this one.
"""
