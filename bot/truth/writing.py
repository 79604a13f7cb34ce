"""Writing: an accepted candidate as a file of the library's cases, from its bands alone."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

from bot.consultation.anonymising import Band, Card
from bot.truth.casing import Candidate
from knowledge.phrasing import Phrasebook
from simulator.vocabulary import FactValue, Kind

_ALL_OF_IT = {"use": 1.0, "streak": 36.0, "lenders": 5.0}
"""Where a band without a high end is taken to end, for the middle of it."""

_BEYOND = 2.0
"""How many times its low end an amount without a high end is taken to reach."""


class Worded(NamedTuple):
    """What an editor says of a candidate, in Chinese and in English."""

    title_zh: str
    title_en: str
    lesson_zh: str
    lesson_en: str


class UnwordedError(ValueError):
    """An editor's words are not the four that a case needs."""


def worded(words: str) -> Worded:
    """Four texts between upright strokes: title in Chinese and in English, lesson in Chinese and in English.

    Raises:
        UnwordedError: when there are not four, or one is empty.
    """
    parts = [part.strip() for part in words.replace("\uff5c", "|").split("|")]
    if len(parts) != len(Worded._fields) or not all(parts):
        raise UnwordedError
    return Worded(*parts)


def case_id(code: str) -> str:
    """The id of the case that a candidate becomes."""
    return f"real_{code}"


def case_path(code: str) -> str:
    """The path of its file."""
    return f"cases/{case_id(code)}.yaml"


def is_gathered(path: str) -> bool:
    """Whether a file is that of a case which came from a candidate."""
    return path.startswith(case_path("").removesuffix(".yaml"))


def written(candidate: Candidate, words: Worded, phrases: Phrasebook, at: str) -> str:
    """The file of a case: a situation in the middle of the bands, a story of the outcome, and the editor's words."""
    situation = situation_of(candidate.card)
    line = situation["current_line"]
    document = {
        "id": case_id(candidate.code),
        "kind": str(candidate.card.kind),
        "situation": dict(situation),
        "outcome": candidate.outcome,
        "fictional_source": False,
        "gathered": at,
        "title": {"zh": words.title_zh, "en": words.title_en},
        "story": {
            "zh": phrases.say("zh", "case.gathered", line=line, outcome=candidate.outcome),
            "en": phrases.say("en", "case.gathered", line=line, outcome=candidate.outcome),
        },
        "lesson": {"zh": words.lesson_zh, "en": words.lesson_en},
        "actions": list(candidate.steps),
        "facts": [],
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in document.items())


def situation_of(card: Card) -> Mapping[str, FactValue]:
    """The facts in the middle of a card's bands: a function of the card, and of nobody's figures."""
    bands = {band.name: band for band in card.bands}
    line = _amount(bands["line"])
    found: dict[str, FactValue] = {"current_line": line}
    if "use" in bands:
        found["used_balance"] = float(round(_half(bands["use"]) * line, -2))
    if "overdue" in bands:
        found["overdue_now"] = bands["overdue"].low is not None
    if "streak" in bands:
        found["on_time_months"] = float(round(_half(bands["streak"])))
    if "lenders" in bands:
        found["lenders_count"] = float(math.floor(_half(bands["lenders"])))
    if "income" in bands:
        name = "monthly_income" if card.kind is Kind.PERSON else "monthly_turnover"
        found[name] = _amount(bands["income"])
    return found


def _half(band: Band) -> float:
    high = band.high if band.high is not None else max(_ALL_OF_IT[band.name], band.low or 0.0)
    return ((band.low or 0.0) + high) / 2


def _amount(band: Band) -> float:
    """An amount in the middle of a band by ratio, with one digit that counts."""
    high = band.high if band.high is not None else _BEYOND * (band.low or 0.0)
    middle = math.sqrt((band.low or high / _BEYOND) * high)
    return float(round(middle, -math.floor(math.log10(middle))))
