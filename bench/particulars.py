"""What the workloads need to know of a kept office: written down once, when it is made."""

from typing import Any


def noted() -> dict[str, Any]:
    """What pages.py asks for by name."""
    return {}
