"""Sealing at rest: what names a person is encrypted before it reaches the database.

A sealed value is bound to its table, column and row, so it opens nowhere else. Its key's id stands in
front of it, so that keys can be rotated while the office works.
"""

import hmac
import json
import os
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, Literal, Self, TypeVar, cast, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

from oversight.keys import INDEX, SEALING_KEYS, parse_sealing_keys
from oversight.settings import Settings

NONCE_BYTES = 12
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
T = TypeVar("T")
LookAgain = Callable[[], Mapping[str, bytes]]


class SealError(Exception):
    """A sealed value can't be opened: altered, moved from another row, or sealed with a key we lack."""


class UnknownKeyError(SealError):
    """The key that a value was sealed with is not in the list."""


class Keyring:
    """The office's keys: the first seals, all open, and the one named `index` makes blind indices.

    Blind indices are compared with what is already stored, so their key must outlive every rotation.
    It is an entry of its own, neither derived from a sealing key nor ever used to seal.
    """

    def __init__(self, keys: Mapping[str, bytes], look_again: LookAgain | None = None) -> None:
        """`look_again` gives the list afresh when a key is unknown: another process may have rotated."""
        self._look_again = look_again
        self._take(keys)

    def _take(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items() if key_id != INDEX}
        self._sealing_id = next(iter(self._ciphers))
        self._index_key_for = cache(lambda purpose: derived_key(keys[INDEX], f"blind index: {purpose}"))

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for one place, `table.column:row id`; the same text never looks the same twice."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._sealing_id].encrypt(nonce, plain, place.encode())
        return self._sealing_id.encode() + b":" + nonce + sealed

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what was sealed for this place; SealError if it was altered or belongs elsewhere."""
        key_id, _, rest = sealed.partition(b":")
        try:
            return self._cipher(key_id).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise SealError(f"The sealed value of {place} was altered or belongs elsewhere.") from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether a value was sealed with the key that seals today."""
        return sealed.startswith(self._sealing_id.encode() + b":")

    def blind_index(self, value: str, purpose: str) -> bytes:
        """32 bytes that are equal for equal values of one purpose, and tell nothing else.

        The caller folds case and spaces first, where those make no difference.
        """
        return hmac.digest(self._index_key_for(purpose), value.encode(), "sha256")

    def _cipher(self, key_id: bytes) -> AESGCM:
        name = key_id.decode("ascii", "replace")
        if name not in self._ciphers and self._look_again:
            self._take(self._look_again())
        if name not in self._ciphers:
            raise UnknownKeyError("A value was sealed with a key that is not in the list of sealing keys.")
        return self._ciphers[name]


def derived_key(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key of its own for each purpose, from one secret (HKDF-SHA256, RFC 5869)."""
    return HKDF(SHA256(), 32, None, purpose.encode()).derive(secret)


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its keyring; where keys lie in the office's file, a rotation is noticed by itself."""
    file = settings.data_dir / SEALING_KEYS

    def from_file() -> dict[str, bytes]:
        return parse_sealing_keys(file.read_text(encoding="utf-8").strip())

    keys = parse_sealing_keys(settings.sealing_keys)
    embedded = file.exists() and from_file() == keys
    app.extensions["oversight.keyring"] = Keyring(keys, from_file if embedded else None)


def keyring() -> Keyring:
    """The keyring of the app at work."""
    return cast(Keyring, current_app.extensions["oversight.keyring"])


def blind_index(value: str, purpose: str) -> bytes:
    """Keyring.blind_index, with the app's own keys."""
    return keyring().blind_index(value, purpose)


class Sealed(Generic[T]):
    """An attribute of a model that is plain to the code and sealed in the column named `column`."""

    def __init__(self, column: str, *, required: bool = False) -> None:
        self.column = column
        self.required = required

    @overload
    def __get__(self, row: None, model: type) -> Self: ...
    @overload
    def __get__(self, row: object, model: type) -> T: ...
    def __get__(self, row: Any, model: type) -> Self | T:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if sealed is None and self.required:
            raise ValueError(f"{model.__name__}.{self.column} was read before it was set.")
        return cast(T, None if sealed is None else self._open(sealed, self.place(row)))

    def __set__(self, row: Any, value: T) -> None:
        if value is None and self.required:
            raise ValueError(f"{type(row).__name__}.{self.column} can't be empty.")
        setattr(row, self.column, self._sealed(value, self.place(row)))

    def __set_name__(self, model: Any, _: str) -> None:
        self.model = model

    def sealed_for(self, row_id: uuid.UUID, value: T) -> bytes | None:
        """What the column holds for that row: for rows that are written many at a time, as plain values."""
        if value is None:
            return None
        return self._sealed(value, place_of(self.model.__table__.name, self.column, row_id))

    def opened_for(self, row_id: uuid.UUID, sealed: bytes | None) -> T:
        """What that row's column says: for rows that are read many at a time, as plain values."""
        place = place_of(self.model.__table__.name, self.column, row_id)
        return cast(T, None if sealed is None else self._open(sealed, place))

    def _open(self, sealed: bytes, place: str) -> T:
        return self._decode(keyring().open(sealed, place))

    def _sealed(self, value: T, place: str) -> bytes | None:
        return None if value is None else keyring().seal(self._encode(value), place)

    def place(self, row: Any) -> str:
        """Where a row's value belongs: the only place it will open."""
        if row.id is None:
            raise ValueError(f"{type(row).__name__} needs its id before anything in it can be sealed.")
        return place_of(row.__table__.name, self.column, row.id)

    def __eq__(self, other: object) -> bool:
        # `where(Party.name == "…")` would otherwise be a quiet False.
        raise TypeError(f"{self.column} is sealed and can't be compared; search by a blind index.")

    __hash__ = object.__hash__

    def _encode(self, value: T) -> bytes:
        raise NotImplementedError

    def _decode(self, plain: bytes) -> T:
        raise NotImplementedError


class SealedText(Sealed[T]):
    """A sealed text, None where the column is; `required=True` promises that there always is one."""

    @overload
    def __init__(self: "SealedText[str | None]", column: str) -> None: ...
    @overload
    def __init__(self: "SealedText[str]", column: str, *, required: Literal[True]) -> None: ...
    def __init__(self, column: str, *, required: bool = False) -> None:
        super().__init__(column, required=required)

    def _encode(self, value: T) -> bytes:
        return str(value).encode()

    def _decode(self, plain: bytes) -> T:
        return cast(T, plain.decode())


class SealedJson(Sealed[Any]):
    """A sealed JSON value, read as a fresh copy: to change it, assign it anew."""

    def _encode(self, value: Any) -> bytes:
        return COMPACT.encode(value).encode()

    def _decode(self, plain: bytes) -> Any:
        return json.loads(plain)


def place_of(table: str, column: str, row_id: object) -> str:
    """What a sealed value is bound to, besides its key."""
    return f"{table}.{column}:{row_id}"
