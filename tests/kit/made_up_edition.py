"""A made-up edition of the transparency report, in English and in French: 24 pages of realistic figures."""

# ruff: noqa: E501 - long lines are a report's words

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from oversight.kit.charts import HIDDEN, Bars, Chart, Intervals, Lines, Series, Value, chart
from oversight.kit.i18n import current_language, local_day, local_month, local_number, local_share, t
from oversight.reports.printing import side_by_side
from oversight.reports.standing import GLOSSARY, LIMITS, METHODS

CHANNELS = (
    "Website|Site Web",
    "Telephone|Téléphone",
    "In person|En personne",
    "Letter|Lettre",
    "Other body|Autre organisme",
)
MONTHS = ("January|Janvier", "February|Février", "March|Mars", "April|Avril", "May|Mai", "June|Juin")
DISTRICTS = (
    "Riverbend|Riverbend",
    "Old Town|Vieille-Ville",
    "Harbour|Port",
    "Northgate|Northgate",
    "Mill Creek|Mill Creek",
    "Fairview|Fairview",
    "Airport|Aéroport",
    "Somewhere else|Ailleurs",
)
CONTEXTS = (
    "A stop in traffic|Interception routière",
    "A stop on foot|Interception à pied",
    "A call for help|Appel à l’aide",
    "A search of a home|Perquisition d’un domicile",
    "A demonstration|Manifestation",
    "In custody|En détention",
    "Online|En ligne",
    "Another setting|Autre contexte",
)
HEADS = (
    "Abuse of authority|Abus de pouvoir",
    "Conduct that discredits the service|Conduite qui discrédite le service",
    "Unlawful use of force|Recours illégal à la force",
    "Neglect of duty|Négligence dans le devoir",
    "Discrimination|Discrimination",
    "Breach of confidence|Bris de confidentialité",
    "Deceit|Tromperie",
    "Another matter|Autre sujet",
)
FINDINGS = ("Sustained|Fondée", "Not sustained|Non établie", "Unfounded|Sans fondement", "Pending|En cours")
ENDINGS = (
    "Decided|Décision",
    "Early resolution|Règlement à l’amiable",
    "Dismissed|Rejet",
    "Withdrawn|Retrait",
    "Referred|Transmission",
)
RACES = (
    "Black|Personnes noires",
    "Indigenous|Autochtones",
    "South Asian|Asie du Sud",
    "White|Personnes blanches",
    "Several|Plusieurs",
    "None given|Non précisé",
)
BANDS = (
    "Up to 30 days|Jusqu’à 30 jours",
    "31 to 90 days|De 31 à 90 jours",
    "91 to 180 days|De 91 à 180 jours",
    "181 to 365 days|De 181 à 365 jours",
    "More than a year|Plus d’un an",
)
MEASURES = (
    "Training|Formation",
    "Reprimand|Réprimande",
    "Loss of hours|Perte d’heures",
    "Reduction in rank|Rétrogradation",
    "Policy reviewed|Révision de politique",
)
REASONS = (
    "Waits for a court to end|Attend la fin d’un procès",
    "The investigator changed|Changement d’enquêteur",
    "Records asked for twice|Documents demandés deux fois",
    "The person asked for time|La personne a demandé du temps",
)
DEADLINES = (
    "Investigation within 180 days|Enquête en 180 jours",
    "Notice every 45 days|Avis tous les 45 jours",
    "Decision within 30 days|Décision en 30 jours",
)
STAGES = (
    "Investigation|Enquête",
    "Panel review|Examen par le comité",
    "Decision|Décision",
    "Assessment|Évaluation",
)


def said(words: str) -> str:
    """Its half in the language spoken now: `English|French`."""
    english, _, french = words.partition("|")
    return french if current_language() == "fr" else english


