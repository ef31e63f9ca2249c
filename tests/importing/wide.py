"""An invented export of one wide file, in the shape of docs/examples/one-wide-file.toml."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

HEADER = (
    *("no_dossier", "recu", "incident", "ferme", "statut", "mode", "en_service", "quartier", "recit"),
    *("plaignant", "groupe", "age"),
    *(f"{column}{n}" for n in (1, 2, 3) for column in ("agent", "prenom", "nom", "motif", "suite")),
)

FIRST = {
    "no_dossier": "R-17/001",
    "recu": "20170307",
    "incident": "20170301",
    "ferme": "20170906",
    "statut": "Fermé",
    "mode": "Téléphone",
    "en_service": "oui",
    "quartier": "Côte-à-l’Eau",
    "recit": "Trois agents m’ont arrêtée ; l’un d’eux a crié.\nPersonne n’a expliqué pourquoi.",
    "plaignant": "Zoë Lefèvre",
    "groupe": "Noir",
    "age": "34",
    **{"agent1": "K8801", "prenom1": "Aimé", "nom1": "Tournesol", "motif1": "Force", "suite1": "Fondée"},
    **{"agent2": "K8802", "prenom2": "Inès", "nom2": "Cœur", "motif2": "Impolitesse", "suite2": "Non fondée"},
    **{"agent3": "K8803", "prenom3": "Guy", "nom3": "Noël", "motif3": "Négligence", "suite3": "s/o"},
}
SECOND = {
    "no_dossier": "R-18/002",
    "recu": "20180115",
    "statut": "ouvert",
    "mode": "pigeon",
    "en_service": "peut-être",
    "recit": "Un agent n’est pas venu.",
    "plaignant": "Ben Cho",
    "groupe": "Autre",
    "age": "-1",
    **{"agent1": "K8801", "prenom1": "Aimé", "nom1": "Tournesol", "motif1": "Négligence"},
}
THIRD = {
    "no_dossier": "R-19/003",
    "recu": "20190307",
    "incident": "20190401",
    "ferme": "20190301",
    "statut": "retiré",
    "quartier": "s/o",
}


def write_wide(folder: Path, rows: Sequence[dict[str, str]] = (FIRST, SECOND, THIRD)) -> Path:
    """Write the file of those rows; return its folder."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossiers.csv.gz").write_bytes(gzip.compress(text.getvalue().encode("cp1252")))
    return folder
