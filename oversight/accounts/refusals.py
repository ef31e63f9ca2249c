"""How an action on a person says no."""


class NotAllowed(Exception):
    """The action may not be done. `reason` is a marked sentence that says what to do instead."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Overtaken(NotAllowed):
    """Someone else did it first, or the page was stale; the reader should look at the fresh page."""
