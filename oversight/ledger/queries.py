"""What is read from the ledger, for the auditor's page and for the public."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page
from oversight.ledger.models import Entry, Head, Words


def entries_page(
    after: str | None = None,
    *,
    kind: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
    size: int = 50,
) -> Page[Entry]:
    """Entries, newest first, with their words, or with the destruction where words are gone.

    With a filter, only entries whose words are there can be found.
    """
    wanted = {Words.kind: kind, Words.subject: subject, Words.actor: actor}
    chosen = [column == value for column, value in wanted.items() if value]
    found = select(Entry).options(joinedload(Entry.words), joinedload(Entry.destruction))
    if chosen:
        found = found.join(Words, Words.number == Entry.number).where(*chosen)
    # Words of one kind stand in their order already; the entries they belong to would be sorted first.
    number = Words.number if chosen else Entry.number
    return keyset_page(found, (number.desc(),), after, size)


def numbers_about(subject: str) -> Sequence[int]:
    """The numbers of all entries about a subject whose words are there, oldest first."""
    about = select(Words.number).where(Words.subject == subject).order_by(Words.number)
    return session().scalars(about).all()


def public_entries(after_number: int = 0, size: int = 1000) -> Sequence[tuple[int, str, str, str]]:
    """Number, previous hash, commitment and hash of the entries that follow: all that is public of them."""
    columns = (Entry.number, Entry.previous_hash, Entry.commitment, Entry.hash)
    following = select(*columns).where(Entry.number > after_number).order_by(Entry.number).limit(size)
    return [(row[0], row[1], row[2], row[3]) for row in session().execute(following)]


def last_number() -> int:
    """The number of the last entry; 0 while there is none."""
    return session().scalars(select(Head.number).where(Head.id == 1)).one()
