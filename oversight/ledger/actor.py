"""Who did something: a person who signed in, a party by their receipt, or the office's own clockwork."""

import uuid
from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True)
class Actor:
    """An actor as the ledger names them: by kind and id, never by name."""

    kind: Literal["person", "party", "system"]
    id: uuid.UUID | None = None

    def __post_init__(self) -> None:
        if (self.kind == "system") != (self.id is None):
            raise ValueError("A person or a party acts under their id; the system has none.")

    @classmethod
    def person(cls, person_id: uuid.UUID) -> Self:
        """Someone who signed in."""
        return cls("person", person_id)

    @classmethod
    def party(cls, party_id: uuid.UUID) -> Self:
        """Someone who showed the receipt of their complaint."""
        return cls("party", party_id)

    @classmethod
    def system(cls) -> Self:
        """The office's own clockwork, and commands run on the server."""
        return cls("system")

    def __str__(self) -> str:
        return self.kind if self.id is None else f"{self.kind}:{self.id}"
