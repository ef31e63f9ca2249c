"""The only writers of people and their roles. Each writes its ledger entry and notices in one transaction."""

from oversight.accounts.actions.people import (
    ask_for_password_link,
    change_profile,
    choose_password,
    deactivate_person,
    first_administrator,
    invite_person,
    make_person,
    reactivate_person,
    send_new_link,
)
from oversight.accounts.actions.roles import approve_request, decline_request, grant_role, remove_role
from oversight.accounts.actions.signing_in import (
    count_attempt,
    forget_attempts,
    forget_old_attempts,
    record_sign_in,
    record_sign_out,
)

__all__ = [
    "approve_request",
    "ask_for_password_link",
    "change_profile",
    "choose_password",
    "count_attempt",
    "deactivate_person",
    "decline_request",
    "first_administrator",
    "forget_attempts",
    "forget_old_attempts",
    "grant_role",
    "invite_person",
    "make_person",
    "reactivate_person",
    "record_sign_in",
    "record_sign_out",
    "remove_role",
    "send_new_link",
]
