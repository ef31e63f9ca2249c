"""A signed note of where the chain stood, to be kept elsewhere: it shows a cut tail and a rewritten whole."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import select
from sqlalchemy.orm import Session

from oversight.ledger.models import Head


class CheckpointError(Exception):
    """A checkpoint can't be made, or isn't one, or was altered."""


@dataclass(frozen=True)
class Checkpoint:
    """The chain's last number and hash at an instant, and the Ed25519 key (base64) that vouches for them."""

    number: int
    hash: str
    at: str
    office: str
    public_key: str


def take_checkpoint(session: Session, *, key_file: Path, office: str, at: datetime) -> str:
    """The JSON text of a signed checkpoint of the chain as it stands, for someone outside to keep."""
    key = _private_key(key_file)
    head = session.execute(select(Head.number, Head.hash).where(Head.id == 1)).one()
    checkpoint = Checkpoint(
        number=head.number,
        hash=head.hash,
        at=at.astimezone(UTC).isoformat(timespec="seconds"),
        office=office,
        public_key=_text(key.public_key().public_bytes_raw()),
    )
    signature = _text(key.sign(_signed_bytes(checkpoint)))
    return json.dumps({**asdict(checkpoint), "signature": signature}, indent=2, ensure_ascii=False) + "\n"


def read_checkpoint(text: str, *, public_key: str | None = None) -> Checkpoint:
    """The checkpoint in that text, its signature checked; CheckpointError if it does not hold.

    The signature is checked with the key that the checkpoint names, which must be `public_key` if given:
    whoever can forge the file could sign it with a key of their own.
    """
    try:
        fields = json.loads(text)
        signature = base64.b64decode(fields.pop("signature"), validate=True)
        checkpoint = Checkpoint(**fields)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(checkpoint.public_key, validate=True))
        key.verify(signature, _signed_bytes(checkpoint))
    except InvalidSignature:
        raise CheckpointError("The checkpoint was altered: its signature does not fit.") from None
    except (ValueError, TypeError, LookupError, AttributeError, binascii.Error):
        raise CheckpointError("This is not a checkpoint of a ledger.") from None
    if public_key is not None and checkpoint.public_key != public_key:
        raise CheckpointError("The checkpoint was signed with another key than the office's.")
    return checkpoint


def _signed_bytes(checkpoint: Checkpoint) -> bytes:
    return json.dumps(asdict(checkpoint), sort_keys=True, separators=(",", ":")).encode()


def _private_key(key_file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(key_file.read_bytes(), password=None)
    except (OSError, ValueError):
        raise CheckpointError(f"There is no key to sign with in {key_file}: run `oversight init`.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise CheckpointError(f"The key in {key_file} is not an Ed25519 key.")
    return key


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
