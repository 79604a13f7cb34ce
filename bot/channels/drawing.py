"""Drawing replies for a terminal: words, tables, charts of bars, and numbered choices."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from bot.channels.months import told_months
from bot.dialogue.messages import Bars, Block, Button, Fan, Paper, Picture, Reply, Table, Text, Waterfall
from bot.dialogue.polls import Poll, told_poll

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BAR = 36
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_MARKS = "\u3002\uff01\uff1f\uff1a\uff1b\uff0c\u201c\u201d\u300c\u300d\uff08\uff09"
_SOFT_BREAK = re.compile(r"(?<=\S)\n(?=\S)(?![->#] |\d+[.)] )")


def marks(reply: Reply) -> tuple[tuple[str, Button], ...]:
    """The buttons of a reply with what to type for each: numbers, or letters where a number is an answer."""
    flat = [button for row in reply.buttons for button in row]
    if reply.hint == "letter" and len(flat) <= len(LETTERS):
        return tuple(zip(LETTERS, flat, strict=False))
    return tuple((str(n), button) for n, button in enumerate(flat, start=1))


def draw(reply: Reply) -> RenderableType:
    """One reply as a drawing for a terminal."""
    parts: list[RenderableType] = [_block(block) for block in reply.blocks]
    if reply.buttons:
        parts.append(Padding(Group(*_choices(reply)), (1, 0, 0, 2)))
    return Group(*parts)


def _block(block: Block) -> RenderableType:
    match block:
        case Text():
            return _words(block.markup)
        case Table():
            return _table(block)
        case Fan() | Waterfall() | Bars():
            return _chart(block)
        case Picture():
            return Group(_block(block.of), _words(block.caption))
        case Paper():
            return Group(_words(block.caption), Line(block.name, style="bold"))
        case Poll():
            return _words(told_poll(block))


def _chart(chart: Fan | Waterfall | Bars) -> RenderableType:
    if isinstance(chart, Fan):
        return _fan(chart)
    return _waterfall(chart) if isinstance(chart, Waterfall) else _bars(chart)


def _words(markup: str) -> Markdown:
    """Small Markdown whose line breaks stay line breaks, and whose bold may end at a full stop, as in the messenger."""
    return Markdown(_SOFT_BREAK.sub("  \n", _BOLD.sub(_bold, markup)))


def _bold(found: re.Match[str]) -> str:
    """Bold words with the marks around them left outside: beside a letter, Markdown would take them for no bold."""
    inner = found[1].strip(_MARKS)
    if not inner:
        return found[1]
    before, _, after = found[1].partition(inner)
    return f"{before}**{inner}**{after}"


def _table(block: Table) -> RenderableType:
    grid = Grid(title=block.title or None, title_justify="left", header_style="bold", pad_edge=False, box=None)
    for number, name in enumerate(block.header):
        grid.add_column(name, justify="right" if number in block.right else "left", overflow="fold")
    for row in block.rows:
        grid.add_row(*row)
    return Padding(grid, (1, 0))


def _choices(reply: Reply) -> Iterator[Line]:
    known = {id(button): mark for mark, button in marks(reply)}
    for row in reply.buttons:
        line = Line()
        for button in row:
            line.append(f"[{known[id(button)]}] ", style="bold cyan").append(f"{button.label}   ")
        yield line


def _fan(block: Fan) -> RenderableType:
    """Bars on a doubling scale: light from the low to the high end of the range, a full mark at its middle."""
    every = [value for row in (*block.without, *block.with_plan) for value in row if value > 0]
    low, high = min(every, default=1.0), max(every, default=2.0)
    span = max(math.log2(high / low), 0.5)
    grid = Grid(title=block.title, title_justify="left", box=None, pad_edge=False)
    grid.add_column(block.month_label, justify="right")
    for label in (block.without_label, block.with_label)[: 2 if block.with_plan else 1]:
        grid.add_column(label)
        grid.add_column("", justify="right")
    for at in told_months(block):
        cells = [str(block.months[at])]
        for series in (block.without, block.with_plan):
            if series:
                cells += [_bar(series[at], low, span), _short(series[at])]
        grid.add_row(*cells)
    if block.target is not None:
        grid.caption, grid.caption_justify = f"{block.target_label} {block.target:,.0f}", "left"
    return Padding(grid, (1, 0))


def _waterfall(block: Waterfall) -> RenderableType:
    """Each step as a bar from where the one before ended: full where it raises, light where it lowers."""
    ends = [block.start[1]]
    for _, yuan in block.steps:
        ends.append(ends[-1] + yuan)
    grid = Grid(title=block.title, title_justify="left", box=None, pad_edge=False, show_header=False)
    grid.add_column(overflow="fold")
    grid.add_column(justify="right")
    grid.add_column()
    low, high = min(0.0, *ends), max(1.0, block.end[1], *ends)
    scale = (_BAR - 1) / (high - low)
    grid.add_row(block.start[0], f"{block.start[1]:,.0f}", _stretch(low, block.start[1], low, scale, "\u2588"))
    for (label, yuan), left in zip(block.steps, ends, strict=False):
        sign = "\u2588" if yuan >= 0 else "\u2592"
        grid.add_row(label, f"{yuan:+,.0f}", _stretch(left, left + yuan, low, scale, sign))
    grid.add_row(block.end[0], f"{block.end[1]:,.0f}", _stretch(low, block.end[1], low, scale, "\u2588"))
    return Padding(grid, (1, 0))


def _bars(block: Bars) -> RenderableType:
    """Each value as a bar from a common zero, with its words."""
    grid = Grid(title=block.title, title_justify="left", box=None, pad_edge=False, show_header=False)
    grid.add_column(overflow="fold")
    grid.add_column(justify="right")
    grid.add_column()
    values = [row.value for row in block.rows if row.value is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 1.0 if block.share else 0.0)
    scale = (_BAR - 1) / ((high - low) or 1.0)
    for row in block.rows:
        drawn = "" if row.value is None else _stretch(min(0.0, row.value), max(0.0, row.value), low, scale, "\u2588")
        grid.add_row(row.label, block.told(row), drawn if row.value else "")
    grid.caption, grid.caption_justify = "\n".join(block.small_print) or None, "left"
    return Padding(grid, (1, 0))


def _stretch(one: float, other: float, low: float, scale: float, sign: str) -> str:
    left, right = sorted((round((one - low) * scale), round((other - low) * scale)))
    return " " * left + sign * max(right - left, 1)


def _bar(values: tuple[float, float, float], low: float, span: float) -> str:
    width = _BAR // 2
    left, middle, right = (round(math.log2(max(v, low) / low) / span * (width - 1)) for v in values)
    cells = ["\u2592" if left <= i <= right else " " for i in range(width)]
    cells[middle] = "\u2588"
    return "".join(cells)


def _short(values: tuple[float, float, float]) -> str:
    return f"{values[0]:,.0f} \u2013 {values[2]:,.0f}"
