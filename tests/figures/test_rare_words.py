"""A word that few files of a history use is not for everyone: it may be anything, a name among it."""

from oversight.figures.disclosure.rare_words import without_rare_words
from oversight.figures.disclosure.showing import Shown, protected
from oversight.figures.figure import Figure
from oversight.figures.words import NONE_GIVEN, OTHER_WORDS, Word, as_it_is, own_word
from oversight.rules.rulebook import SmallNumbers

RULE = SmallNumbers()


def shown(rows: list[Word], cells: list[list[int]], columns: list[Word] | None = None) -> Shown:
    named = columns or [Word("sustained"), Word("not sustained")]
    figure = Figure(tuple(rows), tuple(named), tuple(map(tuple, cells)))
    return without_rare_words(protected(figure, RULE), RULE)


def test_rare_words_stand_together_and_are_not_said() -> None:
    words = [own_word("force"), own_word("Rosa of Elm Street"), own_word("deceit"), NONE_GIVEN]
    table = shown(words, [[40, 60], [0, 1], [4, 3], [20, 30]])
    assert table.figure.rows == (own_word("force"), OTHER_WORDS, NONE_GIVEN)
    assert table.cells[1] == (None, None)
    assert table.row_totals[1] is None
    assert {place for place in table.hidden if place[0] == 1} == {(1, 0), (1, 1)}
    assert [word.said() for word in table.figure.rows].count("Rosa of Elm Street") == 0


def test_a_rare_word_alone_is_not_said_either() -> None:
    table = shown([own_word("force"), own_word("Rosa")], [[40, 60], [3, 0]])
    assert table.figure.rows == (own_word("force"), OTHER_WORDS)


def test_columns_too() -> None:
    columns = [own_word("Upheld"), own_word("Upheld as Rosa said"), own_word("Not upheld")]
    table = shown([Word("force"), Word("deceit")], [[40, 2, 60], [30, 0, 70]], columns)
    assert table.figure.columns == (own_word("Upheld"), own_word("Not upheld"), OTHER_WORDS)
    assert all(len(row) == 3 for row in table.cells)
    assert table.cells[0][2] is None


def test_years_and_our_own_words_stay_however_few_there_are() -> None:
    table = shown([as_it_is(2015), Word("deceit")], [[3, 0], [40, 60]])
    assert table.figure.rows == (as_it_is(2015), Word("deceit"))


def test_it_never_tells_more() -> None:
    words = [own_word(f"word {number}") for number in range(6)]
    cells = [[40, 60], [2, 3], [1, 1], [0, 4], [12, 30], [5, 0]]
    before = protected(Figure(tuple(words), (Word("a"), Word("b")), tuple(map(tuple, cells))), RULE)
    after = without_rare_words(before, RULE)
    said = {
        word: row for word, row in zip(after.figure.rows, after.cells, strict=True) if word != OTHER_WORDS
    }
    known = dict(zip(before.figure.rows, before.cells, strict=True))
    assert all(known[word] == row for word, row in said.items())
    assert (after.total, after.column_totals) == (before.total, before.column_totals)
