"""What both of Alberta's rulebooks say in the same words. What the change of law moved is in their files."""

from oversight.rules.deadlines import Deadline, MoreTime
from oversight.rules.findings import Finding, Term
from oversight.rules.questions import SelfIdentification
from oversight.rules.reasons import Counting
from oversight.rules.rulebook import Office
from oversight.rules.words import N_

ACT = N_("Police Act (Alberta)")
CONDUCT = "Police Service Regulation (Alberta)"
PRIVACY = N_("Protection of Privacy Act (Alberta), in force since 11 June 2025")

OWN_RULE = N_("The office's own rule")
TO_CONFIRM = "Not set by law that we know of; for the office to confirm"

OFFICE = Office(
    name=N_("Calgary Civilian Oversight Office"),
    service=N_("Calgary Police Service"),
    phone="403-555-0134",
    email="office@oversight.example",
    address="100 Example Avenue SE, Calgary, Alberta",
    hours=N_("Monday to Friday, 8:30 to 16:30, except holidays"),
    emergency="911",
    commission="commission@oversight.example",
)

AREAS = (N_("Northwest"), N_("Northeast"), N_("Centre"), N_("Southwest"), N_("Southeast"), N_("Elsewhere"))

CODES = (
    Term(
        "breach_of_confidence",
        N_("Breach of confidence"),
        N_("Telling something that had to be kept private."),
        CONDUCT,
    ),
    Term(
        "liquor_or_drugs",
        N_("Consumption of liquor or drugs"),
        N_("Being affected by alcohol or drugs in a way that touched on duty."),
        CONDUCT,
    ),
    Term(
        "corrupt_practice",
        N_("Corrupt practice"),
        N_("Using the position for one's own gain, or for someone else's."),
        CONDUCT,
    ),
    Term(
        "deceit",
        N_("Deceit"),
        N_("Saying or writing what is not true, or leaving out what matters."),
        CONDUCT,
    ),
    Term(
        "discreditable_conduct",
        N_("Discreditable conduct"),
        N_("Acting in a way that harms trust in the police, for example being abusive or unfair to someone."),
        CONDUCT,
    ),
    Term(
        "improper_use_of_firearms",
        N_("Improper use of firearms"),
        N_("Using, keeping or carrying a gun in a way the rules do not allow."),
        CONDUCT,
    ),
    Term("insubordination", N_("Insubordination"), N_("Not following a lawful order."), CONDUCT),
    Term(
        "neglect_of_duty",
        N_("Neglect of duty"),
        N_("Not doing what an officer has to do, or doing it without care."),
        CONDUCT,
    ),
    Term(
        "exercise_of_authority",
        N_("Unlawful or unnecessary exercise of authority"),
        N_("Using the powers of the police without a lawful reason, or using more force than was needed."),
        CONDUCT,
    ),
)

FINDINGS = (
    Finding(
        "sustained",
        N_("Sustained"),
        N_("What was alleged happened, more likely than not, and it broke the rules of conduct."),
        ACT,
        on_merits=True,
        sustained=True,
    ),
    Finding(
        "sustained_in_part",
        N_("Sustained in part"),
        N_("Part of what was alleged happened, more likely than not, and broke the rules of conduct."),
        ACT,
        on_merits=True,
        sustained=True,
    ),
    Finding(
        "not_sustained",
        N_("Not sustained"),
        N_(
            "There was not enough to show that it happened, and not enough to show that it did not. "
            "It does not mean that anyone was untruthful."
        ),
        ACT,
        on_merits=False,
    ),
    Finding(
        "unfounded",
        N_("Unfounded"),
        N_(
            "What could be looked at shows that it did not happen in the way it was understood. "
            "It does not mean that the complaint was made without good reason."
        ),
        ACT,
        on_merits=True,
    ),
    Finding(
        "exonerated",
        N_("Exonerated"),
        N_(
            "It happened, and the rules as they are allowed it. "
            "It does not mean that the rules are right, or that it was easy to go through."
        ),
        ACT,
        on_merits=True,
    ),
)

# Out of time is each rulebook's own: the present law's period is not confirmed.
GROUNDS = (
    Term(
        "frivolous",
        N_("Frivolous"),
        N_("Even if everything in it is right, there is nothing in it that the law lets us decide."),
        ACT,
        verified=True,
    ),
    Term(
        "vexatious",
        N_("Vexatious"),
        N_("The same matter has been looked at before, and nothing new has come up."),
        ACT,
        verified=True,
    ),
    Term(
        "bad_faith",
        N_("Made in bad faith"),
        N_("It was sent for a purpose other than having the events looked at."),
        ACT,
        verified=True,
    ),
    Term(
        "no_jurisdiction",
        N_("No jurisdiction"),
        N_("The law gives this office no power over the matter or the person."),
        ACT,
        verified=True,
    ),
)

CORRECTIVE_ACTIONS = (
    Term("none", N_("No corrective action"), basis=CONDUCT),
    Term("official_warning", N_("Official warning"), basis=CONDUCT),
    Term("reprimand", N_("Reprimand"), basis=CONDUCT),
    Term("forfeiture_of_hours", N_("Forfeiture of hours"), basis=CONDUCT),
    Term("suspension_without_pay", N_("Suspension without pay"), basis=CONDUCT),
    Term("reduction_in_seniority", N_("Reduction in seniority"), basis=CONDUCT),
    Term("reduction_in_rank", N_("Reduction in rank"), basis=CONDUCT),
    Term("dismissal", N_("Dismissal from the police service"), basis=CONDUCT),
)

SELF_IDENTIFICATION = SelfIdentification(
    standard=N_("British Columbia, 2026"),
    categories=(
        Term("BLACK", N_("Black"), N_("For example: African, Caribbean, African-Canadian")),
        Term("EAST_ASIAN", N_("East Asian"), N_("For example: Chinese, Japanese, Korean, Taiwanese")),
        Term("INDIGENOUS", N_("Indigenous"), N_("First Nations, Inuit, Métis")),
        Term("LATIN_AMERICAN", N_("Latin American"), N_("For example: Brazilian, Colombian, Mexican")),
        Term(
            "MIDDLE_EASTERN",
            N_("Middle Eastern"),
            N_("For example: Afghan, Arab, Iranian, Kurdish, Lebanese, Turkish"),
        ),
        Term("SOUTH_ASIAN", N_("South Asian"), N_("For example: Bangladeshi, Indian, Pakistani, Sri Lankan")),
        Term(
            "SOUTHEAST_ASIAN",
            N_("Southeast Asian"),
            N_("For example: Cambodian, Filipino, Indonesian, Thai, Vietnamese"),
        ),
        Term("WHITE", N_("White"), N_("For example: British, French, German, Ukrainian")),
        Term("ANOTHER_RACIAL_IDENTITY", N_("Another racial identity"), N_("One that is not in this list")),
    ),
    authority=PRIVACY,
    contact=N_("Ask the office's privacy contact, by telephone or e-mail, what is kept and why."),
)

DEADLINES = (
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
        45,
        Counting.EXCLUDE_FIRST,
        ACT,
        "Police Act (Alberta): notice in writing every 45 days",
        verified=True,
    ),
    Deadline(
        "review",
        N_("Finish the civilian review"),
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
        ACT,
        "Police Act (Alberta): 30 days, for the person who complained and the officer",
        verified=True,
    ),
)

# Only what the office set itself can it lengthen; a period of the Act it can not.
MORE_TIME = {
    "assessment": MoreTime(30, OWN_RULE, TO_CONFIRM, verified=False),
    "review": MoreTime(30, OWN_RULE, TO_CONFIRM, verified=False),
}
