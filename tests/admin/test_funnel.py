"""The funnel: what the journal says of each question, counted as one would by hand, and nobody told apart."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from bot.admin.chatting import spoken_rows
from bot.admin.desk import Desk
from bot.admin.hiding import in_tens, share_bar, shown
from bot.admin.office import COMMANDS, given_to
from bot.dialogue.consenting import FEWEST
from bot.dialogue.scene import Note
from bot.dialogue.standing import STEPS, edition
from bot.store.engine import reading, writing
from bot.store.funnel import TURN, Place, read_funnel
from bot.store.journal import write_journal
from bot.store.tables import JOURNAL
from tests.journeys.walking import NOW, scene_now
from tests.store.lives import lived

QUESTIONS = ("kind", "current_line", "used_balance")
LINES = st.lists(
    st.tuples(
        st.integers(1, 15),
        st.sampled_from(("zh", "en")),
        st.sampled_from(QUESTIONS),
        st.sampled_from((*STEPS, "")),
        st.integers(1, 4_000),
    ),
    max_size=60,
)
"""Who, in which language, stood at which question, did what there, and after how many seconds."""


def _written(store: Engine, lines: list[tuple[int, str, str, str, int]]) -> dt.datetime:
    """A journal of these lines, each showing the question and then what was done; the moment of the last."""
    at = NOW
    with writing(store) as connection:
        connection.execute(delete(JOURNAL))
        for revision, (person, language, question, step, seconds) in enumerate(lines):
            place = f"{question} {language} abc123"
            name = f"tg:{person}"
            write_journal(connection, name, None, 2 * revision, at, [Note(TURN, place)])
            at += dt.timedelta(seconds=seconds)
            if step:
                write_journal(connection, name, None, 2 * revision + 1, at, [Note(step, place), Note(TURN, "")])
    return at


@given(lines=LINES, later=st.sampled_from((dt.timedelta(hours=1), dt.timedelta(days=2))))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_funnel_counts_as_by_hand(
    store: Engine, lines: list[tuple[int, str, str, str, int]], later: dt.timedelta
) -> None:
    """People, who went away, and times are those that a slow count of the same lines gives."""
    now = _written(store, lines) + later
    with reading(store) as connection:
        found = read_funnel(connection, STEPS, now)
    last = {person: (Place(question, language, "abc123"), step) for person, language, question, step, _ in lines}
    gone = now - dt.timedelta(days=1)
    for place in {Place(question, language, "abc123") for _, language, question, _, _ in lines}:
        here = [line for line in lines if (line[2], line[1]) == place[:2]]
        passage = found[place]
        assert passage.people[TURN] == len({line[0] for line in here})
        for step in STEPS:
            did = [line for line in here if line[3] == step]
            assert passage.people.get(step, 0) == len({line[0] for line in did})
        stayed = [person for person, ended in last.items() if ended == (place, "")]
        early = _before(lines, gone)
        assert passage.away == len([person for person in stayed if person in early])
        times = sorted(line[4] for line in here if line[3] == "answer" and line[4] <= 1800)
        assert sorted(passage.seconds) == times


def _before(lines: list[tuple[int, str, str, str, int]], moment: dt.datetime) -> set[int]:
    """Who was last shown anything before a moment."""
    at, seen = NOW, {}
    for person, _, _, _, seconds in lines:
        seen[person] = at
        at += dt.timedelta(seconds=seconds)
    return {person for person, when in seen.items() if when < moment}


@pytest.mark.parametrize(
    ("people", "told"), [(0, 0), (1, "<10"), (9, "<10"), (10, 10), (19, 10), (500, 500), (507, 500)]
)
def test_few_people_are_hidden(people: int, told: str | int) -> None:
    """A cell says how many tens of people there are once they are ten."""
    assert FEWEST == 10
    assert shown(people) == told


@given(st.integers(1, FEWEST - 1), st.lists(st.integers(FEWEST, 500), min_size=1, max_size=2))
@settings(max_examples=200, deadline=None)
def test_what_is_hidden_cannot_be_had_by_subtracting(few: int, others: list[int]) -> None:
    """Whatever is shown of a total and of its other parts, the hidden part may be nearly any that would be hidden.

    Each number that is shown stands for ten; so every total and every other part that would be shown the same counts.
    """
    total, told = in_tens(few + sum(others)), [in_tens(people) for people in others]
    possible = {people for people in range(1, FEWEST) if _fits(people, told, total)}
    assert few in possible
    assert len(possible) >= FEWEST - 2


def _fits(few: int, others: list[int], total: int) -> bool:
    """Whether so few people may be hidden beside what is shown."""
    least = sum(others) + few
    return any(in_tens(least + more) == total for more in range(9 * len(others) + 1))


@given(st.integers(1, 400), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_a_share_is_of_tens_of_people(trials: int, hits: int) -> None:
    """A share is shown from ten people on, within its own limits, and within one in ten of the true one."""
    bar = share_bar("x", min(hits, trials), trials)
    assert (bar.value is None) == (trials < FEWEST)
    if bar.value is not None:
        assert bar.low <= bar.value <= bar.high
        assert abs(bar.value - min(hits, trials) / trials) <= 0.5 / in_tens(trials) + 1e-9


def test_the_chart_shows_the_questions_that_are_answered_least(store: Engine) -> None:
    """Questions that many saw stand in the chart with their share, those that few saw do not."""
    seen = [(n, "zh", "kind", "answer" if n % 2 else "skip", 10) for n in range(1, 41)]
    seen += [(n, "zh", "current_line", "answer", 10) for n in range(1, 31)]
    _written(store, [*seen, *((n, "zh", "used_balance", "answer", 10) for n in range(1, 6))])
    desk = Desk(scene_now().library, {}, store, NOW)
    told = given_to(desk, COMMANDS["funnel"], [], sure=False).told
    names = [desk.library.questions[name].label.en for name in ("kind", "current_line")]
    assert [(bar.label, bar.value) for bar in told.chart.rows] == [(names[0], 0.5), (names[1], 1.0)]
    assert {row[0] for row in told.sheet.rows} >= {"kind", "current_line"}
    assert f"{names[0]} \u00b7 kind" in [row[0] for row in spoken_rows(desk, told.sheet)]
    assert names[0] in [row[0] for row in spoken_rows(desk, told.sheet, coded=False)]
    assert given_to(desk, COMMANDS["funnel"], ["all", "language"], sure=False).told.chart is None


def _judged(store: Engine, entry: str, yes: int, no: int) -> None:
    """So many people got an entry and said whether it helped."""
    with writing(store) as connection:
        for n in range(yes + no):
            notes = [Note("answered", entry), Note("helped", f"{'yes' if n < yes else 'no'} {entry}")]
            write_journal(connection, f"tg:{n}", None, 1, NOW, notes)


def test_answers_say_whom_they_helped(store: Engine) -> None:
    """Each entry stands with people, verdicts and share; few people hide the share, and the worst come first."""
    _judged(store, "fees", 30, 10)
    _judged(store, "limit_zero", 5, 15)
    _judged(store, "defer", 3, 2)
    with writing(store) as connection:
        for n in range(12):
            write_journal(connection, f"tg:{n}", None, 2, NOW, [Note("unanswered", "unknown"), Note("right", "partly")])
    told = given_to(Desk(scene_now().library, {}, store, NOW), COMMANDS["answers"], [], sure=False).told
    rows = {row[1]: row for row in told.sheet.rows}
    assert rows["fees"][2:5] == (40, 30, 10)
    assert rows["fees"][5].startswith("75% (")
    assert rows["defer"][2:] == ("<10", "<10", "<10", "<10")
    assert (rows["unknown"][:3], rows["partly"][:3]) == (("unanswered", "unknown", 10), ("right", "partly", 10))
    assert [bar.value for bar in told.chart.rows] == [0.25, 0.75]


def _sheet(store: Engine, *words: str) -> dict[tuple[object, ...], tuple[object, ...]]:
    desk = Desk(scene_now().library, {}, store, NOW + dt.timedelta(days=3))
    sheet = given_to(desk, COMMANDS["funnel"], words, sure=False).told.sheet
    assert sheet is not None
    keys = 1 + (sheet.header[1] in {"language", "edition"})
    return {row[:keys]: row[keys:] for row in sheet.rows}


def test_apart_by_language_and_edition(store: Engine) -> None:
    """The same people are counted together, in one language, and apart by language or edition."""
    _written(store, [(n, "zh" if n % 2 else "en", "kind", "answer", 10) for n in range(1, 41)])
    steps = {"shown": 0, "answer": 1}
    assert _sheet(store)[("kind",)][steps["shown"]] == 40
    assert _sheet(store)[("kind",)][-1] == 10.0
    assert _sheet(store, "en")[("kind",)][steps["answer"]] == 20
    apart = _sheet(store, "all", "language")
    assert {key: row[0] for key, row in apart.items()} == {("kind", "en"): 20, ("kind", "zh"): 20}
    assert set(_sheet(store, "all", "edition")) == {("kind", "abc123")}


def test_a_life_leaves_its_steps(store: Engine) -> None:
    """Whoever walks through an interview leaves a place for each card, in their language, and no figure."""
    lived(store, "assess")
    with reading(store) as connection:
        found = read_funnel(connection, STEPS, NOW)
        details = connection.scalars(select(JOURNAL.c.detail)).all()
    questions = {place.question for place in found}
    assert {"current_line", "kind"} <= questions <= set(scene_now().library.questions)
    assert {place[1:] for place in found} == {("zh", edition(scene_now().library))}
    answered = [place for place, passage in found.items() if passage.people.get("answer")]
    assert len(answered) >= 3
    assert all(found[place].people[TURN] for place in answered if place.question != "kind")
    assert not any(figure in detail for detail in details for figure in ("73911", "18473"))
