"""Curves as SVG: plain lines on a logarithmic scale, readable on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from bench.curves import Curve

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 40, 52
COLOURS = {
    "fiches": "#1d4ed8",
    "loaders": "#60a5fa",
    "mercurius": "#c2410c",
    "postgraphile": "#15803d",
    "strawberry": "#be185d",
    "floor": "#6b7280",
    "json-floor": "#111827",
}
OTHERS = ("#1d4ed8", "#c2410c")


def drawn(curve: Curve) -> str:
    """The plot, as the text of an SVG file."""
    return "\n".join(_parts(curve)) + "\n"


def _parts(curve: Curve) -> Iterator[str]:
    rates = [rate for each in curve.rates.values() for rate in each if rate > 0]
    low, high = 10 ** math.floor(math.log10(min(rates))), 10 ** math.ceil(math.log10(max(rates)))
    high = max(high, low * 10)

    def x(place: int) -> float:
        return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / len(curve.values)

    def y(rate: float) -> float:
        part = math.log(rate / low) / math.log(high / low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="system-ui, sans-serif" font-size="12" role="img">'
    )
    yield f"<title>{escape(curve.title)}: requests a second</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield f'<text x="{LEFT}" y="22" font-size="14" font-weight="600">{escape(curve.title)}</text>'
    yield f'<text x="{LEFT}" y="36" fill="#6b7280">requests a second</text>'
    for power in range(round(math.log10(high / low)) + 1):
        line = low * 10**power
        yield (
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(line):.1f}" y2="{y(line):.1f}" '
            'stroke="#e5e7eb"/>'
        )
        yield f'<text x="{LEFT - 6}" y="{y(line) + 4:.1f}" text-anchor="end">{line:,}</text>'
    for place, value in enumerate(curve.values):
        yield (
            f'<text x="{x(place):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{escape(value)}</text>"
        )
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    yield (
        f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle" fill="#6b7280">'
        f"{escape(curve.grows)}</text>"
    )
    labels: list[tuple[float, str, str]] = []
    for number, (name, own) in enumerate(curve.rates.items()):
        colour = COLOURS.get(name, OTHERS[number % len(OTHERS)])
        known = [(x(place), y(rate)) for place, rate in enumerate(own) if rate > 0]
        if not known:
            continue
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in known)
        width = 3 if name.startswith("fiches") else 1.5
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
        for a, b in known:
            yield f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>'
        labels.append((known[-1][1], name, colour))
    for level, name, colour in _apart(labels):
        yield (
            f'<text x="{x(len(curve.values) - 1) + 10:.1f}" y="{level + 4:.1f}" fill="{colour}">'
            f"{escape(name)}</text>"
        )
    yield "</svg>"


def _apart(labels: list[tuple[float, str, str]]) -> Iterator[tuple[float, str, str]]:
    """Names beside the ends of their lines, each at least a line below the one before."""
    last = 0.0
    for place, name, colour in sorted(labels):
        last = max(place, last + 14)
        yield last, name, colour
