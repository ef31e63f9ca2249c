"""Ten stories to file: real ones where the folder with them is at hand, otherwise invented ones.

The real ones are Philadelphia's public complaint files. They are read where they lie and never copied.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

REAL = Path(__file__).parents[2] / "shared" / "data" / "philadelphia" / "ppd_complaints.csv"


@dataclass(frozen=True)
class Narrative:
    """One story: how Philadelphia would classify it, its words, and where the words come from."""

    kind: str
    words: str
    source: str


def narrative_of(kind: str) -> Narrative:
    """A story of that classification. KeyError where there is none."""
    real = _first_real(kind) if REAL.is_file() else None
    return real or Narrative(kind, INVENTED[kind], "invented for the tests")


def _first_real(kind: str) -> Narrative | None:
    with REAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["general_cap_classification"].strip() == kind and 200 < len(row["summary"]) < 900:
                return Narrative(kind, row["summary"].strip(), f"Philadelphia's file {row['complaint_id']}")
    return None


INVENTED = {
    "VERBAL ABUSE": (
        "I asked the officer at the counter how to report my stolen bicycle. He laughed, called me a name "
        "I will not write down and told me to stop wasting his evening. Two people in the queue heard it."
    ),
    "LACK OF SERVICE": (
        "My shop was broken into in March. I have called the detective nine times. Each time I am told "
        "that someone will ring me back. Nobody has, and the camera's recording was erased after thirty "
        "days."
    ),
    "PHYSICAL ABUSE": (
        "I had my hands on the roof of the car as I was told. One of the two officers pulled my arm up "
        "behind my back until something cracked. I said that it hurt. He said that it was meant to. My "
        "shoulder was in a sling for five weeks."
    ),
    "HARASSMENT": (
        "The same patrol car has stopped me eleven times since spring on my way to the night shift. I "
        "have never been given a ticket. The officer knows my name by now and says it through the "
        "loudspeaker."
    ),
    "UNPROFESSIONAL CONDUCT": (
        "She was writing the report about my fall on the ice and took a private call for twenty minutes "
        "while I sat on the kerb. When I asked whether an ambulance was coming she rolled her eyes."
    ),
    "CIVIL RIGHTS COMPLAINT": (
        "There were six of us at the bus shelter. They searched the two of us who are Black and nobody "
        "else. When I asked why, the answer was that we looked out of place. I have lived on that street "
        "since 2009."
    ),
    "DEPARTMENTAL VIOLATIONS": (
        "He searched my car with his camera switched off. I saw him press it before he opened the door, "
        "and the light went out. Afterwards my tool bag was gone, and it is not on the list I had to "
        "sign."
    ),
    "CRIMINAL ALLEGATION": (
        "Four officers came into the flat without showing any paper. When they had left, the rent money "
        "from the kitchen drawer had left as well: nine hundred dollars, in an envelope with my "
        "landlord's name on it."
    ),
    "DOMESTIC": (
        "My brother-in-law is an officer. On his day off he stood in front of my sister's house, in "
        "uniform, for three hours, and told the neighbours that he was on duty there. She no longer opens "
        "the curtains."
    ),
    "FALSIFICATION": (
        "The report says that I was given my papers back and signed for them. It is not my signature, and "
        "I was in hospital that whole day. The officer who wrote it told me that it was only a formality."
    ),
}