def edition(*, outcomes: int = 46, overdue: int = 38) -> dict[str, Any]:
    """All that the templates of a report are given, in the language spoken now."""
    chance = Random(7)
    return {
        "title": said(
            "Complaints about the police, and what became of them|Les plaintes contre la police et leurs suites"
        ),
        "office": said("Office of Civilian Oversight, Riverbend|Bureau de surveillance civile de Riverbend"),
        "period": said("First half of 2026|Premier semestre de 2026"),
        "number": 1,
        "counted_on": local_day(date(2026, 9, 14)),
        "issued": True,
        "changes": [],
        "demo": True,
        "message": _message(),
        "glance": _glance(),
        "sources": [said("Source: the office’s own files.|Source : les dossiers du bureau.")],
        "chapters": list(_chapters(chance)),
        "outcomes": list(_outcomes(chance, outcomes)),
        "overdue": {
            "says": said(
                "An office that asks others to account for themselves owes the same. These files were past a deadline on the last day of June, and this is why.|Un bureau qui demande des comptes aux autres en doit aussi. Ces dossiers dépassaient une échéance au dernier jour de juin, et voici pourquoi."
            ),
            "files": list(_overdue(chance, overdue)),
        },
        "methods": [
            {
                "title": t(title),
                "paragraphs": [t(words, most=9, floor=5) for words in paragraphs],
                "listed": [],
            }
            for title, paragraphs in METHODS
        ],
        "limits": [t(limit) for limit in LIMITS],
        "glossary": [{"word": t(word), "means": t(means)} for word, means in GLOSSARY],
    }


def _message() -> dict[str, Any]:
    return {
        "by": "Bea Director",
        "role": said("Director of the office|Directrice du bureau"),
        "paragraphs": [
            said(
                "Six hundred and forty people told us in this half-year that something had gone wrong between them and the police. Each of them was answered by a person.|Au cours de ce semestre, six cent quarante personnes nous ont dit que quelque chose s’était mal passé entre elles et la police. Une personne a répondu à chacune d’elles."
            ),
            said(
                "We closed more files than we opened, for the first time in three years. The oldest are still too old: thirty-eight files were past a deadline on the last day of June, and this report names each with its reason. We have asked for two more investigators, and until they are here we take up the oldest files first.|Pour la première fois en trois ans, nous avons fermé plus de dossiers que nous n’en avons ouvert. Les plus anciens le sont encore trop : trente-huit dossiers dépassaient une échéance au dernier jour de juin, et ce rapport nomme chacun d’eux avec sa raison. Nous avons demandé deux responsables d’enquête de plus ; d’ici leur arrivée, les dossiers les plus anciens passent en premier."
            ),
            said(
                "One allegation in six was sustained. That number says neither that five people in six were wrong nor that the police were right; it says what could be shown. Where the same thing was alleged again and again we wrote to the chief of police, and four policies have changed since.|Une allégation sur six a été jugée fondée. Ce nombre ne dit ni que cinq personnes sur six avaient tort, ni que la police avait raison : il dit ce qui a pu être démontré. Quand la même chose revenait sans cesse, nous avons écrit à la direction de la police, et quatre politiques ont changé depuis."
            ),
            said(
                "Numbers of fewer than ten are hidden, so that nobody can be recognised. Everything else is here, and as a table for download on our pages. If you find a mistake, tell us; a correction will be a new edition that says what changed.|Les nombres inférieurs à dix sont masqués, pour que personne ne puisse être reconnu. Tout le reste est ici, et sous forme de tableaux à télécharger sur nos pages. Si vous trouvez une erreur, dites-le-nous : une correction sera une nouvelle édition qui dit ce qui a changé."
            ),
        ],
    }


def _glance() -> list[dict[str, str]]:
    facts = (
        (
            local_number(640),
            "complaints received|plaintes reçues",
            "Nine more than in the half-year before. Most came by the website.|Neuf de plus qu’au semestre précédent. La plupart sont arrivées par le site Web.",
        ),
        (
            local_number(668),
            "files closed|dossiers fermés",
            "More were closed than opened: 28 files fewer were open at the end.|Il s’en est fermé plus qu’il ne s’en est ouvert : 28 dossiers de moins à la fin.",
        ),
        (
            local_share(0.163),
            "of allegations sustained|des allégations jugées fondées",
            "Of 1,184 allegations decided. It is what could be shown, not what happened.|Sur 1 184 allégations tranchées. C’est ce qui a pu être démontré, non ce qui est arrivé.",
        ),
        (
            local_number(122),
            "days from received to closed|jours de la réception à la fermeture",
            "Half of the files took longer, half were done sooner.|La moitié des dossiers ont pris plus de temps, l’autre moitié moins.",
        ),
        (
            local_share(0.914),
            "of 45-day notices on time|des avis de 45 jours à temps",
            "The law has us write every 45 days. Fifty-one letters were late.|La loi nous fait écrire tous les 45 jours. Cinquante et une lettres étaient en retard.",
        ),
        (
            local_number(38),
            "files past a deadline|dossiers hors délai",
            "Each is listed in this report with the reason for the delay.|Chacun figure dans ce rapport avec la raison du retard.",
        ),
    )
    return [{"number": number, "what": said(what), "means": said(means)} for number, what, means in facts]


