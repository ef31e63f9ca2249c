"""Inviting people, keeping their profile, closing and opening accounts, and passwords."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from oversight.accounts.actions.roles import end_role, refuse_last_holder, refuse_without
from oversight.accounts.actions.signing_in import count_attempt, forget_attempts
from oversight.accounts.mail import invitation, password_changed, password_link
from oversight.accounts.models import User, UserRole, new_uniquifier
from oversight.accounts.passwords import hashed
from oversight.accounts.queries import active_holders_of, person_with_email
from oversight.accounts.refusals import NotAllowed, Overtaken
from oversight.kit.db import session
from oversight.ledger import Actor, record
from oversight.outbox import enqueue
from oversight.rules.roles import Can, Role
from oversight.rules.words import N_

ALREADY_OPEN = N_("This account is already open.")
ALREADY_CLOSED = N_("This account is already closed.")
LINK_USED = N_("This link has been used or has run out. Ask for a new one.")


def invite_person(email: str, name: str, language: str, *, by: User, at: datetime) -> User:
    """Open an account without roles and send its owner a one-time link to choose a password."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    person = _open_account(email, name, language, at=at)
    record("person.invited", actor=by.actor, subject=f"person:{person.id}", at=at)
    enqueue(invitation(person), at=at)
    return person


def send_new_link(person: User, *, by: User, at: datetime) -> None:
    """Send the person a fresh one-time link; links sent before stop working, and so do open sessions."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    if not person.active:
        raise NotAllowed(N_("This account is closed. Open it again first."))
    person.end_sessions()
    record("person.link_sent", actor=by.actor, subject=f"person:{person.id}", at=at)
    enqueue(invitation(person), at=at)


def ask_for_password_link(address: str, *, at: datetime) -> None:
    """Send the link that someone asked for on the sign-in page, if the address is known here.

    The letter is written in either case, so that the answer takes as long, and each asking is counted, so
    that nobody's mailbox is flooded.
    """
    too_many = count_attempt(address, at=at, purpose="password link")
    person = person_with_email(address)
    nobody = User(email=address, name="", language="en", fs_uniquifier=new_uniquifier())
    letter = password_link(person or nobody)
    if person and person.active and not too_many:
        record("person.link_asked", actor=Actor.system(), subject=f"person:{person.id}", at=at)
        enqueue(letter, at=at)


def choose_password(person: User, password_hash: str, *, uniquifier: str, at: datetime) -> None:
    """Set the password and end every session; `uniquifier` is the one the link or the session was made with.

    Overtaken if it has changed since: a link works once, and of two uses at the same moment one wins.
    """
    unchanged = update(User).where(User.id == person.id, User.active, User.fs_uniquifier == uniquifier)
    renewed = unchanged.values(password=password_hash, fs_uniquifier=new_uniquifier()).returning(User.id)
    if not session().execute(renewed).all():
        raise Overtaken(LINK_USED)
    session().refresh(person)
    forget_attempts(person.email)
    record("person.password_chosen", actor=person.actor, subject=f"person:{person.id}", at=at)
    enqueue(password_changed(person), at=at)


def change_profile(person: User, *, name: str, language: str, at: datetime) -> None:
    """Change how the person is named and the language their mail is written in."""
    person.name, person.language = name, language
    record("person.profile_changed", actor=person.actor, subject=f"person:{person.id}", at=at)


def deactivate_person(person: User, *, by: User, at: datetime) -> None:
    """Close the account: sessions end at once and so do the roles, which come back only by a new grant."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    roles = tuple(sorted(person.role_set))
    refuse_last_holder(person, roles)
    _switch_account(person, active=False)
    for role in roles:
        end_role(person, role, by=by, at=at)
    record("person.deactivated", actor=by.actor, subject=f"person:{person.id}", at=at)


def reactivate_person(person: User, *, by: User, at: datetime) -> None:
    """Open the account again, without roles."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    _switch_account(person, active=True)
    record("person.reactivated", actor=by.actor, subject=f"person:{person.id}", at=at)


def first_administrator(email: str, name: str, *, at: datetime) -> User:
    """The person who is to be the first administrator, made if the office has none.

    NotAllowed if someone else is administrator, or if any has already chosen a password: whoever can run
    a command on the server gets a link only where nobody could sign in before.
    """
    administrators = session().scalars(active_holders_of(Role.ADMINISTRATOR)).all()
    if not administrators:
        return make_person(email, name, (Role.ADMINISTRATOR,), None, at=at)
    nobody_can_sign_in = not any(person.password for person in administrators)
    for person in administrators:
        if nobody_can_sign_in and person.email == email.strip().lower():
            person.end_sessions()
            record("person.link_sent", actor=Actor.system(), subject=f"person:{person.id}", at=at)
            return person
    raise NotAllowed(N_("The office already has an administrator."))


def make_person(
    email: str,
    name: str,
    roles: tuple[Role, ...],
    password: str | None,
    *,
    at: datetime,
    language: str = "en",
) -> User:
    """Make a person with roles and password by the system's hand, with no second person.

    For the first administrator, a demo and tests; no page reaches it.
    """
    person = _open_account(email, name, language, at=at)
    person.password = hashed(password) if password else None
    for role in roles:
        session().add(UserRole(user_id=person.id, role=role, granted_at=at))
        record("role.granted", actor=Actor.system(), subject=f"person:{person.id}", at=at, role=role)
    record("person.made", actor=Actor.system(), subject=f"person:{person.id}", at=at)
    session().flush()
    session().expire(person, ["held"])
    return person


def _open_account(email: str, name: str, language: str, *, at: datetime) -> User:
    person = User(email=email.strip().lower(), name=name.strip(), language=language, created_at=at)
    try:
        with session().begin_nested():
            session().add(person)
    except IntegrityError as error:
        raise NotAllowed(N_("Someone with this e-mail address already has an account.")) from error
    return person


def _switch_account(person: User, *, active: bool) -> None:
    """Close or open the account and end its sessions; Overtaken if it already was so."""
    other = update(User).where(User.id == person.id, User.active.is_(not active))
    switched = other.values(active=active, fs_uniquifier=new_uniquifier()).returning(User.id)
    if not session().execute(switched).all():
        raise Overtaken(ALREADY_OPEN if active else ALREADY_CLOSED)
    session().refresh(person)
