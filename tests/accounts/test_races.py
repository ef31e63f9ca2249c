"""Two people at the same moment: one wins, and the house never ends up without an administrator."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask

from oversight.accounts.actions import (
    approve_request,
    count_attempt,
    deactivate_person,
    decline_request,
    grant_role,
    remove_role,
)
from oversight.accounts.actions.signing_in import ATTEMPTS
from oversight.accounts.models import RoleRequest, User
from oversight.accounts.queries import active_holders_of
from oversight.accounts.refusals import NotAllowed
from oversight.kit.db import session, writing
from oversight.rules.roles import Role
from tests.accounts.conftest import AT, recorded, someone
from tests.locks import another_could_change


def at_once(app: Flask, *actions: Callable[[], object]) -> list[object]:
    """Do all in one transaction each, begun together; what each gave, or the refusal it met."""
    barrier, results = Barrier(len(actions)), [None] * len(actions)

    def run(number: int, action: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait(timeout=20)
            try:
                with writing():
                    results[number] = action() or True  # type: ignore[call-overload]
            except NotAllowed as refusal:
                results[number] = refusal  # type: ignore[call-overload]

    threads = [Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()  # To read what they wrote, not what stood before.
    return results


@pytest.fixture
def request_id(office: Flask) -> object:
    """A proposal that waits: Ines as a reviewer."""
    with writing():
        request = grant_role(someone("ines"), Role.REVIEWER, by=someone("max"), at=AT)
    return request.id


def decided_by(decide: Callable[..., object], request_id: object, name: str) -> Callable[[], object]:
    return lambda: decide(session().get_one(RoleRequest, request_id), by=someone(name), at=AT)


@pytest.mark.parametrize("second", [approve_request, decline_request])
def test_of_two_decisions_one_wins(app: Flask, request_id: object, second: Callable[..., object]) -> None:
    results = at_once(
        app,
        decided_by(approve_request, request_id, "bea"),
        decided_by(second, request_id, "dora"),
    )
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    decisions = [entry for kind in ("role.granted", "role.declined") for entry in recorded(kind)]
    assert sum(entry.facts.get("proposed_by") is not None for entry in decisions) == 1


def test_the_same_role_is_granted_once(app: Flask, office: Flask) -> None:
    grant = lambda: grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)  # noqa: E731
    results = at_once(app, grant, grant, grant)
    assert sum(isinstance(result, NotAllowed) for result in results) == 2


def test_while_a_role_is_given_nobody_closes_the_account(office: Flask) -> None:
    ines = someone("ines").id
    with writing():
        grant_role(someone("ines"), Role.REVIEWER, by=someone("max"), at=AT)
        assert not another_could_change(User, ines)
    assert another_could_change(User, ines)


@pytest.mark.parametrize("how", ["close the account", "remove the role"])
def test_two_administrators_who_remove_each_other(app: Flask, office: Flask, how: str) -> None:
    with writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)

    def remove(who: str, by: str) -> Callable[[], object]:
        if how == "close the account":
            return lambda: deactivate_person(someone(who), by=someone(by), at=AT)
        return lambda: remove_role(someone(who), Role.ADMINISTRATOR, by=someone(by), at=AT)

    results = at_once(app, remove("max", by="ines"), remove("ines", by="max"))
    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    assert len(session().scalars(active_holders_of(Role.ADMINISTRATOR)).all()) == 1


def test_guesses_sent_all_at_once_are_all_counted(app: Flask, office: Flask) -> None:
    guess = lambda: count_attempt("nobody@demo.example", at=AT) or "tried"  # noqa: E731
    results = at_once(app, *[guess] * (ATTEMPTS + 2))
    assert results.count("tried") == ATTEMPTS
    assert len(recorded("sign_in.locked")) == 1