def _chapters(chance: Random) -> Iterable[dict[str, Any]]:
    stock = _numbers(chance, 6, 4, 90, 130)
    months = tuple(map(said, MONTHS))
    flow = Lines(
        said("Complaints received and closed, by month|Plaintes reçues et fermées, par mois"),
        said(
            "From March on, more files were closed each month than were opened.|À partir de mars, il s’est fermé chaque mois plus de dossiers qu’il ne s’en est ouvert."
        ),
        months,
        (
            Series(said("Received|Reçues"), (118, 104, 101, 99, 112, 106)),
            Series(said("Closed|Fermées"), (96, 101, 117, 114, 121, 119)),
            Series(said("Reopened|Rouvertes"), (12, 11, HIDDEN, 14, 10, 13)),
        ),
    )
    yield _chapter(
        "stock",
        "The files|Les dossiers",
        "Where the half-year began, what came and went, and where it ended.|Où le semestre a commencé, ce qui est arrivé et parti, et où il s’est terminé.",
        [
            _table(
                "flow",
                flow,
                "Files open at the start, plus those received and reopened, less those closed, make the files open at the end. A file reopened and closed again counts in both columns.|Les dossiers ouverts au début, plus ceux qui ont été reçus et rouverts, moins ceux qui ont été fermés, donnent les dossiers ouverts à la fin. Un dossier rouvert puis fermé de nouveau compte dans les deux colonnes.",
                columns=(
                    "Month|Mois",
                    "Open at start|Au début",
                    "Received|Reçus",
                    "Closed|Fermés",
                    "Open at end|À la fin",
                ),
                rows=[[month, *row] for month, row in zip(months, stock, strict=True)],
            ),
            _bars(
                chance,
                "channel",
                "How complaints came in|Comment les plaintes sont arrivées",
                "The website is the usual way, but one in four still came by telephone.|Le site Web est la voie habituelle, mais une plainte sur quatre est encore venue par téléphone.",
                CHANNELS,
                ("Received|Reçues",),
            ),
        ],
    )
    yield _chapter(
        "where",
        "Where and when people met the police|Où et quand les gens ont rencontré la police",
        "Complaints by the part of town and by how the people met.|Les plaintes selon la partie de la ville et les circonstances de la rencontre.",
        [
            _bars(
                chance,
                "district",
                "By part of town|Par partie de la ville",
                "Riverbend and the Old Town together make up nearly half.|Riverbend et la Vieille-Ville représentent ensemble près de la moitié.",
                DISTRICTS,
                ("Received|Reçues",),
            ),
            _bars(
                chance,
                "context",
                "By how it began|Selon le point de départ",
                "Stops in traffic come first, as they have since 2021.|Les interceptions routières viennent en premier, comme depuis 2021.",
                CONTEXTS,
                ("On duty|En service", "Off duty|Hors service"),
            ),
        ],
    )
    yield _chapter(
        "alleged",
        "What was alleged|Ce qui était allégué",
        "A complaint holds one allegation or more. These tables count allegations.|Une plainte contient une ou plusieurs allégations. Ces tableaux comptent les allégations.",
        [
            _bars(
                chance,
                "heads",
                "Allegations by head|Allégations par catégorie",
                "Abuse of authority is alleged most often.|L’abus de pouvoir est allégué le plus souvent.",
                HEADS,
                ("Alleged|Alléguées",),
            ),
            _bars(
                chance,
                "bias",
                "Bias alleged|Préjugés allégués",
                "Race is named in most allegations of bias.|La race est nommée dans la plupart des allégations de préjugé.",
                ("Race|Race", "Gender|Genre", "Disability|Handicap", "Religion|Religion", "Age|Âge"),
                ("Alleged|Alléguées",),
                smallest=3,
            ),
        ],
    )
    yield _chapter(
        "found",
        "What was found|Ce qui a été conclu",
        "",
        [
            _bars(
                chance,
                "findings",
                "Findings by allegation|Conclusions par allégation",
                "Neglect of duty is sustained most often, discrimination least.|La négligence est le plus souvent fondée, la discrimination le moins.",
                HEADS,
                FINDINGS,
                stacked=True,
            ),
            _bars(
                chance,
                "endings",
                "How files ended|Comment les dossiers se sont terminés",
                "Half of the files ended with a decision.|La moitié des dossiers se sont terminés par une décision.",
                ENDINGS,
                ("Files|Dossiers",),
            ),
            _bars(
                chance,
                "corrective",
                "Corrective action|Mesures correctives",
                "What was imposed follows what was recommended in most cases.|Ce qui a été imposé suit le plus souvent ce qui était recommandé.",
                MEASURES,
                ("Recommended|Recommandées", "Imposed|Imposées"),
                smallest=4,
            ),
        ],
    )
    yield _chapter(
        "time",
        "How long it took|Le temps que cela a pris",
        "The law gives most files 180 days. People wait for every one of them.|La loi donne 180 jours à la plupart des dossiers. Des gens attendent chacun d’eux.",
        [
            _bars(
                chance,
                "ages",
                "Age of the open docket|Âge des dossiers ouverts",
                "One open file in five is older than a year.|Un dossier ouvert sur cinq a plus d’un an.",
                BANDS,
                ("Files|Dossiers",),
                upright=True,
            ),
            _share_table(chance),
        ],
    )
    yield _chapter(
        "race",
        "Findings and race|Les conclusions et la race",
        "Race as people gave it themselves on our form; three in ten gave none.|La race telle que les gens l’ont indiquée eux-mêmes sur notre formulaire ; trois sur dix n’en ont indiqué aucune.",
        [
            _disparity(),
            _bars(
                chance,
                "race-findings",
                "Findings by race|Conclusions selon la race",
                "The share sustained differs little between groups.|La part des plaintes fondées varie peu d’un groupe à l’autre.",
                RACES,
                FINDINGS[:2],
                smallest=2,
            ),
        ],
    )
    yield _chapter(
        "panels",
        "Who reviewed|Qui a examiné",
        "",
        [
            _bars(
                chance,
                "panel",
                "Panels by month|Comités par mois",
                "About a dozen panels sat each month.|Une douzaine de comités ont siégé chaque mois.",
                MONTHS,
                ("Panels|Comités", "Recusals|Récusations"),
                upright=True,
                smallest=6,
            )
        ],
    )


