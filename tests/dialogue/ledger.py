"""The ledger of one result: every number that it may say, spelled as the house spells it, each from where it comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from bot.dialogue.abilities.cost import early_months
from bot.dialogue.affording import WATCHFUL, Affording, affording
from bot.dialogue.cards import value_words
from bot.dialogue.cause_words import LEAST
from bot.dialogue.comparing import TwoOffers, two_offers
from bot.dialogue.conversation import Conversation
from bot.dialogue.cost_words import DAYS
from bot.dialogue.estimate import Estimate, estimate
from bot.dialogue.interview import answered_path, kind_of, path
from bot.dialogue.offering import asked_offer
from bot.dialogue.probing import diagnosis
from bot.dialogue.scene import Scene
from knowledge.checking_words import words_of
from knowledge.figures import about, number, percent
from knowledge.own_figures import CONSTANTS, HOTLINES
from simulator.burden import SERVICE_LINE, Span
from simulator.cost import cost
from simulator.offers import CostQuestion, Prepayment
from simulator.results import Cost, Forecast, Plan, Range
from simulator.vocabulary import FACTS, FactValue, Unit

_TOKEN = re.compile(r"\d{4}-\d\d(?:-\d\d)?|¥?\d+(?:,\d{3})*(?:\.\d+)?(?: ?[万億亿萬]?元|%)?")
_ORDINAL = re.compile(r"^(?:\*\*)?\d\. ", re.MULTILINE)


def tokens(text: str) -> set[str]:
    """Every number in some words with the unit beside it; ordinals of lists are no numbers."""
    return {token.replace(" ", "") for token in _TOKEN.findall(_ORDINAL.sub("", text))}


def without_sources(text: str, who: Conversation, scene: Scene) -> str:
    """The words without those that are vouched for elsewhere: cited facts, and the records of the shelves.

    A fact brings its statement, title, day and reservation; that the records' own numbers are sound is what
    ``python -m knowledge check`` looks after.
    """
    library = scene.library
    known = {fact.id: (*fact.statement, fact.source_title, fact.source_title_en) for fact in library.facts.values()}
    pieces = [piece for texts in known.values() for piece in texts]
    pieces += [word for fact in library.facts.values() for word in (fact.note or ())]
    for shelf in (library.actions, library.cases, library.causes):
        pieces += [word for record in shelf.values() for _, words in words_of(record) for word in words]
    for piece in sorted({library.phrases.in_script(who.language, piece) for piece in pieces}, key=len, reverse=True):
        text = text.replace(piece, "") if piece and piece in text else text
    return text


def allowed(who: Conversation, scene: Scene) -> set[str]:
    """Every number that the result of this conversation's goal may say."""
    say = Speller(who, scene)
    tell: Mapping[str, Callable[[], Iterable[str]]] = {
        "assess": lambda: _estimate(say, estimate(who, scene)),
        "plan": lambda: _estimate(say, estimate(who, scene)),
        "diagnose": lambda: _diagnosis(who, scene),
        "cost": lambda: _cost(say, asked_offer(who, scene)),
        "compare": lambda: _comparison(say, two_offers(who, scene)),
        "afford": lambda: _burden(say, affording(who, scene)),
    }
    told = (value_words(who, question, answer, scene) for question, answer in answered_path(who, scene.library))
    published = (fact.published for fact in scene.library.facts.values())
    spelled = {token for words in (*told, *published, *tell[who.goal or ""]()) for token in tokens(words)}
    return spelled | HOTLINES.keys() | CONSTANTS.keys()


class Speller:
    """Spells values as one language does."""

    def __init__(self, who: Conversation, scene: Scene) -> None:
        self.who = who
        self.scene = scene

    def money(self, yuan: float) -> tuple[str, ...]:
        """Yuan exactly and rounded to what is known, with the unit and as a bare number of a table."""
        exact, rough = float(yuan), about(yuan)
        return (self._yuan(exact), self._yuan(rough), self._yuan(-rough), number(abs(rough)), f"{abs(exact):,.2f}")

    def value(self, fact: str, value: FactValue) -> tuple[str, ...]:
        """A fact's value in the unit of its question, or the label of the choice that stands for it."""
        question = next(q for q in self.scene.library.questions.values() if q.fact == fact)
        if isinstance(value, bool | str) or question.hear == "choice":
            return tuple(choice.label.said_in(self.who.language) for choice in question.choices)
        words = self.scene.say(self.who, "value.number", value=value, low=None, high=None, unit=question.unit, hear="")
        return (words, *(self.money(value) if FACTS[fact].unit in {Unit.YUAN, Unit.YUAN_PER_MONTH} else ()))

    def _yuan(self, amount: float) -> str:
        return self.scene.say(self.who, "value.number", value=amount, low=None, high=None, unit="yuan", hear="money")


