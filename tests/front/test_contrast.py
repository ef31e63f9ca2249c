"""Every pair of colours that meet on a page can be told apart, in light and in dark (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).parents[2] / "oversight" / "static" / "oversight.css"
TEXT, SHAPE = 4.5, 3.0

GROUNDS = ("paper", "surface", "sunk")
INKS = ("ink", "soft", "accent", "accent-deep", "stop", "attention", "good")
WASHES = ("accent-wash", "stop-wash", "attention-wash", "good-wash")
PAIRS = [
    *((ink, ground, TEXT) for ink in INKS for ground in GROUNDS),
    *((ink, wash, TEXT) for ink in ("ink", "soft", "accent") for wash in WASHES),
    *((wash.removesuffix("-wash"), wash, TEXT) for wash in WASHES),
    *((shape, ground, SHAPE) for shape in ("border", "focus") for ground in (*GROUNDS, *WASHES)),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    ("paper", "ink", TEXT),
    ("on-band", "band", TEXT),
    ("on-band-soft", "band", TEXT),
    ("focus-on-band", "band", SHAPE),
]


def colours(scheme: str) -> dict[str, str]:
    """The colours of the stylesheet's tokens, by name, in the light or the dark scheme."""
    light, dark = STYLESHEET.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb, from 0 to 1."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_meet_can_be_told_apart(scheme: str) -> None:
    token = colours(scheme)
    faint = [
        f"{one} on {other}: {ratio:.2f}, wants {least}"
        for one, other, least in PAIRS
        if (ratio := contrast(token[one], token[other])) < least
    ]
    assert not faint, "\n".join(faint)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_one_small_stylesheet_that_fetches_only_its_own() -> None:
    text = STYLESHEET.read_text(encoding="utf-8")
    assert len(text.encode()) < 40_000
    assert "@import" not in text
    for asked in re.findall(r"url\(\"?([^\")]+)", text):
        assert (STYLESHEET.parent / asked).is_file()
