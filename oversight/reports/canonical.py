"""The one way to write a document down, so that the same content always has the same hash."""

import hashlib
import json
from typing import Any


def canonical(content: dict[str, Any]) -> str:
    """As JSON: keys in order, no spaces, letters as they are. NaN and infinity have no place in it."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_of(content: dict[str, Any]) -> str:
    """The hash of that, in hex."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
