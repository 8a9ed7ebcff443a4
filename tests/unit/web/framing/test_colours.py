"""Whatever colour a site chooses, words in it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.framing.colours import DARK_PAPER, ENOUGH, LIGHT_PAPER, contrast, ink_on, is_colour, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """The formula gives the known ratios, in either order."""
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@given(COLOURS, st.sampled_from([LIGHT_PAPER, DARK_PAPER]))
def test_every_colour_becomes_readable(colour: str, paper: str) -> None:
    """The shade has enough contrast with its paper, and so has the ink upon it; a good colour stays as it is."""
    shade = readable(colour, paper)
    assert is_colour(shade)
    assert contrast(shade, paper) >= ENOUGH
    assert contrast(ink_on(shade), shade) >= ENOUGH
    assert shade == colour or contrast(colour, paper) < ENOUGH


@pytest.mark.parametrize(
    "text", ["#fff", "red", "1d4f6e", "#1d4f6e;", "#1d4f6e\n", "#1d4f6g", "", "#１２３４５６", "url(#1d4f6e)"]
)
def test_only_rrggbb_is_a_colour(text: str) -> None:
    """Nothing that a stylesheet could read as more than a colour passes."""
    assert not is_colour(text)
