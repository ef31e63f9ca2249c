"""Everyone in the demonstration is invented: who works in the office, and who its complaints are about."""

from dataclasses import dataclass
from random import Random

from oversight.rules.roles import Role


@dataclass(frozen=True)
class Member:
    """One person of the demonstration office."""

    address: str
    name: str
    role: Role
    language: str = "en"

    @property
    def email(self) -> str:
        """Where they sign in."""
        return f"{self.address}@demo.example"


MEMBERS: tuple[Member, ...] = (
    Member("caseworker", "Ines Okonjo", Role.CASEWORKER),
    Member("caseworker-2", "Colm Arsenault", Role.CASEWORKER),
    Member("investigator", "Ivan Petrescu", Role.INVESTIGATOR),
    Member("investigator-2", "Solveig Tran", Role.INVESTIGATOR),
    Member("reviewer-1", "Rita Bellerose", Role.REVIEWER, "fr"),
    Member("reviewer-2", "Omar Haidari", Role.REVIEWER),
    Member("reviewer-3", "Noor Lindqvist", Role.REVIEWER),
    Member("reviewer-4", "Theo Makwa", Role.REVIEWER),
    Member("reviewer-5", "Wendeline Fox", Role.REVIEWER),
    Member("reviewer-6", "Tomas Iyer", Role.REVIEWER),
    Member("reviewer-7", "Hazel Dubrovnik", Role.REVIEWER),
    Member("publisher", "Paula Etxeberria", Role.PUBLISHER),
    Member("director", "Bea Castellane", Role.DIRECTOR),
    Member("director-2", "Dora Whitlock", Role.DIRECTOR),
    Member("liaison", "Lou Ferreira", Role.LIAISON),
    Member("auditor", "Ada Nkemelu", Role.AUDITOR),
    Member("administrator", "Max Oyelaran", Role.ADMINISTRATOR),
)

FIRST = [
    "Amina",
    "Bram",
    "Celeste",
    "Dilan",
    "Eka",
    "Farid",
    "Greta",
    "Hugo",
    "Imani",
    "Jonas",
    "Kiri",
    "Leontyne",
    "Marek",
    "Nadia",
    "Oskar",
    "Priya",
    "Quill",
    "Rosalind",
    "Samir",
    "Tove",
    "Ulla",
    "Viktor",
    "Winona",
    "Xavi",
    "Yusra",
    "Zeno",
    "Odile",
    "Bastien",
    "Calla",
    "Ravi",
    "Mireille",
    "Tadeo",
]
LAST = [
    "Abernathy",
    "Bouvier",
    "Castelnau",
    "Drummond",
    "Eskelund",
    "Fairweather",
    "Garnett",
    "Hollingway",
    "Ishiguro-Vale",
    "Jurado",
    "Kestrel",
    "Lavoie",
    "Mbeki-Stone",
    "Norquay",
    "Oakhurst",
    "Pemberley",
    "Quintal",
    "Ravenscroft",
    "Sandoval",
    "Thistlewood",
    "Underhill",
    "Vantongeren",
    "Wolfgramm",
    "Yarrow",
    "Zelenko",
    "Achterberg",
    "Bluestone",
    "Chakrabarti",
    "Desrosiers",
    "Engstrom",
]
OFFICER_LAST = [
    "Ashgrove",
    "Brackenridge",
    "Coldstream",
    "Danforth-Lee",
    "Eversham",
    "Fitzallan",
    "Greywater",
    "Harrowgate",
    "Inverlochy",
    "Jessamine",
    "Kirkbride",
    "Longacre",
    "Merrowdown",
    "Netherby",
    "Ormsby-Hale",
    "Penhallow",
    "Ridgemont",
    "Stanhope",
    "Tarrant",
    "Wexcombe",
]


def person(random: Random) -> str:
    """A full name."""
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


@dataclass(frozen=True)
class Officer:
    """An officer of the invented service; a few draw many complaints, as in real life."""

    name: str
    badge: str


def officers(random: Random) -> list[Officer]:
    """The service's officers who appear in complaints, the ones who draw many first."""
    return [Officer(f"Constable {name}", str(random.randrange(2000, 6000))) for name in OFFICER_LAST]


def officer(random: Random, known: list[Officer]) -> Officer:
    """Pick an officer, with a long tail: the first names come up far more often than the last."""
    return known[min(int(random.expovariate(0.22)), len(known) - 1)]
