"""A colour that a site chose -> shades of it that can be read (contrast as WCAG 2.2 defines it)."""

import re

ENOUGH = 4.5
LIGHT_PAPER, DARK_PAPER = "#ffffff", "#14181c"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_STEPS = 50


def is_colour(text: str) -> bool:
    """Is it written as #rrggbb?"""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """How well one colour is read on the other, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str) -> str:
    """The colour, or the shade nearest to it that can be read on the paper: darker on light paper, lighter on dark."""
    end = "#000000" if _luminance(paper) > 0.5 else "#ffffff"
    shades = (_mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, paper) >= ENOUGH)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on the colour."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour))


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    shares = [value / 255 for value in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