def _chapter(code: str, title: str, lead: str, tables: list[dict[str, Any]]) -> dict[str, Any]:
    abreast = list(side_by_side(tables))
    return {"id": code, "title": said(title), "lead": said(lead), "tables": tables, "abreast": abreast}


def _table(
    code: str,
    drawn: Chart,
    definition: str,
    *,
    columns: Sequence[str],
    rows: list[list[Any]],
    total: bool = False,
) -> dict[str, Any]:
    return {
        "id": code,
        "title": drawn.title,
        "definition": said(definition),
        "says": drawn.says,
        "drawn": chart(drawn),
        "hides": drawn.hides,
        "bars": [],
        "head": [said(column) for column in columns],
        "rows": [[_cell(cell, share=drawn.is_share) for cell in row] for row in rows],
        "total": total,
        "notes": [
            said(
                "Source: the office’s own files. Counted on July 2, 2026.|Source : les dossiers du bureau. Comptés le 2 juillet 2026."
            )
        ],
    }


def _cell(cell: Any, *, share: bool) -> str | None:
    if isinstance(cell, str):
        return cell
    if cell is HIDDEN or cell is None:
        return None
    return local_share(cell) if share else local_number(cell)


def _bars(
    chance: Random,
    code: str,
    title: str,
    says: str,
    names: Sequence[str],
    series: Sequence[str],
    *,
    smallest: int = 12,
    **how: bool,
) -> dict[str, Any]:
    counts = sorted(_numbers(chance, len(names), len(series), smallest, 180), reverse=True)
    columns: list[tuple[Value, ...]] = [
        tuple(HIDDEN if count < 10 else count for count in column) for column in zip(*counts, strict=True)
    ]
    categories = tuple(map(said, names))
    drawn = Bars(
        said(title),
        said(says),
        categories,
        tuple(Series(said(name), column) for name, column in zip(series, columns, strict=True)),
        **how,
    )
    rows = [[name, *row] for name, row in zip(categories, zip(*columns, strict=True), strict=True)]
    totals: list[Any] = [None if HIDDEN in column else sum(column) for column in columns]
    definition = "Complaints received from January 1 to June 30, 2026. Each stands in one row, by what the person who complained told us and the caseworker confirmed.|Plaintes reçues du 1er janvier au 30 juin 2026. Chacune figure sur une seule ligne, selon ce que la personne plaignante nous a dit et que la personne responsable du dossier a confirmé."
    return _table(
        code,
        drawn,
        definition,
        columns=(title, *series),
        rows=[*rows, [said("All|Ensemble"), *totals]],
        total=True,
    )


