"""Hearing: cuts a Chinese or mixed numeral into coefficients, magnitude words and marks of vagueness."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from bot.dialogue.hearing.digits import read_literal
from bot.dialogue.hearing.spans import Span, exactly

AtomKind = Literal["number", "unit", "zero", "more", "half"]

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
BIG = {"万": 10**4, "w": 10**4, "亿": 10**8}
_FEW = {"好几": (3, 9), "大几": (5, 9), "小几": (2, 5), "几": (3, 9)}
_TIMES = frozenset("个年月天日周星季")
_HALVED = frozenset("万千亿")
_NOT_REMAINDER = frozenset("额下款")
_AFTER_LAI = frozenset("个块元万天年次家岁亿月%毛笔")
STARTERS = frozenset({*DIGITS, *SMALL, *BIG, *"半好大小几数.0123456789"}) - {"k", "w"}
"""Characters that a numeral may start with."""
_MOST_ATOMS = 24
_BITE = 24  # digits in Chinese characters beyond which it is no amount


class Atom(NamedTuple):
    """One piece of a numeral.

    ``width`` counts the digits of a plain whole number in Latin digits (Chinese single digits: 1; otherwise 0);
    ``gap`` tells a space before it; ``latin`` tells that it was written in Latin digits.
    """

    kind: AtomKind
    span: Span
    start: int
    end: int
    width: int = 0
    mark: str = ""
    gap: bool = False
    latin: bool = False


def cut(text: str, at: int) -> list[Atom]:
    """The pieces of the numeral that starts at a place of folded text; empty when none does."""
    atoms: list[Atom] = []
    while len(atoms) < _MOST_ATOMS:
        start = atoms[-1].end if atoms else at
        gap = bool(atoms) and text.startswith(" ", start)
        atom = _next(text, start + gap, atoms)
        if atom is None or (gap and not _may_be_apart(atoms[-1], atom)):
            break
        atoms.append(atom._replace(gap=gap))
    return atoms


def _may_be_apart(before: Atom, after: Atom) -> bool:
    if after.kind == "unit":
        return before.kind == "number"
    return after.kind == "number" and after.latin and before.kind == "unit"


def _next(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    char = text[at : at + 1]
    before = atoms[-1].kind if atoms else ""
    if char in DIGITS and char:
        return _digits(text, at, before)
    if char == "点" and before == "unit" and _point_follows(text, at):
        return _pointed(text, at, at)  # twenty point five
    if char.isascii() and (char.isdigit() or char == "."):
        return _literal(text, at) if before != "number" else None
    return _word(text, at, atoms)


def _word(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    char = text[at : at + 1]
    if char in SMALL or char in BIG:
        return _unit(text, at, atoms)
    if char == "半":
        return _half(text, at, atoms)
    return _more(text, at, atoms) or _few(text, at, atoms)


def _literal(text: str, at: int) -> Atom | None:
    found = read_literal(text, at)
    if found is None:
        return None
    return Atom("number", exactly(found.value), at, found.end, found.width, found.doubt, latin=True)


def _digits(text: str, at: int, before: str) -> Atom | None:
    if before == "number":
        return None
    end = at
    while end < min(len(text), at + _BITE) and text[end] in DIGITS:
        end += 1
    if end == at + 2 and text[end - 1] == "一" and _time_follows(text, end, before):
        end -= 1  # "three thousand five, one month": the one belongs to the month
    run = [DIGITS[char] for char in text[at:end]]
    if before and run[0] == 0:
        return Atom("zero", exactly(0), at, at + 1)
    if _point_follows(text, end):
        return _pointed(text, at, end)
    if len(run) > 1 and run[0] == 0 and run[1]:
        return Atom("zero", exactly(0), at, at + 1)
    return _run(run, at, end)


def _time_follows(text: str, end: int, before: str) -> bool:
    after = text[end : end + 1]
    return after in _TIMES and (before == "unit" or (before == "" and after != "年"))


def _run(run: list[int], at: int, end: int) -> Atom:
    if len(run) == 1:
        return Atom("number", exactly(run[0]), at, end, 1)
    if len(run) == 2 and (run[1] == run[0] + 1 or run in ([3, 5], [3, 2])):
        low, high = sorted(run)
        return Atom("number", Span(Decimal(low), Decimal(high)), at, end, 1)
    value = exactly(int("".join(map(str, run))))
    mark = "positional" if 0 in run else "counted_out" if len(run) > 2 else "malformed"
    return Atom("number", value, at, end, 0, mark)


def _point_follows(text: str, at: int) -> bool:
    return text[at : at + 1] == "点" and text[at + 1 : at + 2] in DIGITS and at + 1 < len(text)


def _pointed(text: str, at: int, point: int) -> Atom:
    end = point + 1
    while end < min(len(text), point + _BITE) and text[end] in DIGITS:
        end += 1
    whole = "".join(str(DIGITS[char]) for char in text[at:point])
    part = "".join(str(DIGITS[char]) for char in text[point + 1 : end])
    mark = "malformed" if len(whole) > 1 else "" if whole else "rest"
    return Atom("number", exactly(Decimal(f"{whole}.{part}")), at, end, 0, mark)


def _unit(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    char = text[at]
    size = SMALL.get(char) or BIG[char]
    after = text[at + 1 : at + 2]
    if char in "wk" and (not atoms or not atoms[-1].latin or (after.isascii() and after.isalpha())):
        return None
    if (not atoms and size != 10 and not _opens(text, at, size)) or _again(atoms, size):
        return None
    mark = "about" if after == "把" and not atoms else ""
    return Atom("unit", exactly(size), at, at + 1 + bool(mark), mark=mark, latin=char in "wk")


def _again(atoms: list[Atom], size: int) -> bool:
    """Whether the magnitude word cannot belong to this numeral: it is said twice."""
    if size < 10**4:
        return bool(atoms) and atoms[-1].kind == "unit" and atoms[-1].span.low <= size
    return any(atom.kind == "unit" and atom.span.low == size for atom in atoms)


def _opens(text: str, at: int, size: int) -> bool:
    """Whether a magnitude word without a number before it is an amount: a million, or ten thousand or so."""
    after = text[at + 1 : at + 2]
    return after == "把" or (size in {100, 1000} and after in {"万", "亿"})


def _half(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    after = text[at + 1 : at + 2]
    if not atoms:
        return Atom("number", exactly(Decimal("0.5")), at, at + 1) if after in _HALVED and after else None
    return Atom("half", exactly(0), at, at + 1) if atoms[-1].kind == "unit" and after not in set("年个月天日") else None


def _more(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    if not atoms or atoms[-1].kind not in {"number", "unit"}:
        return None
    char, after = text[at : at + 1], text[at + 1 : at + 2]
    many = char == "多" and not text.startswith(("多少", "多点", "多一点"), at)
    rest = char == "余" and after not in _NOT_REMAINDER
    near = char == "来" and (after == "" or after in _AFTER_LAI)
    ones = char == "几" and after not in SMALL and _is_round(atoms[-1])
    mark = "more" if many or rest else "near" if near else "ones" if ones else ""
    return Atom("more", exactly(0), at, at + 1, mark=mark) if mark else None


def _is_round(atom: Atom) -> bool:
    if atom.kind == "unit":
        return atom.span.low == 10
    return atom.width > 1 and atom.span.low % 10 == 0


def _few(text: str, at: int, atoms: list[Atom]) -> Atom | None:
    if atoms and atoms[-1].kind == "number":
        return None
    for word, (low, high) in _FEW.items():
        if text.startswith(word, at):
            return Atom("number", Span(Decimal(low), Decimal(high)), at, at + len(word))
    some = text[at : at + 1] == "数" and text[at + 1 : at + 2] in set(SMALL) | set(BIG)
    return Atom("number", Span(Decimal(3), Decimal(9)), at, at + 1) if some and at + 1 < len(text) else None
