"""The search for numbers that are safe to hide together: hide, attack, hide more. `suppression` says why."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import permutations

from oversight.figures.disclosure.attack import Attacker, Sums, limits
from oversight.figures.disclosure.releases import (
    Atom,
    Layout,
    Line,
    Place,
    Published,
    Release,
    is_slight,
    latest,
    told,
)
from oversight.rules.rulebook import SmallNumbers

Terms = frozenset[Atom]


class Hiding:
    """A table, what was said of its files before, and the places hidden so far."""

    def __init__(
        self, table: Layout, rule: SmallNumbers, earlier: Sequence[Release], parts: Sequence[str], *, aim: int
    ) -> None:
        """`aim`: within how much nobody who isn't told anything should tell a hidden number."""
        self._table, self._threshold, self._floor, self._aim = table, rule.threshold, rule.floor, aim
        self._counts = table.numbers()
        self._terms = {place: table.terms(place, parts) for place in self._counts}
        self._before = latest(earlier)
        own = set(self._terms.values())
        self._others = [number for terms, number in self._before.items() if terms not in own]
        self._hidden = set(self._sensitive(earlier))
        said = [*self._terms.values(), *(number.terms for number in self._others)]
        self._sums = Sums(said, table.ties(parts))
        self._remainders = remainders(said, self._sums.groups) if self._others else []

    def places(self) -> set[Place] | None:
        """What to hide, so that nobody tells a number within the aim, nor one told why within the floor.

        None where nothing but zeros would be left to print.
        """
        if not self._hidden and not self._others:
            return set()
        self._complete_lines()
        while exposed := self._exposed():
            if not self._hide_around(exposed):
                return None
            self._complete_lines()
        is_empty = self._hidden and not any(self._counts[place] for place in self._shown())
        return None if is_empty else self._hidden

    def places_around(self, exposed: Iterable[Terms]) -> set[Place] | None:
        """As `places`, where something else has shown those sums to be exposed although hidden."""
        return self.places() if self._hide_around(exposed) else None

    def _shown(self) -> set[Place]:
        return self._counts.keys() - self._hidden

    def _sensitive(self, earlier: Sequence[Release]) -> Iterator[Place]:
        """Small numbers, numbers that hardly changed, and those that an earlier edition hid."""
        once_hidden = {
            number.terms for release in earlier for number in release.published if number.value is None
        }
        for place, count in self._counts.items():
            before = self._known_before(place)
            changed = before is not None and is_slight(before, count, self._threshold)
            if 0 < count < self._threshold or changed or self._terms[place] in once_hidden:
                yield place

    def _known_before(self, place: Place) -> int | None:
        before = self._before.get(self._terms[place])
        return before.known if before else None

    # ---- the attack ----------------------------------------------------------------------------------

    @cached_property
    def _readers(self) -> tuple[tuple[bool, int, Attacker], ...]:
        """Who is told, the width that is too narrow for them, and what they found."""
        return (True, self._floor, self._reader(told=True)), (False, self._aim, self._reader(told=False))

    def _reader(self, *, told: bool) -> Attacker:
        """A reader who, to begin with, sees everything in this table; Contradiction if nothing fits it."""
        numbers = [Published(self._terms[place], count) for place, count in self._counts.items()]
        numbers += self._others
        return Attacker(self._sums, *limits(numbers, told=told), self._limit())

    def _limit(self) -> float:
        """More than any number could be, so that what is bounded by nothing else is told within no width."""
        largest = max([*self._counts.values(), *(number.known or number.least for number in self._others)])
        return 2.0 * largest + 100.0 * self._threshold

    @cached_property
    def _given_away(self) -> set[Place]:
        """The numbers that earlier releases alone tell within the floor: of no use when hidden."""
        if not self._before:
            return set()
        numbers = [*(self._still_true(place) for place in self._counts), *self._others]
        reader = Attacker(self._sums, *limits(numbers, told=True), self._limit())
        places = list(self._terms)
        asked = self._sums.rows([self._terms[place] for place in places])
        return {places[index] for index, _, _ in reader.narrow(asked, self._floor)}

    def _still_true(self, place: Place) -> Published:
        """What an earlier edition said of this number, unless it has changed since."""
        terms = self._terms[place]
        before = self._before.get(terms)
        has_changed = before is not None and before.known not in (None, self._counts[place])
        return Published(terms, None) if before is None or has_changed else before

    def _statements(self) -> list[Published]:
        return [*(self._statement(place) for place in self._counts), *self._others]

    def _statement(self, place: Place) -> Published:
        count, terms = self._counts[place], self._terms[place]
        if place not in self._hidden:
            return Published(terms, count)
        total, before = self._table.is_total(place), self._before.get(terms)
        return told(terms, count, total=total, before=before, threshold=self._threshold)

    def _exposed(self) -> list[Terms]:
        """Sums that a reader would know too closely, the closest first."""
        statements = self._statements()
        hidden = [number.terms for number in statements if number.known is None]
        asked = self._sums.rows([*hidden, *self._remainders])
        exposed: list[tuple[float, Terms]] = []
        fitting = self._sums.rows([])
        for is_told, width, reader in self._readers:
            reader.learn(*limits(statements, told=is_told))
            reader.also_fit(fitting)
            for index, low, high in reader.narrow(asked, width):
                if index < len(hidden):
                    exposed.append((high - low, hidden[index]))
                elif high >= 1 and low < self._threshold:
                    exposed.append((high - low, self._remainders[index - len(hidden)]))
            if exposed:
                break
            fitting = reader.fitting
        return [terms for _, terms in sorted(exposed, key=lambda one: one[0])]

    # ---- hiding more ---------------------------------------------------------------------------------

    def _complete_lines(self) -> None:
        """Where one number alone is hidden in a line, subtraction gives it: hide another."""
        waiting = list(self._hidden)
        while waiting:
            for line in self._table.lines(waiting.pop()):
                if len(self._hidden.intersection(line)) == 1:
                    waiting.extend(self._hide_cheapest(line))

    def _hide_cheapest(self, places: Iterable[Place]) -> list[Place]:
        """Hide the number that is missed least; none if there are only zeros and what was given away."""
        useful = [
            place
            for place in places
            if place not in self._hidden and self._may_hide(place) and place not in self._given_away
        ]
        cheapest = sorted(useful, key=self._cost)[:1]
        self._hidden.update(cheapest)
        return cheapest

    def _may_hide(self, place: Place) -> bool:
        return bool(self._counts[place]) or self._table.may_hide_zero(place)

    def _cost(self, place: Place) -> tuple[int, bool, int]:
        """Cells before totals, then what leaves no line with one number hidden, then the smallest."""
        rank = self._table.rank(place)
        opens_line = any(not self._hidden.intersection(line) for line in self._table.lines(place))
        return rank, opens_line, self._counts[place]

    def _hide_around(self, exposed: Iterable[Terms]) -> bool:
        """Hide one more for each exposed sum whose lines are still as they were attacked."""
        changed: set[Line] = set()
        for terms in exposed:
            place = self._place_of(terms)
            lines = self._table.lines(place)
            if changed.isdisjoint(lines) and self._hide_for(place):
                changed.update(lines)
        return bool(changed) or bool(self._hide_cheapest(self._counts))

    def _hide_for(self, place: Place) -> bool:
        """Hide the number itself, or another in the line that tells most of it."""
        if place not in self._hidden | self._given_away:
            self._hidden.add(place)
            return True
        return any(
            self._hide_cheapest(line) for line in sorted(self._table.lines(place), key=self._hidden_in)
        )

    def _hidden_in(self, line: Line) -> tuple[int, int]:
        hidden = self._hidden.intersection(line)
        return len(hidden), sum(self._counts[place] for place in hidden)

    def _place_of(self, terms: Terms) -> Place:
        """Where this table speaks of the same rows and columns, or of the fewest that hold one of them."""
        wanted = _footprint(terms)
        footprints = {place: _footprint(own) for place, own in self._terms.items()}
        return min(
            footprints,
            key=lambda place: (
                footprints[place] != wanted,
                wanted.isdisjoint(footprints[place]),
                len(footprints[place]),
            ),
        )


def _footprint(terms: Terms) -> frozenset[tuple[str, str]]:
    return frozenset((atom.row, atom.column) for atom in terms)


def remainders(said: Sequence[Terms], groups: Iterable[Terms]) -> list[Terms]:
    """Sums that nobody printed but releases imply: what one has over others, and the finest atoms."""
    by_footprint: dict[frozenset[tuple[str, str]], set[Terms]] = {}
    for terms in said:
        by_footprint.setdefault(_footprint(terms), set()).add(terms)
    found = set(groups)
    for alike in by_footprint.values():
        found.update(whole - part for whole, part in permutations(alike, 2) if part < whole)
        for whole in alike:
            found.add(whole.difference(*(part for part in alike if part < whole)))
    return sorted(found - set(said) - {frozenset()}, key=sorted)
