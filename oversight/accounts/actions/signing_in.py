"""Attempts to sign in and what comes of them: counting, locking out, signing in and out."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from oversight.accounts.models import SignInLock, User
from oversight.kit.db import session
from oversight.kit.seal import blind_index
from oversight.ledger import Actor, record

ATTEMPTS = 10
"""Wrong passwords in a row before an address is locked out."""

SIGN_IN = "sign-in"
"""What is counted, unless something else is named: each purpose counts by itself."""

FIRST_LOCKOUT = timedelta(minutes=15)
LONGEST_LOCKOUT = timedelta(hours=4)
FORGOTTEN_AFTER = timedelta(days=1)
"""Attempts count together only when each follows the last within this time."""


def count_attempt(address: str, *, at: datetime, purpose: str = SIGN_IN) -> datetime | None:
    """Count an attempt before its password is looked at; say until when the address is locked, if it is.

    Counting first means that guesses sent all at once are counted too. Addresses nobody has are counted and
    locked like any other, so that a lock-out tells nothing.
    """
    lock = _lock_for(_index(address, purpose), at=at)
    if lock.locked_until and at < lock.locked_until:
        return lock.locked_until
    if at - lock.last_attempt_at > FORGOTTEN_AFTER:
        lock.attempts = lock.lockouts = 0
    lock.last_attempt_at = at
    if lock.attempts < ATTEMPTS:
        lock.attempts += 1
        return None
    return _lock_out(lock, at=at)


def forget_attempts(address: str) -> None:
    """Begin counting afresh, after the right password or a new one."""
    session().execute(delete(SignInLock).where(SignInLock.address_index == _index(address, SIGN_IN)))


def forget_old_attempts(*, at: datetime) -> None:
    """Remove the rows that no longer count; the pulse calls this now and then."""
    session().execute(delete(SignInLock).where(SignInLock.last_attempt_at < at - FORGOTTEN_AFTER))


def record_sign_in(person: User, *, at: datetime) -> None:
    """Record that the person signed in, and forget the attempts that came before."""
    forget_attempts(person.email)
    record("person.signed_in", actor=person.actor, subject=f"person:{person.id}", at=at)


def record_sign_out(person: User, *, at: datetime) -> None:
    """Record that the person signed out, and make copies of their session cookie worthless."""
    person.end_sessions()
    record("person.signed_out", actor=person.actor, subject=f"person:{person.id}", at=at)


def _lock_out(lock: SignInLock, *, at: datetime) -> datetime:
    """Lock the address, twice as long as the time before; the ledger has the row's id, not the address."""
    lock.attempts = 0
    lock.lockouts += 1
    lock.locked_until = at + min(FIRST_LOCKOUT * 2 ** min(lock.lockouts - 1, 10), LONGEST_LOCKOUT)
    times = lock.lockouts
    record("sign_in.locked", actor=Actor.system(), subject=f"sign_in:{lock.id}", at=at, times=times)
    return lock.locked_until


def _lock_for(index: bytes, *, at: datetime) -> SignInLock:
    """The row that counts for an address, locked against other attempts, made if there is none."""
    wanted = select(SignInLock).where(SignInLock.address_index == index).with_for_update()
    lock = session().scalar(wanted)
    if lock is None:
        try:
            with session().begin_nested():
                session().add(SignInLock(address_index=index, last_attempt_at=at))
        except IntegrityError:
            pass  # Another attempt at the same moment made it.
        lock = session().scalars(wanted).one()
    return lock


def _index(address: str, purpose: str) -> bytes:
    return blind_index(address.strip().lower(), f"sign_in_lock.{purpose}")
