"""The complaint form, one row per question. A question is one page; most hold one field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from oversight.rules.findings import BIAS_KINDS, CONTEXTS, Term
from oversight.rules.words import N_


class Kind(StrEnum):
    """What a field takes, and so how it is drawn and checked."""

    LONG_TEXT = "long_text"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    EMAIL = "email"
    PHONE = "phone"
    CONSENT = "consent"


@dataclass(frozen=True)
class Field:
    """One thing asked. `column` names the complaint's plain column, for what is filtered or counted."""

    name: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[Term, ...] = ()
    max_length: int = 200
    column: str = ""
    autocomplete: str = ""


@dataclass(frozen=True)
class Question:
    """One page of the form. `only_if` is (field, values): asked when an earlier answer is among them.

    `of_complainant`: it is about whoever complains, so a file that nobody complained about goes without.
    """

    slug: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    only_if: tuple[str, frozenset[str]] | None = None
    of_complainant: bool = False

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Tell whether this page is asked, given the answers so far (field name → value)."""
        if self.only_if is None:
            return True
        field, values = self.only_if
        return answers.get(field) in values


WORDS = Question(
    "your-words",
    N_("What happened?"),
    (
        Field(
            "narrative",
            Kind.LONG_TEXT,
            N_("Tell it in your own words"),
            N_("Write as much or as little as you like. You can add more later."),
            required=True,
            max_length=100_000,
        ),
    ),
)

WHEN = Question(
    "when",
    N_("When did it happen?"),
    (
        Field(
            "happened_on",
            Kind.DATE,
            N_("Date"),
            N_("If you are not sure, give what you know and choose “about”. For example: 27 3 2026."),
            column="happened_on",
        ),
        Field(
            "still_going_on",
            Kind.CHOICE,
            N_("Is it still going on?"),
            choices=(Term("yes", N_("Yes")), Term("no", N_("No"))),
        ),
    ),
)

WHERE = Question(
    "where",
    N_("Where did it happen?"),
    (
        Field(
            "place",
            Kind.TEXT,
            N_("Address, street corner or place"),
            N_("For example: the north platform of a train station, or “on the telephone”."),
            max_length=500,
        ),
    ),
)

WHO = Question(
    "who",
    N_("Who was involved?"),
    (
        Field(
            "officer_status",
            Kind.CHOICE,
            N_("What do you know about who it was?"),
            choices=(
                Term("known_officer", N_("I know a name or badge number")),
                Term("described_officer", N_("I can describe the officer")),
                Term("unknown_officer", N_("I do not know which officer")),
                Term("chief", N_("It was the chief of police")),
                Term("civilian_employee", N_("Someone who works for the police but is not an officer")),
                Term("service", N_("The police service as a whole")),
                Term("policy", N_("A rule or a way of doing things, not a person")),
            ),
            required=True,
        ),
        Field("officer_name", Kind.TEXT, N_("Name, if you know it")),
        Field("officer_badge", Kind.TEXT, N_("Badge number, if you know it"), max_length=40),
        Field(
            "officer_description",
            Kind.LONG_TEXT,
            N_("What you remember of them"),
            N_("For example: height, hair, uniform, the number on a car. Leave empty if nothing."),
            max_length=4_000,
        ),
        Field(
            "witnesses",
            Kind.LONG_TEXT,
            N_("Did anyone else see it?"),
            N_("Names and how to reach them, if they agree. You can leave this empty."),
            max_length=4_000,
        ),
    ),
)

CONTACT_KIND = Question(
    "kind-of-contact",
    N_("How did you come to meet the police?"),
    (
        Field(
            "context",
            Kind.CHOICE,
            N_("Choose what fits best"),
            choices=CONTEXTS,
            required=True,
            column="context",
        ),
    ),
)

DUTY_QUESTION = Question(
    "on-duty",
    N_("Was the officer working at the time?"),
    (
        Field(
            "duty",
            Kind.CHOICE,
            N_("Choose one"),
            choices=(
                Term("on", N_("Yes, on duty")),
                Term("off", N_("No, off duty")),
                Term("unknown", N_("I do not know")),
            ),
            required=True,
            column="duty",
        ),
    ),
)

BIAS = Question(
    "bias",
    N_("Do you think unfair treatment because of who someone is was part of it?"),
    (
        Field(
            "bias_alleged",
            Kind.CHOICE,
            N_("Was unfair treatment part of it?"),
            choices=(
                Term("yes", N_("Yes")),
                Term("no", N_("No")),
                Term("unsure", N_("I am not sure")),
            ),
            required=True,
        ),
        Field("bias_kinds", Kind.CHOICES, N_("If yes or not sure: because of what?"), choices=BIAS_KINDS),
    ),
)

WISH = Question(
    "what-you-would-like",
    N_("What would you like to happen?"),
    (
        Field(
            "wish",
            Kind.LONG_TEXT,
            N_("Your wish"),
            N_("For example: an explanation, an apology, a change of rules, an investigation."),
            max_length=4_000,
        ),
    ),
)

FOR_WHOM = Question(
    "for-whom",
    N_("Did this happen to you, or to someone else?"),
    (
        Field(
            "relation",
            Kind.CHOICE,
            N_("Who did it happen to?"),
            choices=(
                Term("affected", N_("It happened to me")),
                Term("witness", N_("I saw it happen to someone else")),
                Term("relative", N_("It happened to someone close to me")),
                Term("agent", N_("Someone asked me to complain for them")),
                Term("anyone", N_("It is about a rule or a service, not one event")),
            ),
            required=True,
        ),
        Field("affected_name", Kind.TEXT, N_("Name of the person it happened to, if it is not you")),
    ),
    of_complainant=True,
)

ANONYMITY = Question(
    "your-name",
    N_("Do you want to give your name?"),
    (
        Field(
            "anonymous",
            Kind.CHOICE,
            N_("Choose one"),
            choices=(
                Term("no", N_("Yes, I will give my name")),
                Term("yes", N_("No, I want to stay anonymous")),
            ),
            required=True,
        ),
    ),
    hint=N_(
        "If you stay anonymous we still read what you send. We can not write to you, "
        "and your receipt code is the only way to follow it or to ask for another look."
    ),
    of_complainant=True,
)

REACH = Question(
    "how-to-reach-you",
    N_("How can we reach you safely?"),
    (
        Field("name", Kind.TEXT, N_("Your name"), required=True, autocomplete="name"),
        Field("email", Kind.EMAIL, N_("E-mail address"), autocomplete="email"),
        Field(
            "consent_to_mail",
            Kind.CONSENT,
            N_("You may send me e-mail. Nobody else reads this address."),
            N_("Our e-mails only say that there is news. They never say what it is about."),
        ),
        Field("phone", Kind.PHONE, N_("Telephone number"), autocomplete="tel", max_length=40),
        Field("address", Kind.TEXT, N_("Postal address"), autocomplete="street-address", max_length=500),
        Field(
            "safe_contact",
            Kind.LONG_TEXT,
            N_("Is there a time or a way we should not use?"),
            N_("For example: do not leave a message, or only call in the afternoon."),
            max_length=2_000,
        ),
        Field(
            "support",
            Kind.TEXT,
            N_("Do you need an interpreter or a support person, or anything else to take part?"),
            max_length=500,
        ),
    ),
    only_if=("anonymous", frozenset({"no"})),
    of_complainant=True,
)

STANDARD_QUESTIONS: tuple[Question, ...] = (
    WORDS,
    WHEN,
    WHERE,
    WHO,
    CONTACT_KIND,
    DUTY_QUESTION,
    BIAS,
    WISH,
    FOR_WHOM,
    ANONYMITY,
    REACH,
)


@dataclass(frozen=True)
class SelfIdentification:
    """The optional page after filing: voluntary, several answers allowed, kept apart from the file."""

    standard: str
    categories: tuple[Term, ...]
    authority: str
    contact: str
    verified: bool = False


NO_ANSWER: tuple[Term, ...] = (
    Term("PREFER_NOT", N_("I prefer not to answer")),
    Term("DO_NOT_KNOW", N_("I do not know")),
)
