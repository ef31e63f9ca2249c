"""What people type to sign in and to look after accounts."""

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_security.forms import LoginForm, VerifyForm
from flask_security.utils import validate_redirect_url
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Field,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, EqualTo

from oversight.accounts.actions import count_attempt, forget_attempts
from oversight.accounts.models import User
from oversight.accounts.passwords import LONGEST, SHORTEST, normalised
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.fields import ShortText
from oversight.kit.i18n import LANGUAGES
from oversight.rules.roles import ROLE_LABELS, Role


def email_address(_form: Form, field: Field) -> None:
    """Refuse what can't be an address; keep the rest in the one form in which addresses are stored."""
    try:
        found = validate_email((field.data or "").strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError(gettext("Enter an e-mail address, like name@example.org.")) from error
    field.data = found.normalized.lower()


def new_password(_form: Form, field: Field) -> None:
    """Refuse a password that is too short to be safe or too long to be meant."""
    if len(normalised(field.data)) < SHORTEST:
        raise ValidationError(gettext("Use at least %(count)s characters.", count=SHORTEST))
    if len(normalised(field.data)) > LONGEST:
        raise ValidationError(gettext("Use at most %(count)s characters.", count=LONGEST))


def _email() -> EmailField:
    return EmailField(_l("E-mail address"), [DataRequired(_l("Enter an e-mail address.")), email_address])


def _name(words: str) -> ShortText:
    return ShortText(words, [DataRequired(_l("Enter a name."))], most=120)


def _language(words: str) -> RadioField:
    return RadioField(
        words,
        [DataRequired(_l("Choose a language."))],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        description=_l("Mail from this office is written in it."),
    )


def _chosen_password() -> PasswordField:
    return PasswordField(
        _l("New password"),
        [DataRequired(_l("Choose a password.")), new_password],
        description=_l("At least 12 characters. Four or five words that you will remember make a good one."),
    )


def _same_again() -> PasswordField:
    different = _l("The two passwords are not the same. Type the new one twice.")
    return PasswordField(_l("The same password again"), [EqualTo("password", different)])


class SignInForm(LoginForm):
    """Flask-Security's form, with our words, that answers a known and an unknown address alike."""

    email = _email()
    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.remember  # A session ends with the browser or the working day.

    def validate_password(self, field: Field) -> None:
        """Count the attempt before anyone looks whether it is right."""
        if self.email.data and not self.email.errors:
            refuse_when_locked(self.email.data)

    def validate_next(self, field: Field) -> None:
        """A page elsewhere is no place to go on to; the person lands in their own room."""
        if not validate_redirect_url(field.data):
            field.data = ""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the person may come in. What was wrong, address or password, isn't told."""
        right = bool(super().validate(**kwargs))
        if not right and self.ifield is not None:
            self.email.errors, self.password.errors = [], []
            self.form_errors.append(gettext("The address and the password do not go together. Try again."))
        return right


class ConfirmPasswordForm(VerifyForm):
    """Flask-Security's form for a password typed once more before something grave."""

    password = PasswordField(_l("Password"), [DataRequired(_l("Enter your password."))])

    def validate_password(self, field: Field) -> None:
        """Refuse a wrong password, and any while the address is locked out."""
        refuse_wrong_password(cast(User, self.user), field)

    def validate_next(self, field: Field) -> None:
        """As on the sign-in page."""
        if not validate_redirect_url(field.data):
            field.data = ""


class AskForLinkForm(FlaskForm):
    """The address to send a link to."""

    email = _email()


class ChoosePasswordForm(FlaskForm):
    """A first or a new password."""

    password = _chosen_password()
    again = _same_again()


class ChangePasswordForm(FlaskForm):
    """A new password, by someone who knows the present one."""

    current = PasswordField(_l("Present password"), [DataRequired(_l("Enter your present password."))])
    password = _chosen_password()
    again = _same_again()

    def __init__(self, person: User) -> None:
        super().__init__()
        self.person = person

    def validate_current(self, field: Field) -> None:
        """Refuse a wrong password, and any while the address is locked out."""
        refuse_wrong_password(self.person, field)


class ProfileForm(FlaskForm):
    """How someone is named and written to."""

    name = _name(_l("Your name"))
    language = _language(_l("Your language"))


class InviteForm(FlaskForm):
    """Who is to have an account."""

    name = _name(_l("Name"))
    email = _email()
    language = _language(_l("Language"))


class GrantForm(FlaskForm):
    """Which role someone is to hold."""

    role = SelectField(_l("Role"))

    def __init__(self, roles: Iterable[Role]) -> None:
        super().__init__()
        self.role.choices = [SelectChoice(role.value, gettext(ROLE_LABELS[role])) for role in roles]


def refuse_when_locked(address: str) -> None:
    """Count an attempt with this address; ValidationError while it is locked out."""
    at = now()
    with writing():
        locked_until = count_attempt(address, at=at)
    if locked_until:
        raise ValidationError(_wait(locked_until, at))


def refuse_wrong_password(person: User, field: Field) -> None:
    """ValidationError unless the field holds the person's password; guesses are counted as at sign-in."""
    refuse_when_locked(person.email)
    if not person.verify_and_update_password(normalised(field.data)):
        raise ValidationError(gettext("This is not your present password."))
    with writing():
        forget_attempts(person.email)


def _wait(until: datetime, at: datetime) -> str:
    minutes = math.ceil((until - at).total_seconds() / 60)
    words: str = ngettext(
        "Too many attempts with this address. Wait %(num)s minute, then try again.",
        "Too many attempts with this address. Wait %(num)s minutes, then try again.",
        minutes,
    )
    return words
