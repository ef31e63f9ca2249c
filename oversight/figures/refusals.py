"""Why a figure was not counted."""


class CannotCount(Exception):
    """What was asked for makes no sense as it stands; str() says why, and what can be asked instead."""
