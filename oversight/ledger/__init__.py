"""The append-only history of everything done: who did what to which thing, when, numbered and chained.

An entry is public by its number and hashes alone. Its words lie beside it with a salt, so that they can
be destroyed lawfully while the chain stays whole. Entries are written by `record`, and by nothing else.
"""

from oversight.ledger.actions import destroy_words, record
from oversight.ledger.actor import Actor
from oversight.ledger.checkpoint import Checkpoint, CheckpointError, read_checkpoint, take_checkpoint
from oversight.ledger.hook import LedgerError
from oversight.ledger.queries import last_number
from oversight.ledger.verification import Verification, verify

__all__ = [
    "Actor",
    "Checkpoint",
    "CheckpointError",
    "LedgerError",
    "Verification",
    "destroy_words",
    "last_number",
    "read_checkpoint",
    "record",
    "take_checkpoint",
    "verify",
]
