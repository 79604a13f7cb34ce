"""Hearing: the value of a Chinese, Latin or mixed numeral, exact or as the interval it names."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bot.dialogue.hearing.atoms import STARTERS, Atom, cut
from bot.dialogue.hearing.spans import NOTHING, ONE, TEN, ZERO, Quantity, Span, exactly

_WAN = 10**4
_COUNTERS = frozenset("个年月天日季周星礼次家期号成分厘毫倍笔种人项张台部岁回遍")
_SOME = (Decimal("0.8"), Decimal("1.2"))
_LARGE_COEFFICIENT = 100
_HARMLESS = frozenset({"positional", "rest"})


class Numeral(NamedTuple):
    """A quantity without unit, and where its text ends."""

    quantity: Quantity
    end: int


class _Sum:
    """Adds the pieces of one numeral; ``doubt`` is the first reason not to trust the sum."""

    def __init__(self) -> None:
        self.total = NOTHING
        self.section = NOTHING
        self.current: Atom | None = None
        self.floor = self.ceiling = 10**12  # magnitudes must fall, inside a section and from section to section
        self.last = 0
        self.chain = 1
        self.scale = 1
        self.zero = self.spaced = False
        self.place: Decimal | None = None
        self.doubt = ""
        self.other: Decimal | None = None

    def doubting(self, doubt: str) -> None:
        self.doubt = self.doubt or doubt

    def take(self, atom: Atom) -> None:
        if atom.kind == "number":
            self.current = atom
            self.doubting("" if atom.mark in _HARMLESS else atom.mark)
        elif atom.kind == "zero":
            self.zero = True
        elif atom.kind == "unit":
            self._unit(atom)
        elif atom.kind == "half":
            self.total = self.whole().plus(exactly(Decimal(self.last) / 2))
            self.section = NOTHING
            self.doubting("odd_half")
        else:
            self._more(atom.mark)

    def whole(self) -> Span:
        return self.total.plus(self.section)

    def _unit(self, atom: Atom) -> None:
        size = int(atom.span.low)
        if self.current is not None and self.current.mark in {"positional", "counted_out"}:
            self.doubt = "malformed"
        if atom.mark == "about":
            self.section = Span(_SOME[0] * size, _SOME[1] * size)
        elif size >= _WAN:
            self._big(size)
        else:
            self._small(size)
        self.last = size
        self.zero, self.spaced = False, atom.gap
        self.current = None

    def _small(self, size: int) -> None:
        if self.current is None and size != 10:
            self.doubting("malformed" if self.last else "loose")
        if size >= self.floor:
            self.doubting("malformed")
        first = self.current.span if self.current is not None else exactly(1)
        self.chain = size if size > 10 and self.section == NOTHING else 1
        self.scale = max(self.scale, size) if size > 10 else self.scale
        self.section = self.section.plus(first.times(Decimal(size)))
        self.floor = size

    def _big(self, size: int) -> None:
        loose_end = self.current is not None and self.section != NOTHING and self.floor > 10 and not self.zero
        empty = self.current is None and self.section == NOTHING
        if loose_end or empty or size >= self.ceiling:
            self.doubting("malformed")
        part = self.section.plus(self.current.span) if self.current is not None else self.section
        self.total = self.total.plus(part.times(Decimal(size)))
        alone = self.current is None and self.total.low != ZERO
        self.scale = max(self.scale if self.scale >= _WAN else 1, size * (self.chain if alone else 1))
        self.section, self.chain = NOTHING, 1
        self.floor, self.ceiling = 10**12 if size > _WAN else _WAN, size

    def _more(self, mark: str) -> None:
        if self.current is not None and self.last:
            self._elide(self.current)
        base = (
            self.current.span if self.current is not None else self.section if self.section != NOTHING else self.total
        )
        place = _place(self.current) if self.current is not None else Decimal(self.place or self.last)
        spread = _spread(base, place, mark)
        if self.current is not None:
            self.current = self.current._replace(span=spread, width=0)
        elif self.section != NOTHING:
            self.section = spread
        else:
            self.total = spread

    def finish(self) -> None:
        if self.current is None:
            return
        if not self.last:
            self.place = _place(self.current)
            self.section = self.current.span
            return
        self._elide(self.current)

    def _elide(self, atom: Atom) -> None:
        """A digit after the last magnitude word: one step below it, unless a zero or full digits say otherwise."""
        steps = len(str(self.last)) - 1
        tail = atom.span
        if self.zero or self.last == TEN or atom.width == steps or atom.mark == "rest":
            self.place = ONE
            fits = self.last > atom.span.high and (atom.width or self.last == TEN or atom.mark == "rest")
            self.doubting("" if fits else "malformed")
        elif atom.width == 1:
            self.place = Decimal(self.last) / 10
            tail = tail.times(self.place)
            self.doubting("elided" if self.total.low >= _LARGE_COEFFICIENT * self.last else "")
            self.doubting("spaced" if atom.gap and not self.spaced else "")
        elif 1 < atom.width < steps:
            self.doubting("elided")
            self.other = self.whole().low + tail.low * 10 ** (steps - atom.width)
        else:
            self.doubting("malformed")
        self.section = self.section.plus(tail)
        self.current = None


def _place(atom: Atom) -> Decimal:
    value = atom.span.low
    if value != value.to_integral_value() or value == 0:
        return ONE
    place = ONE
    while value % (place * TEN) == 0:
        place *= TEN
    return place


def _spread(base: Span, place: Decimal, mark: str) -> Span:
    if mark == "near":
        return Span(base.low * _SOME[0], base.high * _SOME[1])
    if mark == "ones":
        return Span(base.low + 1, base.high + 9)
    return Span(base.low, base.high + place)


def read_numeral(text: str, at: int) -> Numeral | None:
    """The numeral that starts at a place of folded text, with the interval it names, or None.

    A digit after a magnitude word counts the next lower one (three wan five is 35,000) unless a counter follows it,
    which then owns the digit. A doubt of ``malformed`` means that the pieces do not make a number.
    """
    atoms = cut(text, at) if text[at] in STARTERS else []
    while atoms and _belongs_elsewhere(text, atoms):
        atoms.pop()
    if len(atoms) == 1 and atoms[0].kind == "number":
        return _alone(atoms[0])
    if not atoms or all(atom.kind == "zero" for atom in atoms):
        return None
    total = _Sum()
    for atom in atoms:
        total.take(atom)
    total.finish()
    quantity = Quantity(
        span=total.whole(),
        scale=Decimal(total.scale),
        place=total.place or Decimal(total.last or 1),
        doubt=total.doubt,
        other=total.other,
    )
    return Numeral(quantity, atoms[-1].end)


def _alone(atom: Atom) -> Numeral:
    doubt = "" if atom.mark in _HARMLESS else atom.mark
    return Numeral(Quantity(atom.span, place=_place(atom), doubt=doubt, written=atom.latin), atom.end)


def _belongs_elsewhere(text: str, atoms: list[Atom]) -> bool:
    """Whether the last piece is no part of the amount: the one of "one month", or a zero with nothing after it."""
    last = atoms[-1]
    if last.kind == "zero":
        return len(atoms) > 1
    if last.kind != "number" or len(atoms) < 2 or last.width != 1 or atoms[-2].kind != "unit":
        return False
    owner = text[last.end :].lstrip(" ")[:1]
    return owner in _COUNTERS and bool(owner) and atoms[-2].span.low > 10
