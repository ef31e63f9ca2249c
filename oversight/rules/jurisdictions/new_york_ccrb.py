"""New York City: the Civilian Complaint Review Board's four allegations, panels that advise, mediation."""

from datetime import date

from oversight.rules.deadlines import Deadline, MoreTime
from oversight.rules.findings import Finding, Level, Term
from oversight.rules.questions import STANDARD_QUESTIONS, WHO, Field, Kind, Question, SelfIdentification
from oversight.rules.reasons import Counting
from oversight.rules.rulebook import Office, PanelRule, Rulebook, Usual
from oversight.rules.steps import PublicStage, State
from oversight.rules.words import N_
from oversight.rules.workflow import STANDARD_FILE

CHARTER = N_("New York City Charter, chapter 18-A")
RULES = N_("Rules of the City of New York, title 38-A")
REPORTS = "Civilian Complaint Review Board, published reports"
TO_CONFIRM = "Common practice; for the office to confirm"
OWN_RULE = N_("The office's own rule")

MEDIATION = State(
    "mediation",
    N_("Mediation"),
    PublicStage.RECEIVED,
    N_("We have offered a talk with the officer and a neutral third person. You are free to say no."),
    N_("If both of you are content with it, the matter ends there. If not, we go back to looking into it."),
)

# Mediation stands where others settle early, and it is the Commissioner, not the office, who may depart.
FILE = (
    STANDARD_FILE.replacing_state("early_resolution", MEDIATION)
    .changing("offer_early_resolution", name="offer_mediation", label=N_("Offer mediation"))
    .changing("settle", name="record_a_mediation", label=N_("Record a completed mediation"))
    .changing("end_early_resolution", name="end_mediation", label=N_("End the mediation"))
    .changing(
        "depart_from_the_panel",
        label=N_("Record that the Police Commissioner departs from the panel"),
        hint=N_("The Commissioner's reasons are published with the outcome, and the panel is told."),
    )
)

OFFICE = Office(
    name=N_("New York Civilian Complaint Office"),
    service=N_("New York City Police Department"),
    phone="212-555-0134",
    email="office@oversight.example",
    address="100 Example Street, New York, NY",
    hours=N_("Monday to Friday, 9:00 to 17:00, except holidays. The city's line 311 is open at all hours."),
    emergency="911",
    commission="commissioner@oversight.example",
)

LEVELS = (
    Level(
        "board",
        N_("Within the Board's jurisdiction"),
        N_("Force, abuse of authority, discourtesy or offensive language."),
        CHARTER,
    ),
    Level(
        "elsewhere",
        N_("Another body's matter"),
        N_("Corruption, a policy or a service. Another body looks at it."),
        CHARTER,
        referred=True,
    ),
)

CODES = (
    Term(
        "force",
        N_("Force"),
        N_("Using more physical force, or another kind of it, than was needed."),
        CHARTER,
        verified=True,
    ),
    Term(
        "abuse_of_authority",
        N_("Abuse of authority"),
        N_("Using police powers without a proper reason: a stop, a search, a threat, not giving a name."),
        CHARTER,
        verified=True,
    ),
    Term("discourtesy", N_("Discourtesy"), N_("Rude words, signs or acts."), CHARTER, verified=True),
    Term(
        "offensive_language",
        N_("Offensive language"),
        N_("Words against someone's race, faith, gender, sexual orientation or disability."),
        CHARTER,
        verified=True,
    ),
)

GROUNDS = (
    Term(
        "no_jurisdiction",
        N_("No jurisdiction"),
        N_("The law gives this office no power over the matter or the person."),
        CHARTER,
    ),
    Term(
        "out_of_time",
        N_("Out of time"),
        N_("It was sent later than the law allows."),
        "Civil Service Law (New York)",
    ),
)

FINDINGS = (
    Finding(
        "substantiated",
        N_("Substantiated"),
        N_("What was alleged happened, more likely than not, and it was misconduct."),
        RULES,
        verified=True,
        sustained=True,
    ),
    Finding(
        "within_guidelines",
        N_("Within guidelines"),
        N_("It happened, and the rules as they are allowed it. It does not mean that the rules are right."),
        RULES,
        verified=True,
    ),
    Finding(
        "unfounded",
        N_("Unfounded"),
        N_(
            "What could be looked at shows that it did not happen in the way it was understood. "
            "It does not mean that the complaint was made without good reason."
        ),
        RULES,
        verified=True,
    ),
    Finding(
        "unable_to_determine",
        N_("Unable to determine"),
        N_(
            "There was not enough to show that it was misconduct, and not enough to show that it was not. "
            "It does not mean that anyone was untruthful."
        ),
        RULES,
        verified=True,
        on_merits=False,
    ),
)

CORRECTIVE_ACTIONS = (
    Term("none", N_("No corrective action"), basis=RULES),
    Term("instructions", N_("Instructions"), basis=RULES),
    Term("training", N_("Formal training"), basis=RULES),
    Term("command_discipline", N_("Command discipline"), basis=RULES),
    Term("charges", N_("Charges before a disciplinary judge"), basis=RULES),
)

