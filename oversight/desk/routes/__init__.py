"""The desk's pages, one module for each part of the work."""

from oversight.desk.routes import (
    allegations,
    calendar,
    copies,
    file,
    handling,
    ledger,
    liaison,
    messages,
    people,
    proposals,
    queue,
    receipts,
    steps,
)
from oversight.desk.routes.blueprint import blueprint

__all__ = [
    "allegations",
    "blueprint",
    "calendar",
    "copies",
    "file",
    "handling",
    "ledger",
    "liaison",
    "messages",
    "people",
    "proposals",
    "queue",
    "receipts",
    "steps",
]