def _estimate(say: Speller, found: Estimate) -> Iterator[str]:
    yield from _forecast(say, found.base)
    for ahead in found.planned:
        yield from _range(say, ahead)
    yield from _plan(say, found.plan)
    if found.match is not None:
        for fact, value in found.match.case.situation.items():
            yield from say.value(fact, value)


def _forecast(say: Speller, base: Forecast) -> Iterator[str]:
    for ahead in base.line:
        yield from _range(say, ahead)
    for reason in base.reasons:
        yield from (*say.money(reason.yuan), f"{abs(round(reason.points))}")
    for step in base.trace:
        yield from (f"{step.value:.4g}", f"{abs(round(step.effect_yuan)):,}", step.date)
    shares = (base.no_change_probability, base.share_grade_a, *base.variance_shares.values())
    yield from (percent(share, 0) for share in shares)
    yield str(base.seed)


def _range(say: Speller, ahead: Range) -> Iterator[str]:
    for yuan in (ahead.p10, ahead.p50, ahead.p90):
        yield from say.money(yuan)


def _plan(say: Speller, plan: Plan) -> Iterator[str]:
    for yuan in (plan.target, plan.best_reachable):
        yield from () if yuan is None else say.money(yuan)
    yield from (percent(share, 0) for share in (plan.probability, *plan.probability_interval))
    for step in plan.plan:
        yield from (str(step.start_month), number(step.effort_hours, 1), *say.money(step.money))


def _diagnosis(who: Conversation, scene: Scene) -> Iterator[str]:
    found = diagnosis(kind_of(who), who.answers, path(who, scene.library))
    yield from (percent(share, 0) for share in (LEAST, *(cause.probability for cause in found.causes)))
    yield from (str(rank) for rank in range(1, len(found.causes) + 1))


def _cost(say: Speller, asked: CostQuestion | str) -> Iterator[str]:
    assert isinstance(asked, CostQuestion)
    found = cost(asked)
    amounts = (asked.amount, found.received, found.total_interest, found.total_fees, found.total_cost)
    for yuan in (*amounts, *(found.daily_interest * days for days in DAYS)):
        yield from say.money(float(yuan))
    rates = (found.irr_effective, found.irr_nominal, found.simple_rate, found.ceiling.rate)
    yield from (percent(rate, digits) for rate in rates if rate is not None for digits in (0, 2))
    yield from map(str, (asked.months, *DAYS))
    yield from _schedule(say, found)
    for after in early_months(asked):
        early = cost(_paid_after(asked, after)).early
        assert early is not None
        yield from (str(after), f"{early.date}", f"{early.amount:,.2f}", f"{early.saved:,.2f}")


def _comparison(say: Speller, found: TwoOffers | tuple[str, str]) -> Iterator[str]:
    assert isinstance(found, TwoOffers)
    sides = (found.first, found.first_cost), (found.second, found.second_cost)
    for offer, each in sides:
        yield from (*_cost(say, offer), f"{max(row.payment for row in each.schedule):,.2f}")
        yield from say.money(float(each.received))
        yield from (str(offer.months), number(offer.months / 12))
    yield from say.money(float(found.difference))
    one, other = (_totals(each) for _, each in sides)
    yield from (f"{abs(b - a):,.2f}" for a, b in zip(one, other, strict=True))
    for a, b in zip(_rates(found.first_cost), _rates(found.second_cost), strict=True):
        yield f"{abs(b - a) * 100:.2f}%"


def _totals(each: Cost) -> tuple[Decimal, ...]:
    heaviest = max(row.payment for row in each.schedule)
    return (each.received, heaviest, each.total_interest, each.total_fees, each.total_cost)


def _rates(each: Cost) -> tuple[float, float]:
    assert each.irr_effective is not None
    assert each.simple_rate is not None
    return (each.irr_effective, each.simple_rate)


def _schedule(say: Speller, found: Cost) -> Iterator[str]:
    for line in found.schedule:
        yield from say.money(float(line.payment))
        amounts = (line.payment, line.principal, line.interest, line.fee, line.balance)
        yield from (str(line.n), line.date.isoformat(), *(f"{amount:,.2f}" for amount in amounts))


def _paid_after(asked: CostQuestion, after: int) -> CostQuestion:
    early = Prepayment(after=after, amount=None)
    return CostQuestion(asked.amount, asked.start, asked.method, asked.months, asked.rate, asked.fees, early=early)


def _burden(say: Speller, found: Affording | str) -> Iterator[str]:
    assert isinstance(found, Affording)
    yield from (percent(share, 0) for share in (SERVICE_LINE, WATCHFUL, *_ends(found.before, found.after)))
    left = (yuan for month in found.months for yuan in (month.before, month.after))
    for yuan in (found.payment, found.total, *left):
        yield from say.money(yuan)
    yield from (number(months, 1) for months in (*(found.reserve or ()), found.bridged) if months is not None)


def _ends(*spans: Span | None) -> tuple[float, ...]:
    return tuple(end for span in spans if span is not None for end in (span.low, span.high))