REFERRAL_BODIES = (
    Term("internal_affairs", N_("The police department's internal affairs bureau"), N_("Corruption.")),
    Term("chief_of_department", N_("The office of the chief of department"), N_("A policy or a service.")),
    Term("district_attorney", N_("The district attorney"), N_("Whether anyone is charged with a crime.")),
)

DEADLINES = (
    Deadline(
        "limitation",
        N_("Complain in time for charges to be brought within 18 months of the events"),
        18,
        Counting.MONTHS,
        N_("Civil Service Law (New York)"),
        TO_CONFIRM,
        verified=False,
    ),
    Deadline(
        "acknowledgement",
        N_("Tell the person that the complaint has arrived"),
        7,
        Counting.BUSINESS_DAYS,
        RULES,
        TO_CONFIRM,
        verified=False,
    ),
    Deadline(
        "assessment",
        N_("Finish the assessment"),
        30,
        Counting.EXCLUDE_FIRST,
        OWN_RULE,
        TO_CONFIRM,
        verified=False,
    ),
    Deadline(
        "progress_notice",
        N_("Write to the person about progress"),
        90,
        Counting.EXCLUDE_FIRST,
        RULES,
        TO_CONFIRM,
        verified=False,
    ),
    Deadline(
        "investigation",
        N_("Finish the investigation"),
        18,
        Counting.MONTHS,
        N_("State law (New York): charges within 18 months"),
        REPORTS,
        verified=True,
    ),
    Deadline(
        "review",
        N_("Finish the panel's review"),
        60,
        Counting.EXCLUDE_FIRST,
        OWN_RULE,
        TO_CONFIRM,
        verified=False,
    ),
    Deadline(
        "reconsideration",
        N_("Ask for another look"),
        30,
        Counting.EXCLUDE_FIRST,
        RULES,
        TO_CONFIRM,
        verified=False,
    ),
)

# The State's 18 months are not the office's to lengthen.
MORE_TIME = {
    "assessment": MoreTime(30, OWN_RULE, TO_CONFIRM, verified=False),
    "review": MoreTime(30, OWN_RULE, TO_CONFIRM, verified=False),
}

VIDEO = Question(
    "video",
    N_("Is there a video?"),
    (
        Field(
            "video",
            Kind.CHOICE,
            N_("Choose one"),
            choices=(
                Term("mine", N_("Yes, I have one")),
                Term("someone", N_("Yes, someone else has one")),
                Term("unknown", N_("I do not know")),
                Term("no", N_("No")),
            ),
        ),
    ),
    hint=N_("Keep it as it is and do not edit it. We ask for it later."),
)

_AFTER_WHO = STANDARD_QUESTIONS.index(WHO) + 1

SELF_IDENTIFICATION = SelfIdentification(
    standard=N_("United States, federal, 2024"),
    categories=(
        Term(
            "AMERICAN_INDIAN", N_("American Indian or Alaska Native"), N_("For example: Navajo, Mohawk, Maya")
        ),
        Term("ASIAN", N_("Asian"), N_("For example: Chinese, Indian, Filipino, Korean, Bangladeshi")),
        Term("BLACK", N_("Black or African American"), N_("For example: Jamaican, Haitian, Nigerian")),
        Term("HISPANIC", N_("Hispanic or Latino"), N_("For example: Puerto Rican, Dominican, Mexican")),
        Term(
            "MIDDLE_EASTERN",
            N_("Middle Eastern or North African"),
            N_("For example: Egyptian, Lebanese, Iranian, Yemeni"),
        ),
        Term(
            "PACIFIC_ISLANDER", N_("Native Hawaiian or Pacific Islander"), N_("For example: Samoan, Tongan")
        ),
        Term("WHITE", N_("White"), N_("For example: English, Italian, Polish, Irish")),
    ),
    authority=CHARTER,
    contact=N_("Ask the office's privacy contact, by telephone or e-mail, what is kept and why."),
)

RULEBOOK = Rulebook(
    slug="new_york_ccrb",
    place="new_york",
    label=N_("New York City"),
    law=f"{CHARTER}; {RULES}",
    in_force_from=date(1993, 7, 5),
    time_zone="America/New_York",
    holiday_calendar="US-NY",
    office=OFFICE,
    areas=(
        N_("The Bronx"),
        N_("Brooklyn"),
        N_("Manhattan"),
        N_("Queens"),
        N_("Staten Island"),
        N_("Elsewhere"),
    ),
    file=FILE,
    levels=LEVELS,
    codes=CODES,
    grounds=GROUNDS,
    findings=FINDINGS,
    corrective_actions=CORRECTIVE_ACTIONS,
    referral_bodies=REFERRAL_BODIES,
    deadlines=DEADLINES,
    more_time=MORE_TIME,
    questions=(*STANDARD_QUESTIONS[:_AFTER_WHO], VIDEO, *STANDARD_QUESTIONS[_AFTER_WHO:]),
    self_identification=SELF_IDENTIFICATION,
    panels={"board": PanelRule(seats=3, substitutes=1, binding=False, basis=RULES)},
    usual={
        "received": Usual(0, 1),
        "assessment": Usual(1, 2),
        "mediation": Usual(2, 4),
        "investigation": Usual(6, 12),
        "civilian_review": Usual(1, 3),
        "decision": Usual(2, 6),
        "reconsideration": Usual(2, 4),
    },
)
