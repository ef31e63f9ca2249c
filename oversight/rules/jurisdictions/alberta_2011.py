"""Calgary until 30 November 2025: the former Police Act. Files begun under it finish under it."""

from datetime import date

from oversight.rules.alberta import (
    ACT,
    AREAS,
    CODES,
    CORRECTIVE_ACTIONS,
    DEADLINES,
    FINDINGS,
    GROUNDS,
    MORE_TIME,
    OFFICE,
    OWN_RULE,
    SELF_IDENTIFICATION,
    TO_CONFIRM,
)
from oversight.rules.deadlines import Deadline, MoreTime
from oversight.rules.findings import Level, Term
from oversight.rules.reasons import Counting
from oversight.rules.rulebook import PanelRule, Rulebook, Usual
from oversight.rules.words import N_

FORMER_ACT = N_("Police Act (Alberta), as in force before 1 December 2025")

LEVELS = (
    Level(
        "serious",
        N_("Serious or sensitive"),
        N_("Someone died or was badly hurt, or the matter is very serious. A provincial team looks at it."),
        FORMER_ACT,
        referred=True,
    ),
    Level(
        "conduct",
        N_("Conduct"),
        N_("Something that may break the rules for how officers behave."),
        FORMER_ACT,
    ),
    Level(
        "service",
        N_("Policy or service"),
        N_("A rule or a service, not one officer. The chief of police looks at it."),
        FORMER_ACT,
        referred=True,
    ),
)

OUT_OF_TIME = Term(
    "out_of_time",
    N_("Out of time"),
    N_("It was sent more than a year after the events, or after they could have been known."),
    FORMER_ACT,
    verified=True,
)

REFERRAL_BODIES = (
    Term(
        "asirt",
        N_("The provincial serious incident team"),
        N_("Death, serious injury, very serious matters."),
    ),
    Term("chief", N_("The chief of police"), N_("A policy or a service of the police.")),
    Term("commission", N_("The police commission"), N_("Complaints about the chief of police.")),
    Term("crown", N_("The Crown prosecution service"), N_("Whether anyone is charged with a crime.")),
    Term("rcmp_review", N_("The review body for the RCMP"), N_("Complaints about officers of the RCMP.")),
)

OWN_DEADLINES = (
    Deadline(
        "limitation",
        N_("Complain within a year of the events, or of knowing of them"),
        1,
        Counting.YEARS,
        FORMER_ACT,
        ACT,
        verified=True,
    ),
    Deadline(
        "acknowledgement",
        N_("Tell the person that the complaint has arrived"),
        30,
        Counting.EXCLUDE_FIRST,
        FORMER_ACT,
        "Common practice; for the office to confirm",
        verified=False,
    ),
    Deadline(
        "investigation",
        N_("Finish the investigation"),
        12,
        Counting.MONTHS,
        OWN_RULE,
        TO_CONFIRM,
        verified=False,
    ),
)

RULEBOOK = Rulebook(
    slug="alberta_2011",
    place="alberta",
    label=N_("Calgary, until 30 November 2025"),
    law=FORMER_ACT,
    in_force_from=date(2011, 1, 1),
    in_force_until=date(2025, 11, 30),
    time_zone="America/Edmonton",
    holiday_calendar="CA-AB",
    office=OFFICE,
    areas=AREAS,
    levels=LEVELS,
    codes=CODES,
    grounds=(*GROUNDS, OUT_OF_TIME),
    findings=FINDINGS,
    corrective_actions=CORRECTIVE_ACTIONS,
    referral_bodies=REFERRAL_BODIES,
    deadlines=(*DEADLINES, *OWN_DEADLINES),
    more_time={**MORE_TIME, "investigation": MoreTime(180, OWN_RULE, TO_CONFIRM, verified=False)},
    self_identification=SELF_IDENTIFICATION,
    panels={"conduct": PanelRule(seats=3, substitutes=1, binding=False, basis=FORMER_ACT)},
    usual={
        "received": Usual(0, 1),
        "assessment": Usual(1, 3),
        "early_resolution": Usual(1, 3),
        "investigation": Usual(5, 9),
        "civilian_review": Usual(1, 2),
        "decision": Usual(1, 3),
        "reconsideration": Usual(2, 6),
    },
)