def _share_table(chance: Random) -> dict[str, Any]:
    months = tuple(map(said, MONTHS))
    shares = tuple(round(chance.uniform(0.55, 0.75), 3) for _ in months)
    drawn = Bars(
        said("Closed within 180 days|Fermés en moins de 180 jours"),
        said(
            "About two files in three were closed within the target.|Environ deux dossiers sur trois ont été fermés dans le délai visé."
        ),
        months,
        (Series(said("Share|Part"), shares),),
        upright=True,
        is_share=True,
    )
    definition = "Files closed in the month: the share closed within 180 days of being received. A file that was reopened counts from the day it was first received.|Dossiers fermés durant le mois : la part fermée dans les 180 jours suivant la réception. Un dossier rouvert compte à partir de sa première réception."
    return _table(
        "within",
        drawn,
        definition,
        columns=("Month|Mois", "Share within target|Part dans le délai"),
        rows=[[month, share] for month, share in zip(months, shares, strict=True)],
    )


def _disparity() -> dict[str, Any]:
    groups = tuple(map(said, RACES[:4]))
    lows, middles, highs = (1.42, 1.1, 0.61, HIDDEN), (1.88, 1.72, 0.94, HIDDEN), (2.41, 2.66, 1.39, HIDDEN)
    drawn = Intervals(
        said("Disparity by race|Disparité selon la race"),
        said(
            "Black and Indigenous people complained more often than their share of the city would make likely.|Les personnes noires et autochtones ont porté plainte plus souvent que leur part de la population ne le laisserait attendre."
        ),
        groups,
        (Series("lowest", lows), Series("middle", middles), Series("highest", highs)),
        reference=1.0,
        reference_words=said("as often as others|aussi souvent que les autres"),
    )
    definition = "How many times as often people of a group complained as all others did, in proportion to the population of the census of 2021, with the interval within which it would lie 19 times out of 20.|Combien de fois plus souvent les personnes d’un groupe ont porté plainte que toutes les autres, en proportion de la population du recensement de 2021, avec l’intervalle où se trouverait la valeur 19 fois sur 20."
    rows = [list(row) for row in zip(groups, lows, middles, highs, strict=True)]
    return _table(
        "disparity",
        drawn,
        definition,
        columns=("Group|Groupe", "Lowest|Minimum", "Ratio|Rapport", "Highest|Maximum"),
        rows=rows,
    )


def _outcomes(chance: Random, count: int) -> Iterable[dict[str, Any]]:
    for number in range(count):
        about, context = said(chance.choice(HEADS)), said(chance.choice(CONTEXTS))
        day = date(2026, 1, 8) + timedelta(days=number * 170 // count)
        yield {
            "reference": f"2026-{number + 11:04}",
            "published_on": local_day(day),
            "about": f"{about} ({context})",
            "finding": said(chance.choice(FINDINGS[:3])),
            "url": f"https://oversight.example/outcomes/2026-{number + 11:04}",
        }


def _overdue(chance: Random, count: int) -> Iterable[dict[str, Any]]:
    for number in range(count):
        late = 160 - 4 * number
        yield {
            "received": local_month(date(2025, chance.randint(1, 9), 1)),
            "stage": said(chance.choice(STAGES)),
            "deadline": said(chance.choice(DEADLINES)),
            "late": local_number(late),
            "reason": said(chance.choice(REASONS)),
        }


def _numbers(chance: Random, rows: int, columns: int, least: int, most: int) -> list[list[int]]:
    return [[chance.randint(least, most) for _ in range(columns)] for _ in range(rows)]
