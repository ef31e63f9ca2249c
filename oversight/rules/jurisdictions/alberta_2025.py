"""Calgary from 1 December 2025: the provincial Police Review Commission's levels, clocks and bodies."""

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
)
from oversight.rules.deadlines import Deadline
from oversight.rules.findings import Level, Term
from oversight.rules.reasons import Counting
from oversight.rules.rulebook import PanelRule, Rulebook, Usual
from oversight.rules.words import N_

REGULATION = "Police Conduct and Oversight Regulation (Alberta)"
COMMISSION_PAGES = "Police Review Commission, albertaprc.ca/complaints/process"

LEVELS = (
    Level(
        "1",
        N_("Level 1: death, serious injury, serious or sensitive"),
        N_("Someone died or was badly hurt, or the matter is very serious or sensitive."),
        REGULATION,
        verified=True,
    ),
    Level(
        "2",
        N_("Level 2: another criminal or statutory offence"),
        N_("Something that may be a crime, or may break another law."),
        REGULATION,
        verified=True,
    ),
    Level(
        "3",
        N_("Level 3: breach of the code of conduct"),
        N_("Something that may break the rules for how officers behave."),
        REGULATION,
        verified=True,
    ),
    Level(
        "4",
        N_("Level 4: job performance"),
        N_("How well an officer does the job. The employer looks at it."),
        REGULATION,
        verified=True,
        referred=True,
    ),
    Level(
        "5",
        N_("Level 5: policy or service"),
        N_("A rule or a service, not one officer. The police service looks at it."),
        REGULATION,
        verified=True,
        referred=True,
    ),
)

OUT_OF_TIME = Term(
    "out_of_time",
    N_("Out of time"),
    N_("It was sent later than the law allows, counted from when it could have been known."),
    ACT,
)

REFERRAL_BODIES = (
    Term(
        "police_service",
        N_("The police service, as employer"),
        N_("Level 4: how well an officer does the job."),
    ),
    Term(
        "policy_office", N_("The police service, for policy and service"), N_("Level 5: a rule or a service.")
    ),
    Term("crown", N_("The Crown prosecution service"), N_("Whether anyone is charged with a crime.")),
    Term("rcmp_review", N_("The review body for the RCMP"), N_("Complaints about officers of the RCMP.")),
    Term("privacy_commissioner", N_("The Information and Privacy Commissioner"), N_("Private information.")),
)

OWN_DEADLINES = (
    Deadline(
        "limitation",
        N_("Complain within a year of the events, or of knowing of them"),
        1,
        Counting.YEARS,
        ACT,
        "Known of the former law; the present law's period is to be confirmed",
        verified=False,
    ),
    Deadline(
        "acknowledgement",
        N_("Tell the person that the complaint has arrived"),
        2,
        Counting.EXCLUDE_FIRST,
        N_("Police Amendment Act, 2022 (Alberta), as passed"),
        "The Act as passed; it has been amended since",
        verified=False,
    ),
    Deadline(
        "investigation",
        N_("Finish the investigation"),
        180,
        Counting.EXCLUDE_FIRST,
        N_("Police Conduct and Oversight Regulation (Alberta); Chief Executive Officer's Rule 1"),
        COMMISSION_PAGES,
        verified=True,
        notes=N_("Past this day, the chief executive has to publish a report with the reasons."),
    ),
)

RULEBOOK = Rulebook(
    slug="alberta_2025",
    place="alberta",
    label=N_("Calgary, from 1 December 2025"),
    law=f"{ACT}; {REGULATION}",
    in_force_from=date(2025, 12, 1),
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
    more_time=MORE_TIME,
    self_identification=SELF_IDENTIFICATION,
    panels={
        "1": PanelRule(seats=3, substitutes=2, binding=False, basis=OWN_RULE),
        "2": PanelRule(seats=3, substitutes=1, binding=False, basis=OWN_RULE),
        "3": PanelRule(seats=3, substitutes=1, binding=True, basis=OWN_RULE),
    },
    usual={
        "received": Usual(0, 1),
        "assessment": Usual(1, 2),
        "early_resolution": Usual(1, 3),
        "investigation": Usual(4, 6),
        "civilian_review": Usual(1, 2),
        "decision": Usual(1, 2),
        "reconsideration": Usual(1, 3),
    },
)
