"""Tables and charts for a narrow screen: rows as words with their headers, ranges by month in fixed width."""

from __future__ import annotations

from bot.channels.months import told_months
from bot.channels.telegram.letters import cleaned, columns
from bot.channels.telegram.passages import Frame, Passage, Run
from bot.dialogue.messages import Bars, Fan, Table, Waterfall

WIDEST = 34
"""Columns of fixed-width letters that a small phone shows without breaking a line."""

_FOLDED_FROM_ROWS = 9
_BRIEF = 16
_WIDE_COLON = "\N{FULLWIDTH COLON}"
_FIRST_WIDE = "\u2e80"
_SHADE, _MARK = "\u2592", "\u2588"
_NARROWEST_BAR = 6


def read_table(table: Table) -> list[Passage]:
    """A table as passages: two columns as ``label: value`` lines, more as a small paragraph for each row.

    A long table of figures is a quotation, which folds; one without rows is nothing.
    """
    if not table.rows:
        return []
    brief = all(columns(cell) <= _BRIEF for row in table.rows for cell in row[1:])
    rows = [_pair(row) if len(table.header) < 3 else _row(table.header, row, brief) for row in table.rows]
    gap = 1 if len(table.header) < 3 else 2
    frame: Frame = "quote" if brief and len(rows) >= _FOLDED_FROM_ROWS else ""
    passages = [Passage((Run(cleaned(table.title), "b"),))] if table.title else []
    passages += [Passage(runs, gap if at or table.title else 2, frame) for at, runs in enumerate(rows) if runs]
    return passages


def _pair(row: tuple[str, ...]) -> tuple[Run, ...]:
    label, *values = (cleaned(cell) for cell in row)
    if not any(values):
        return (Run(label, "b"),) if label else ()
    return (Run(f"{label}{_colon(label)}", "b"), Run(" ".join(values))) if label else (Run(" ".join(values)),)


def _row(header: tuple[str, ...], row: tuple[str, ...], brief: bool) -> tuple[Run, ...]:
    """The first cell as a title, the others behind their header words, on one line or on lines of their own."""
    names, cells = [cleaned(name) for name in header], [cleaned(cell) for cell in row]
    title = f"{names[0]} {cells[0]}".strip() if cells[0].isdecimal() else cells[0]
    told = [f"{name}{_colon(name)}{cell}" if name else cell for name, cell in zip(names, cells, strict=False)][1:]
    said = [words for words, cell in zip(told, cells[1:], strict=True) if cell]
    rest = (" \u00b7 " if brief else "\n").join(said)
    return tuple(run for run in (Run(title, "b"), Run(f"\n{rest}" if title and rest else rest)) if run.text)


def _colon(label: str) -> str:
    return _WIDE_COLON if label[-1:] >= _FIRST_WIDE else ": "


def read_chart(chart: Fan | Waterfall | Bars) -> list[Passage]:
    """A chart in words and, where there is room, in bars of letters."""
    if isinstance(chart, Fan):
        return _read_fan(chart)
    return _read_waterfall(chart) if isinstance(chart, Waterfall) else _read_bars(chart)


def _read_waterfall(waterfall: Waterfall) -> list[Passage]:
    """How an amount comes about: where it starts, each step with its sign, and where it ends."""
    steps = tuple((label, f"{yuan:+,.0f}") for label, yuan in waterfall.steps)
    ends = tuple((label, f"{yuan:,.0f}") for label, yuan in (waterfall.start, waterfall.end))
    return read_table(Table(title=waterfall.title, header=("", ""), rows=(ends[0], *steps, ends[1]), right=(1,)))


def _read_bars(bars: Bars) -> list[Passage]:
    """Each number beside its label, what is counted and what the mark is below."""
    rows = tuple((row.label, bars.told(row)) for row in bars.rows)
    below = [Passage((Run(cleaned(words)),), 1) for words in bars.small_print]
    return [*read_table(Table(title=bars.title, header=("", ""), rows=rows, right=(1,))), *below]


def _read_fan(fan: Fan) -> list[Passage]:
    """Ranges at some months as low, middle and high, with a bar where there is room; one block for each series."""
    passages = [Passage((Run(cleaned(fan.title), "b"),))] if fan.title else []
    series = [(fan.without_label, fan.without)]
    series += [(fan.with_label, fan.with_plan)] if fan.with_plan else []
    at = told_months(fan)
    top = max((high for _, values in series for *_rest, high in (values[n] for n in at)), default=0.0)
    for label, values in series:
        head = " ".join(filter(None, (cleaned(fan.month_label), cleaned(label))))
        lines = [_range(fan.months[n], values[n], top) for n in at]
        passages.append(Passage((Run("\n".join(filter(None, (head, *lines)))),), 1, "pre"))
    if fan.target is not None:
        passages.append(Passage(_pair((fan.target_label, f"{fan.target:,.0f}")), 1))
    return passages


def _range(month: int, values: tuple[float, float, float], top: float) -> str:
    comma = "," if 3 * columns(f"{top:,.0f}") + 5 <= WIDEST else ""
    wide = columns(f"{top:{comma}.0f}")
    line = " ".join((f"{month:>2}", *(f"{value:>{wide}{comma}.0f}" for value in values)))
    room = WIDEST - columns(line) - 1
    return f"{line} {_bar(values, top, room)}".rstrip() if room >= _NARROWEST_BAR else line


def _bar(values: tuple[float, float, float], top: float, room: int) -> str:
    """Light from the low to the high end of the range, a full mark at its middle."""
    low, middle, high = (round(max(value, 0.0) / max(top, 1.0) * (room - 1)) for value in values)
    return "".join(_MARK if at == middle else _SHADE if low <= at <= high else " " for at in range(high + 1))
