"""What is counted, against numbers worked out by hand beside each file."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from oversight.casework.actions.self_identification import identify_oneself
from oversight.casework.models import Complaint, Party
from oversight.casework.past import RaceSource
from oversight.figures.disclosure.showing import protected
from oversight.figures.figure import Figure, share_of
from oversight.figures.refusals import CannotCount
from oversight.figures.register import TABLES, table
from oversight.figures.tables import table_named
from oversight.figures.wanted import Level, Wanted, Words
from oversight.figures.words import Word, as_it_is
from oversight.kit.db import writing
from oversight.rules.rulebook import SmallNumbers
from tests.factories import AT, RECEIVED_ON, coded, complaint_in, filed, fresh, fresh_in
from tests.figures.history import alleged, brought_in, counted, laid_out, left_out, past, person

BLACK, WHITE = person("black"), person("white")


# --- findings by race -------------------------------------------------------------------------------


def test_a_complaint_stands_once_at_the_race_and_at_what_came_of_it(context: Flask) -> None:
    brought_in(
        past(alleged("Force", "sustained"), alleged("Speech", "not_sustained"), people=[BLACK]),  # sustained
        past(alleged("Force", "sustained_in_part"), alleged("Speech"), people=[BLACK]),  # sustained
        past(alleged("Force"), alleged("Speech"), people=[BLACK]),  # pending
        past(alleged("Force"), alleged("Speech", status="dismissed"), people=[BLACK]),  # not sustained
        past(alleged("Force", "exonerated"), people=[BLACK, BLACK]),  # not sustained, and one race
        past(alleged("Force", "sustained"), people=[BLACK, person()]),  # sustained: nothing says another race
        past(alleged("Force", "unfounded"), people=[WHITE, BLACK]),  # not sustained, several
        past(alleged("Force", "sustained"), people=[person("white", "asian")]),  # sustained, several
        past(alleged("Force", "not_sustained"), people=[person()]),  # none given
        past(alleged("Force"), people=[person("white", kind="witness")]),  # none given: a witness's
        past(people=[WHITE]),  # no allegation
    )
    figure = counted("findings-by-race")
    assert [column.said() for column in figure.columns] == ["sustained", "pending", "not sustained"]
    assert laid_out(figure) == {"black": (3, 1, 2), "several": (1, 0, 1), "none given": (0, 1, 1)}
    assert left_out(figure) == {"none_given": 2, "no_allegation": 1, "other_source": 0}
    assert figure.unknown[0].share == 0.2  # 2 of the 10 that stand in the table
    assert figure.source == {
        "imports": ["elsewhere"],
        "began_here": False,
        "words": "own",
        "race": "not_known",
    }


def test_rows_stand_by_the_alphabet_and_what_is_not_known_last(context: Flask) -> None:
    given = ("white", "Asian", "none of these", "black", "black")
    brought_in(*(past(alleged(), people=[person(race)]) for race in given))
    assert list(laid_out(counted("findings-by-race"))) == [
        *("Asian", "black", "none of these", "white"),
        *("several", "none given"),
    ]


def test_in_our_words_each_category_has_a_row_and_a_word_without_an_equivalent_one_of_its_own(
    context: Flask,
) -> None:
    brought_in(
        past(alleged(), people=[person("noir", codes=["BLACK"])]),
        past(alleged(), people=[person("sans mot")]),
        past(alleged(), people=[person("noir", codes=["BLACK"]), person("autre")]),
    )
    rows = laid_out(counted("findings-by-race", words=Words.OURS))
    assert list(rows)[:2] == ["Black", "East Asian"]
    assert list(rows)[-3:] == ["not mapped", "several", "none given"]
    assert {row: cells for row, cells in rows.items() if any(cells)} == {
        "Black": (0, 1, 0),
        "not mapped": (0, 1, 0),
        "several": (0, 1, 0),
    }


def test_only_files_received_in_the_period_count(context: Flask) -> None:
    brought_in(
        *(
            past(alleged(), people=[BLACK], received_on=day)
            for day in (date(2015, 6, 30), date(2015, 7, 1), date(2015, 12, 31), date(2016, 1, 1))
        )
    )
    assert laid_out(counted("findings-by-race", "2015-H2"))["black"] == (0, 2, 0)


def test_races_known_in_different_ways_are_never_counted_together(context: Flask) -> None:
    brought_in(past(alleged(), people=[person("black", known=RaceSource.PERCEIVED)]), source="north")
    brought_in(past(alleged(), people=[person("black", known=RaceSource.SELF_IDENTIFIED)]), source="south")
    with pytest.raises(CannotCount, match=r"perceived, self_identified\.$"):
        counted("findings-by-race")
    figure = counted("findings-by-race", race_source="perceived")
    assert laid_out(figure)["black"] == (0, 1, 0)
    assert left_out(figure)["other_source"] == 1
    assert figure.source["imports"] == ["north"]


def test_of_one_export_with_two_ways_only_the_wanted_one_counts(context: Flask) -> None:
    seen = person("white", known=RaceSource.PERCEIVED)
    said = person("black", known=RaceSource.SELF_IDENTIFIED)
    brought_in(past(alleged(), people=[seen, said]))
    assert laid_out(counted("findings-by-race", race_source="self_identified"))["black"] == (0, 1, 0)
    assert laid_out(counted("findings-by-race", race_source="perceived"))["white"] == (0, 1, 0)


def test_an_unknown_way_is_refused_with_the_ways_there_are(context: Flask) -> None:
    with pytest.raises(CannotCount, match="self_identified_here"):
        counted("findings-by-race", race_source="guessed")


def test_what_people_said_of_themselves_here_stands_apart_from_any_export(context: Flask) -> None:
    brought_in(past(alleged(), people=[BLACK]))
    identified(filed(), "INDIGENOUS")
    identified(filed(), "BLACK", "WHITE")
    identified(filed(), "PREFER_NOT")
    filed()
    with pytest.raises(CannotCount, match="self_identified_here, not_known"):
        counted("findings-by-race")
    figure = counted("findings-by-race", race_source="self_identified_here")
    assert {row: cells for row, cells in laid_out(figure).items() if any(cells)} == {
        "Indigenous": (0, 1, 0),
        "several": (0, 1, 0),
        "none given": (0, 2, 0),
    }
    assert left_out(figure) == {"none_given": 2, "no_allegation": 0, "other_source": 1}


def identified(complaint: Complaint, *chosen: str) -> None:
    """The same file after its complainant said that of themselves."""
    with writing():
        party: Party = next(each for each in fresh_in(complaint.id).parties if each.kind == "complainant")
        identify_oneself(party, chosen, standard="British Columbia, 2026", on=RECEIVED_ON, at=AT)


# --- findings by allegation -------------------------------------------------------------------------


def some_allegations() -> None:
    brought_in(
        past(alleged("Force", "sustained"), alleged("Force", "not_sustained"), alleged("Speech")),
        past(alleged("Force", "not_sustained"), alleged("Speech", status="withdrawn")),
        past(alleged("Force"), alleged("Force"), alleged("")),
        past(),
    )


def test_a_complaint_counts_once_in_each_kind_of_allegation(context: Flask) -> None:
    some_allegations()
    figure = counted("findings-by-allegation")
    # Force: the first is sustained, the second not, the third pending. Speech: pending, then not.
    assert laid_out(figure) == {"Force": (1, 1, 1), "Speech": (0, 1, 1), "not coded yet": (0, 1, 0)}
    assert left_out(figure) == {"not_coded_yet": 1, "no_allegation": 1}
    assert not figure.adds_down


def test_at_the_level_of_the_allegation_each_counts_by_what_was_found(context: Flask) -> None:
    some_allegations()
    figure = counted("findings-by-allegation", level=Level.ALLEGATION)
    columns = [column.said() for column in figure.columns]
    assert columns == ["Sustained", "Not sustained", "Open", "Withdrawn"]
    assert laid_out(figure) == {
        "Force": (1, 2, 2, 0),
        "Speech": (0, 0, 1, 1),
        "not coded yet": (0, 0, 1, 0),
    }
    assert figure.adds_down


def test_findings_stand_in_the_offices_own_words_where_it_has_some(context: Flask) -> None:
    brought_in(
        past(
            alleged("Force", "sustained", own_finding="Proven"),
            alleged("Force", own_finding="Lapsed", status="decided"),
            alleged("Force", status="closed"),
        )
    )
    own = counted("findings-by-allegation", level=Level.ALLEGATION)
    assert [column.said() for column in own.columns] == ["Lapsed", "Proven", "Closed without a finding"]
    assert laid_out(own) == {"Force": (1, 1, 1)}
    ours = counted("findings-by-allegation", level=Level.ALLEGATION, words=Words.OURS)
    assert [column.said() for column in ours.columns] == [
        *("Sustained", "Closed without a finding"),
        "not mapped",
    ]


def test_in_our_words_kinds_without_an_equivalent_count_once_together(context: Flask) -> None:
    brought_in(
        past(
            alleged("Force", "sustained"),
            alleged("Speech"),
            alleged("Lies", code="deceit"),
        )
    )
    figure = counted("findings-by-allegation", words=Words.OURS)
    assert laid_out(figure) == {"Deceit": (0, 1, 0), "not mapped": (1, 0, 0)}
    assert left_out(figure)["not_mapped"] == 1


def test_a_file_that_began_here_stands_in_our_words_even_among_others(context: Flask) -> None:
    coded(complaint_in("assessment"))
    filed()
    brought_in(past(alleged("Force")))
    assert counted("findings-by-allegation").source["words"] == "ours"
    own = counted("findings-by-allegation", words=Words.OWN)
    assert laid_out(own) == {
        "Force": (0, 1, 0),
        "Discreditable conduct": (0, 1, 0),
        "not coded yet": (0, 1, 0),
    }
    assert own.source["began_here"]


# --- received, closed -------------------------------------------------------------------------------


def test_a_year_without_complaints_has_its_row(context: Flask) -> None:
    brought_in(*(past(received_on=date(year, 5, 1)) for year in (2013, 2015, 2015)))
    assert laid_out(counted("received-by-year")) == {"2013": (1,), "2014": (0,), "2015": (2,)}
    assert laid_out(counted("received-by-year", "2014")) == {"2014": (0,)}


def test_days_to_close_by_hand(context: Flask) -> None:
    closings = [
        (date(2014, 12, 31), date(2015, 1, 20)),  # 20
        (date(2015, 1, 1), date(2015, 1, 11)),  # 10
        (date(2015, 1, 1), date(2015, 1, 31)),  # 30
        (date(2015, 1, 1), date(2015, 6, 30)),  # 180: within
        (date(2015, 1, 1), date(2015, 7, 1)),  # 181: not within
        (date(2015, 1, 1), date(2016, 1, 1)),  # 365, and closed in another year
    ]
    brought_in(
        *(past(received_on=received, ended_on=ended) for received, ended in closings),
        past(received_on=date(2015, 1, 1), ended_on=date(2014, 12, 1)),  # before it was received
        past(received_on=date(2015, 1, 1), ended=True),  # on no known day
        past(received_on=date(2017, 1, 1), ended=True),
        past(received_on=date(2015, 1, 1)),  # open
    )
    figure = counted("days-to-close-by-year")
    # 2015: 10 20 30 180 181. The middle is 30; ⌈0.9 × 5⌉ = 5th is 181; 4 of 5 are within 180.
    assert laid_out(figure) == {"2015": (5, 30, 181, 0.8), "2016": (1, 365, 365, 0.0)}
    assert left_out(figure) == {"day_of_closing": 2, "closed_before_received": 1}
    until_2015 = counted("days-to-close-by-year", "2015")
    assert laid_out(until_2015) == {"2015": (5, 30, 181, 0.8)}
    assert left_out(until_2015) == {"day_of_closing": 1, "closed_before_received": 0}


def test_the_middle_of_an_even_number_lies_between_two_and_the_ninetieth_is_one_that_was(
    context: Flask,
) -> None:
    days = [1, 2, 3, 4, 5, 6, 7, 8, 90, 100]
    first = date(2015, 1, 1)
    brought_in(*(past(received_on=first, ended_on=first + timedelta(days=each)) for each in days))
    assert laid_out(counted("days-to-close-by-year")) == {"2015": (10, 5.5, 90, 1.0)}


def test_lengths_that_tell_how_few_were_late_are_hidden_with_the_share(context: Flask) -> None:
    first = date(2015, 1, 1)
    days = [*range(60, 84), 90, 90, 160, 200, 210, 220]
    brought_in(*(past(received_on=first, ended_on=first + timedelta(days=each)) for each in days))
    figure = counted("days-to-close-by-year")
    # The 90th percentile of 30 is the 27th: where it is 160, at most three took more than 180 days.
    assert laid_out(figure) == {"2015": (30, 74.5, 160, 0.9)}
    assert laid_out(protected(figure, SmallNumbers())) == {"2015": (30, None, None, None)}


def test_a_share_that_is_not_all_does_not_become_all_by_rounding() -> None:
    assert (share_of(29_999, 30_000), share_of(1, 30_000)) == (29_999 / 30_000, 1 / 30_000)
    assert (share_of(1, 3), share_of(3, 3), share_of(0, 3)) == (0.3333, 1, 0)


def test_a_file_here_counts_from_its_receipt_to_its_ending_and_not_while_it_is_looked_at_again(
    context: Flask,
) -> None:
    complaint = complaint_in("dismissed")
    assert (complaint.received_on, complaint.ended_on) == (RECEIVED_ON, RECEIVED_ON)
    assert laid_out(counted("days-to-close-by-year")) == {"2026": (1, 0, 0, 1.0)}
    with writing():
        fresh_in(complaint.id).ended_on = None
        fresh_in(complaint.id).state = "reconsideration"
    assert fresh(complaint.id).ended_as == "dismissed"
    assert laid_out(counted("days-to-close-by-year")) == {}


# --- officers ---------------------------------------------------------------------------------------


def test_officers_by_how_many_allegations_were_made_of_them(context: Flask) -> None:
    brought_in(
        past(alleged(officer=0), alleged(officer=1), officers=["100", "200"]),
        past(alleged(officer=0), alleged(officer=0), officers=["200"]),
        past(*[alleged(officer=0)] * 9, officers=["300"]),
        past(*[alleged(officer=0)] * 10, officers=["400"]),
        past(alleged(officer=0), alleged(), alleged(subject_kind="policy"), officers=[""]),
    )
    brought_in(past(alleged(officer=0), officers=["100"]), source="another")  # their 100 is somebody else
    figure = counted("allegations-per-officer")
    # 100 of either history: 1. 200: 3. 300: 9. 400: 10. A policy is no officer; two officers are not known.
    assert laid_out(figure) == {"1": (2,), "2": (0,), "3": (1,), "4": (0,), "5–9": (1,), "10+": (1,)}
    assert left_out(figure) == {"officer_not_known": 2}
    assert figure.tells == {}, "of those with five to nine nobody can say how many they come to"


def test_officers_are_not_told_by_the_allegations_made_of_them(context: Flask) -> None:
    brought_in(
        *(past(alleged(officer=0), officers=[str(number)]) for number in range(40)),
        *(past(alleged(officer=0), alleged(officer=0), officers=[str(number)]) for number in range(40, 43)),
    )
    figure = counted("allegations-per-officer")
    assert [number for (number,) in figure.cells] == [40, 3, 0, 0, 0, 0]
    # Of 43 officers 46 allegations were made, as other tables say: of three of them, so, there are two.
    assert protected(counted("allegations-by-duty"), SmallNumbers()).total == 46
    assert figure.tells == {"allegations": 46}
    assert not protected(figure, SmallNumbers()).printable
    large = replace(figure, cells=((40,), (30,), (0,), (0,), (0,), (0,)))
    assert protected(large, SmallNumbers()).cells == large.cells


# --- the register -----------------------------------------------------------------------------------


def test_a_decorated_function_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oversight.figures.register.TABLES", {})
    from oversight.figures import register

    @table("answers", "Answers", "What was asked.", choices=("words",))
    def answers(_: Wanted) -> Figure:
        return Figure((as_it_is("one"),), (Word("two"),), ((42,),))

    figure = counted("answers", "2015")
    assert (figure.table, figure.title, figure.period, figure.cells) == (
        "answers",
        "Answers",
        "2015",
        ((42,),),
    )
    assert list(register.TABLES) == ["answers"]
    with pytest.raises(CannotCount, match="no choice of race source"):
        counted("answers", race_source="perceived")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_counts_an_office_without_a_file_and_has_its_definition(
    context: Flask, name: str
) -> None:
    figure = counted(name)
    assert figure.title
    assert figure.definition.endswith(".")
    assert not any(cell for row in figure.cells for cell in row)


def test_a_misspelt_table_is_met_with_the_nearest() -> None:
    with pytest.raises(CannotCount, match="did you mean findings-by-race"):
        table_named("finding-by-race")
    with pytest.raises(CannotCount, match="received-by-year"):
        table_named("zzz")
