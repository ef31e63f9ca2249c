"""Who acts: a person who signed in, a party who shows a receipt, or the office's own clockwork."""

import uuid
from dataclasses import dataclass

from oversight.accounts.models import User
from oversight.casework.models import Party
from oversight.ledger import Actor
from oversight.rules.roles import Role


@dataclass(frozen=True)
class Acting:
    """The one who acts, as steps and the ledger see them. `id` is a person's or a party's."""

    actor: Actor
    roles: frozenset[Role]

    @property
    def id(self) -> uuid.UUID | None:
        """The person's or party's id; none for the clockwork."""
        return self.actor.id

    @property
    def person_id(self) -> uuid.UUID:
        """The id of the person who signed in. Raises LookupError for a party or the clockwork."""
        if self.actor.kind != "person" or self.actor.id is None:
            raise LookupError(f"a {self.actor.kind} has no account")
        return self.actor.id


def person(user: User) -> Acting:
    """The one who signed in."""
    return Acting(user.actor, user.role_set)


def party(party: Party) -> Acting:
    """A party, known by the receipt they showed."""
    return Acting(Actor("party", party.id), frozenset({Role.PARTY}))


CLOCKWORK = Acting(Actor.system(), frozenset({Role.SYSTEM}))
