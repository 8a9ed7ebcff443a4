"""Scored cases -> one page to read, without script and without anything from another host."""

from collections.abc import Sequence
from html import escape

from chatbot.evaluation import measures
from chatbot.evaluation.measures import Measure
from chatbot.evaluation.scoring import Scored

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #c8c8cc;padding:.25rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left}caption{text-align:left;font-weight:600;padding:.4rem 0}
.bar{fill:#2b6cb0}.line{stroke:#1d1d1f;stroke-width:2}.wrong{fill:none;stroke:#b83227;stroke-width:2}
.right{fill:none;stroke:#2b6cb0;stroke-width:2}text{font:13px system-ui,sans-serif}
@media(prefers-color-scheme:dark){body{color:#eee;background:#1c1c1e}text{fill:#eee}.line{stroke:#eee}}
"""
_WIDTH, _ROW = 520, 24


def page(cases: Sequence[Scored], about: dict[str, object]) -> str:
    """The page, as HTML."""
    told = " · ".join(f"{escape(name)} {escape(str(value))}" for name, value in about.items())
    parts = [
        f"<p>{len(cases)} questions · {told}</p>",
        _table("All measures", measures.headline(cases)),
        _bars("Correct by kind", measures.by(cases, lambda case: case.case.kind)),
        _bars("Correct by language", measures.by(cases, lambda case: case.case.language)),
        _table("Gap to English, by language", tuple(measures.gaps(cases).values())),
        _confusion(cases),
        _gate(cases),
        _failures(cases),
    ]
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>{_STYLE}</style>'
    return f"{head}<h1>Evaluation</h1>{''.join(parts)}</html>\n"


def _table(caption: str, rows: Sequence[Measure]) -> str:
    body = "".join(
        f"<tr><td>{escape(m.name)}</td><td>{m.mean:.3f}</td><td>{m.low:.3f} to {m.high:.3f}</td><td>{m.n}</td></tr>"
        for m in rows
    )
    head = "<tr><th>measure</th><th>value</th><th>95 % interval</th><th>n</th></tr>"
    return f"<table><caption>{escape(caption)}</caption>{head}{body}</table>" if rows else ""


def _bars(caption: str, rows: dict[str, Measure]) -> str:
    """A bar for each share, its interval as a line, its figure as text."""
    drawn = []
    for place, (name, m) in enumerate(rows.items()):
        y = place * _ROW
        drawn.append(
            f'<text x="0" y="{y + 16}">{escape(name)} ({m.n})</text>'
            f'<rect class="bar" x="160" y="{y + 5}" width="{m.mean * 280:.1f}" height="13"/>'
            f'<path class="line" d="M{160 + m.low * 280:.1f} {y + 11}H{160 + m.high * 280:.1f}"/>'
            f'<text x="450" y="{y + 16}">{m.mean:.2f}</text>'
        )
    size = f'viewBox="0 0 {_WIDTH} {len(rows) * _ROW}" width="{_WIDTH}" role="img" aria-label="{escape(caption)}"'
    return f"<h2>{escape(caption)}</h2><svg {size}>{''.join(drawn)}</svg>"


def _confusion(cases: Sequence[Scored]) -> str:
    counts = measures.confusion(cases)
    expected = sorted({pair[0] for pair in counts})
    given = sorted({pair[1] for pair in counts})
    totals = {name: sum(n for pair, n in counts.items() if pair[0] == name) for name in expected}
    head = "<tr><th>expected \\ given</th>" + "".join(f"<th>{name}</th>" for name in given) + "</tr>"
    rows = "".join(
        f"<tr><td>{name}</td>"
        + "".join(
            f'<td style="background:rgba(43,108,176,{counts[name, to] / totals[name]:.2f})">{counts[name, to]}</td>'
            for to in given
        )
        + "</tr>"
        for name in expected
    )
    return f"<table><caption>Statuses</caption>{head}{rows}</table>"


def _gate(cases: Sequence[Scored]) -> str:
    """The curve of the evidence threshold: who is wrongly sent away, and who is wrongly answered."""
    curve = measures.gate(cases)

    def line(place: int, css: str) -> str:
        points = " ".join(f"{40 + point[0] * 400:.1f},{210 - point[place] * 200:.1f}" for point in curve)
        return f'<polyline class="{css}" points="{points}"/>'

    axis = '<line class="line" x1="40" x2="440" y1="210" y2="210"/><text x="40" y="228">0</text>'
    names = '<text x="300" y="228">threshold of the evidence, to 1</text>'
    label = "Answerable below the threshold (blue), unanswerable at or above it (red)"
    drawn = f"{axis}{names}{line(1, 'right')}{line(2, 'wrong')}"
    return f'<h2>{label}</h2><svg viewBox="0 0 480 235" width="480" role="img" aria-label="{label}">{drawn}</svg>'


def _failures(cases: Sequence[Scored]) -> str:
    rows = "".join(
        f"<tr><td>{escape(c.case.id)}</td><td>{escape(c.case.kind)}</td>"
        f'<td style="text-align:left">{escape(" / ".join((*c.case.turns, c.case.question)))}</td>'
        f"<td>{c.case.expects}</td><td>{c.status}</td></tr>"
        for c in cases
        if not c.correct
    )
    head = "<tr><th>id</th><th>kind</th><th>question</th><th>expected</th><th>given</th></tr>"
    return f"<table><caption>What failed</caption>{head}{rows}</table>"
