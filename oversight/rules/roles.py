"""Who works here, and the powers each role has outside the workflow. Steps name their own roles."""

from enum import StrEnum

from oversight.rules.words import N_


class Role(StrEnum):
    """A role a person is granted, or one of the two actors who hold no account."""

    CASEWORKER = "caseworker"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    DIRECTOR = "director"
    LIAISON = "liaison"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    # Actors, never granted to anyone: a party who shows a receipt, and the office's own clockwork.
    PARTY = "party"
    SYSTEM = "system"


GRANTABLE: tuple[Role, ...] = tuple(role for role in Role if role not in (Role.PARTY, Role.SYSTEM))

# Granting one of these opens complaint files, so the administrator proposes and a director approves.
READING_ROLES: frozenset[Role] = frozenset(GRANTABLE) - {Role.ADMINISTRATOR}

ROLE_LABELS: dict[Role, str] = {
    Role.CASEWORKER: N_("Caseworker"),
    Role.INVESTIGATOR: N_("Investigator"),
    Role.REVIEWER: N_("Community reviewer"),
    Role.PUBLISHER: N_("Publisher"),
    Role.DIRECTOR: N_("Director"),
    Role.LIAISON: N_("Police liaison"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.PARTY: N_("Person with a receipt"),
    Role.SYSTEM: N_("Automatic"),
}


class Can(StrEnum):
    """A power outside the workflow. What a person may do to one file is decided there, by its steps."""

    SEE_QUEUE = "see_queue"
    """Open the desk: the queue, and the files this person may know of."""

    READ_FILES = "read_files"
    """Read the narrative, allegations, history and review copies of those files."""

    READ_IDENTITIES = "read_identities"
    """Uncover a party's name and contact; each uncovering is recorded."""

    FILE_FOR_SOMEONE = "file_for_someone"
    """Enter a complaint told by telephone, in person or by mail."""

    OPEN_OWN_MOTION = "open_own_motion"
    """Open a file that nobody complained about, on a written basis."""

    EDIT_FILES = "edit_files"
    """Add parties and allegations, code them, prepare review copies, write to people."""

    ASSIGN_FILES = "assign_files"
    """Say which caseworker or investigator carries a file, and set a conflict that shuts someone out."""

    REVIEW = "review"
    """Sit on panels."""

    WRITE_OUTCOMES = "write_outcomes"
    """Draft, approve and publish outcome summaries."""

    ISSUE_REPORTS = "issue_reports"
    """Propose editions of the transparency report, and approve those that someone else proposed."""

    ANSWER_FOR_THE_SERVICE = "answer_for_the_service"
    """See what the police service was told, and bring its officers' responses."""

    READ_LEDGER = "read_ledger"
    """Read the ledger's entries and their words."""

    MANAGE_PEOPLE = "manage_people"
    """Invite people, propose and remove roles, close accounts. Opens no file."""

    KEEP_CALENDAR = "keep_calendar"
    """Say which days the office is closed, and have open clocks reckoned anew."""

    APPROVE_GRANTS = "approve_grants"
    """Approve a role that opens files, proposed by someone else."""


GRANTS: dict[Role, frozenset[Can]] = {
    Role.CASEWORKER: frozenset(
        {
            Can.SEE_QUEUE,
            Can.READ_FILES,
            Can.READ_IDENTITIES,
            Can.FILE_FOR_SOMEONE,
            Can.EDIT_FILES,
            Can.ASSIGN_FILES,
        }
    ),
    Role.INVESTIGATOR: frozenset({Can.SEE_QUEUE, Can.READ_FILES, Can.READ_IDENTITIES, Can.EDIT_FILES}),
    Role.REVIEWER: frozenset({Can.REVIEW}),
    Role.PUBLISHER: frozenset({Can.WRITE_OUTCOMES, Can.ISSUE_REPORTS}),
    Role.DIRECTOR: frozenset(
        {
            Can.SEE_QUEUE,
            Can.READ_FILES,
            Can.READ_IDENTITIES,
            Can.OPEN_OWN_MOTION,
            Can.EDIT_FILES,
            Can.ASSIGN_FILES,
            Can.WRITE_OUTCOMES,
            Can.ISSUE_REPORTS,
            Can.KEEP_CALENDAR,
            Can.APPROVE_GRANTS,
        }
    ),
    Role.LIAISON: frozenset({Can.ANSWER_FOR_THE_SERVICE}),
    Role.AUDITOR: frozenset({Can.READ_LEDGER}),
    Role.ADMINISTRATOR: frozenset({Can.MANAGE_PEOPLE}),
    Role.PARTY: frozenset(),
    Role.SYSTEM: frozenset(),
}


def powers_of(roles: frozenset[Role]) -> frozenset[Can]:
    """Return every power that any of `roles` gives."""
    return frozenset(power for role in roles for power in GRANTS[role])
