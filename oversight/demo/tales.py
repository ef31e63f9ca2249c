"""What the invented complaints say, and what is published of them. Nothing here happened."""

from dataclasses import dataclass
from random import Random

STREETS = (
    "Larkspur Road",
    "Tannery Lane",
    "Saddler's Crescent",
    "Old Ferry Street",
    "Juniper Gate",
    "Windmill Rise",
    "the Copperfield platform",
    "the car park behind Miller's Market",
    "Bracken Park",
    "Harvest Hall community centre",
)


@dataclass(frozen=True)
class Tale:
    """One kind of event: how it is told, what is alleged, and how a summary tells it in both languages."""

    context: str
    code: str
    told: tuple[str, ...]
    title: tuple[str, str]
    summary: tuple[str, str]


TALES: tuple[Tale, ...] = (
    Tale(
        "traffic",
        "exercise_of_authority",
        (
            "I was driving home along {street} when I was pulled over. I asked why and was told to be quiet. "
            "They searched my car for almost an hour and found nothing. Nobody told me what I had done.",
            "We were stopped at {street}. My father does not hear well and the officer shouted at him and took "
            "his keys. He was only looking for his papers.",
        ),
        ("A traffic stop and a search of a car", "Un contrôle routier et la fouille d’une voiture"),
        (
            "A driver was stopped in the evening. The officer searched the car without saying why. "
            "Nothing was found and no ticket was given.",
            "Une personne au volant a été arrêtée en soirée. L’agent a fouillé la voiture sans dire pourquoi. "
            "Rien n’a été trouvé et aucune contravention n’a été donnée.",
        ),
    ),
    Tale(
        "street_check",
        "discreditable_conduct",
        (
            "I was waiting for a friend at {street}. Two officers asked for my name and where I was going. "
            "When I said I did not have to answer, one of them laughed at how I speak.",
            "My son is fifteen. He was walking past {street} with his school bag and was asked to empty it on "
            "the ground in front of everyone.",
        ),
        ("Questions on the street", "Des questions dans la rue"),
        (
            "A person who was waiting on the street was asked for a name and a destination. They say the "
            "officer made a remark about how they speak.",
            "Une personne qui attendait dans la rue a dû dire son nom et où elle allait. Elle dit que l’agent "
            "a fait une remarque sur sa façon de parler.",
        ),
    ),
    Tale(
        "crisis_call",
        "neglect_of_duty",
        (
            "I called for help because my sister was not well and wanted to hurt herself. The officers stood "
            "at the door at {street} and talked about her as if she was not there. They left after ten "
            "minutes and nobody came back.",
            "My neighbour was having a very bad night at {street}. The officer told him to pull himself "
            "together. He needed a nurse, not that.",
        ),
        ("A call for help in a crisis", "Un appel à l’aide lors d’une crise"),
        (
            "A family asked for help for someone in a mental health crisis. They say that the officers left "
            "before help had been found.",
            "Une famille a demandé de l’aide pour une personne en crise. Elle dit que les agents sont partis "
            "avant que de l’aide ait été trouvée.",
        ),
    ),
    Tale(
        "custody",
        "exercise_of_authority",
        (
            "I was taken in after an argument at {street}. The handcuffs were so tight that my hands went "
            "numb. I asked three times for them to be loosened.",
            "I spent the night in a cell and was not given my medicine although I said I needed it. "
            "It started with a misunderstanding at {street}.",
        ),
        ("Time spent in custody", "Une période de détention"),
        (
            "A person was held overnight after an argument. They say that their handcuffs were too tight "
            "and that they had to ask several times for help.",
            "Une personne a été détenue pour la nuit après une dispute. Elle dit que ses menottes étaient "
            "trop serrées et qu’elle a dû demander de l’aide plusieurs fois.",
        ),
    ),
    Tale(
        "call_for_service",
        "neglect_of_duty",
        (
            "My shop at {street} was broken into for the third time. I waited five hours, and then I was told "
            "on the telephone that it was not worth writing down.",
            "I reported that someone follows me home from {street}. The officer said to call again when "
            "something really happens.",
        ),
        ("A report that was not taken", "Un signalement qui n’a pas été pris"),
        (
            "A person reported a break-in. They say they waited for hours and that the report was not "
            "written down.",
            "Une personne a signalé un cambriolage. Elle dit avoir attendu des heures et que le signalement "
            "n’a pas été consigné.",
        ),
    ),
    Tale(
        "protest",
        "exercise_of_authority",
        (
            "I was standing at the edge of the march near {street}. I was pushed to the ground from behind "
            "with a shield. I was not blocking anyone.",
            "The crowd at {street} was told to leave but there was no way out. I was hit on the arm while I "
            "was helping an older woman up.",
        ),
        ("A crowd that was told to leave", "Une foule à qui l’on a dit de partir"),
        (
            "At a march, people were told to leave an area. A person standing at the edge says they were "
            "pushed to the ground.",
            "Lors d’une marche, on a demandé aux gens de quitter un secteur. Une personne qui se tenait au "
            "bord dit avoir été poussée au sol.",
        ),
    ),
    Tale(
        "search",
        "exercise_of_authority",
        (
            "They came into our home on {street} at six in the morning. It was the wrong address. My children "
            "still do not sleep well. Nobody has said sorry.",
            "I was searched in front of my colleagues at {street}. It could have been done in another room.",
        ),
        ("A search at the wrong address", "Une fouille à la mauvaise adresse"),
        (
            "Officers searched a home early in the morning. It was the wrong address, and the family says "
            "that nobody explained or apologised.",
            "Des agents ont fouillé un logement tôt le matin. Ce n’était pas la bonne adresse, et la famille "
            "dit que personne ne s’est expliqué ni excusé.",
        ),
    ),
    Tale(
        "school_officer",
        "discreditable_conduct",
        (
            "The officer at my daughter's school near {street} asks the same four children every time "
            "something is missing. It is never the others.",
            "At the school by {street} the officer grabbed my son's arm in the hallway because he did not "
            "take his hood off quickly enough.",
        ),
        ("An officer at a school", "Un agent dans une école"),
        (
            "A parent says that an officer working at a school treats some children differently from others.",
            "Un parent dit qu’un agent qui travaille dans une école traite certains enfants autrement que les autres.",
        ),
    ),
    Tale(
        "online",
        "breach_of_confidence",
        (
            "Someone who works for the police told my former partner where I live now, near {street}. Only the "
            "police had that address.",
            "An officer posted a picture of me on a private page, taken at {street}, with a joke under it.",
        ),
        ("Private information that was passed on", "Des renseignements privés transmis"),
        (
            "A person says that private information known only to the police was passed on to someone else.",
            "Une personne dit que des renseignements privés connus seulement de la police ont été transmis "
            "à quelqu’un d’autre.",
        ),
    ),
    Tale(
        "other",
        "discreditable_conduct",
        (
            "An officer who was off duty shouted at my mother in the queue at {street} and showed a badge when "
            "she asked for respect.",
            "A neighbour, who is an officer, uses his position in every quarrel we have about {street}.",
        ),
        ("An officer who was off duty", "Un agent qui n’était pas en service"),
        (
            "An officer who was not working at the time had an argument in public and showed a badge.",
            "Un agent qui n’était pas en service a eu une dispute en public et a montré son insigne.",
        ),
    ),
)

