"""What a table chooses where the person who asks has not."""

from oversight.figures.queries.files import Sources, received_in
from oversight.figures.queries.races import race_sources
from oversight.figures.refusals import CannotCount
from oversight.figures.wanted import RACE_SOURCES, SELF_IDENTIFIED_HERE, Wanted, Words


def chosen_words(wanted: Wanted, sources: Sources) -> Words:
    """Whose words: another office's own where everything counted is from there, else ours."""
    return wanted.words or sources.usual_words


def present_race_sources(wanted: Wanted) -> tuple[str, ...]:
    """The ways in which race became known in the files received in the period."""
    return wanted.once("race sources", lambda: race_sources(received_in(wanted.period)))


def chosen_race_source(wanted: Wanted) -> str:
    """By which source of race. Raises CannotCount where there are several and none was chosen."""
    if wanted.race_source is not None:
        return _known(wanted.race_source)
    present = present_race_sources(wanted)
    if len(present) > 1:
        raise CannotCount(
            f"Race became known in {len(present)} ways in these files, which are never joined: "
            f"choose a race source among {', '.join(present)}."
        )
    return present[0] if present else SELF_IDENTIFIED_HERE


def _known(race_source: str) -> str:
    if race_source not in RACE_SOURCES:
        raise CannotCount(f"“{race_source}” is not a race source; there are {', '.join(RACE_SOURCES)}.")
    return race_source
