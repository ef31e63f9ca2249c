"""The file: what guards, visibility and figures read, its queries, and its only writers, the actions.

No pages here. Rooms with pages call the queries to show a file and the actions to change it.
"""