FOUND: dict[str, tuple[str, str]] = {
    "sustained": (
        "The reviewers found it more likely than not that it happened as alleged, and that it broke the rules.",
        "Le comité a jugé plus probable qu’improbable que les faits se soient passés comme allégué, et "
        "qu’ils enfreignaient les règles.",
    ),
    "sustained_in_part": (
        "The reviewers found part of it more likely than not, and not the rest.",
        "Le comité a jugé une partie plus probable qu’improbable, et non le reste.",
    ),
    "not_sustained": (
        "There was not enough to say what happened. That does not mean that the person was not truthful.",
        "Il n’y avait pas assez d’éléments pour dire ce qui s’est passé. Cela ne veut pas dire que la personne "
        "n’a pas dit la vérité.",
    ),
    "unfounded": (
        "What was found shows that it did not happen in the way that was described.",
        "Ce qui a été trouvé montre que les faits ne se sont pas passés de la façon décrite.",
    ),
    "exonerated": (
        "It happened, and the rules allowed what the officer did.",
        "Les faits ont eu lieu, et les règles permettaient ce que l’agent a fait.",
    ),
}

NOT_FOUND = (
    "The file ended without a finding. The person who complained was told why.",
    "Le dossier s’est terminé sans conclusion. La personne qui a porté plainte a su pourquoi.",
)

DONE = (
    (
        "The service was asked to train officers on this point.",
        "Le service a été prié de former ses agents à ce sujet.",
    ),
    ("An official warning was recommended.", "Un avertissement officiel a été recommandé."),
    ("No corrective action was recommended.", "Aucune mesure corrective n’a été recommandée."),
)

ADDITIONS = (
    "I remembered that there was a camera above the door.",
    "A friend who was there is willing to talk to you.",
    "I would like to add that I have had trouble sleeping since.",
    "Please call me only in the afternoon.",
)

REPLIES = (
    "Thank you, we have added this to your file.",
    "We have written to the person you named. Nothing is needed from you for now.",
    "The investigator would like to talk to you. Please call us when it suits you.",
)

WISHES = ("An explanation.", "An apology.", "That it does not happen to others.", "That someone listens.")

WHY_PANEL = (
    "The account is detailed and did not change. The recording agrees with it.",
    "Two accounts differ and nothing else helps to choose between them.",
    "The notes made on the day agree with what the officer says.",
    "The rule is clear, and what was done goes beyond it.",
)


def narrative(tale: Tale, random: Random) -> str:
    """One telling of an event."""
    return random.choice(tale.told).format(street=random.choice(STREETS))


def summary(tale: Tale, finding: str | None, random: Random) -> dict[str, str]:
    """An outcome's text in both languages."""
    found = FOUND.get(finding or "", NOT_FOUND)
    done = random.choice(DONE) if finding in FOUND else DONE[2]
    parts = {
        "title": tale.title,
        "what_happened": tale.summary,
        "what_was_found": found,
        "what_was_done": done,
    }
    return {
        f"{part}.{language}": text
        for part, texts in parts.items()
        for language, text in zip(("en", "fr"), texts, strict=True)
    }
