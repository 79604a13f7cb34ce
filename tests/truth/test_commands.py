"""The operators' commands over many people: what they show, what they hide, and what they put among the drafts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.admin.desk import Desk, RefusedError, Told
from bot.admin.office import COMMANDS, carried_out, given_to
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Note
from bot.publishing.bench import read_bench
from bot.store.conversations import newcomer
from bot.store.engine import open_store, writing
from bot.store.journal import write_journal
from bot.store.sharing import keep_shared
from bot.truth.restating import UnfitPackError, pack_path, restated
from bot.truth.telling import hidden
from simulator.correcting import Correction, correction_of
from simulator.loading import read_packs
from tests.journeys.walking import scene_now
from tests.truth.followed import BEGAN, person, telling


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    """An empty store."""
    return open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")


def filled(
    store: Engine, lines: Sequence[float], *, months: float = 6, language: str = "en", prefix: str = "p"
) -> None:
    """One person for each line, told so many months after the forecast; every second one was reminded."""
    with writing(store) as connection:
        for number, line in enumerate(lines):
            name = f"{prefix}{number}"
            who = telling(person(name, counted=True), line, months).but(language=language)
            keep_shared(connection, newcomer(name), who)
            notes = (Note("outcome", "told"), *((Note("checkin", "asked"),) if number % 2 else ()))
            write_journal(connection, name, None, 1, BEGAN, notes)


def desk(store: Engine) -> Desk:
    """An owner's desk at the server."""
    scene = scene_now()
    return Desk(scene.library, scene.packs, store, scene.now)


def gives(store: Engine, line: str) -> Told:
    """One command line, carried out."""
    here = desk(store)
    name, *words = line.split()
    deed = given_to(here, COMMANDS[name], words, sure=True)
    with writing(store) as connection:
        assert carried_out(connection, here, deed)
    return deed.told


def spread(count: int, out: int) -> list[float]:
    """Lines of which so many lie beyond the range of half a year (14,600 to 29,000), the others within it."""
    return [40_000.0 if number < out else 15_000.0 + 13_000.0 * number / count for number in range(count)]


def test_coverage_is_told_with_its_interval_and_its_warning(store: Engine) -> None:
    """Of 40 people 10 lie outside: 75 per cent held, and who was asked, told and agreed stands beside it."""
    filled(store, spread(40, 10))
    told = gives(store, "truth")
    assert told.sheet is not None
    assert told.sheet.rows[0][:4] == (40, 75.0, 59.8, 85.8)
    assert "20 people were asked" in told.words
    assert "40 told it after a forecast, asked or not, and 40 of those let it be counted" in told.words
    assert told.chart is not None
    assert (told.chart.mark, told.chart.rows[0].value) == (0.8, 0.75)


def test_few_people_are_hidden_and_cannot_be_worked_out(store: Engine) -> None:
    """A language of four people shows nothing, and one more is hidden that would tell of them by subtraction."""
    filled(store, spread(30, 5))
    filled(store, spread(12, 2), language="zh", prefix="z")
    filled(store, spread(4, 1), language="zh-hant", prefix="h")
    told = gives(store, "truth language")
    assert told.sheet is not None
    assert [row[:2] for row in told.sheet.rows] == [("en", 30), ("zh", "hidden"), ("zh-hant", "hidden")]
    assert all(cell == "" for row in told.sheet.rows[1:] for cell in row[2:])
    months = gives(store, "truth ahead").sheet
    assert months is not None
    assert [row[0] for row in months.rows] == ["06"]
    assert hidden({"a": 4, "b": 4, "c": 50}) == {"a", "b", "c"}
    assert hidden({"a": 6, "b": 6, "c": 50}) == {"a", "b"}
    assert hidden({"a": 0, "b": 60}) == frozenset()


def test_where_lines_fell_is_shown_for_many_people_only(store: Engine) -> None:
    """Below 75 people no parts are shown; for more the parts hold all of them, and small ones are hidden."""
    filled(store, spread(60, 10))
    assert gives(store, "truth levels").sheet is None
    filled(store, spread(60, 10), prefix="q")
    told = gives(store, "truth levels")
    assert told.sheet is not None
    assert len(told.sheet.rows) == 5
    assert told.chart is not None
    assert told.chart.mark == 24.0


def test_a_band_is_counted_apart(store: Engine) -> None:
    """Whoever told a band only is named in the words and stands in no figure."""
    with writing(store) as connection:
        for number in range(12):
            who = person(f"b{number}", counted=True)
            band = who.answers["current_line"].model_copy(
                update={"low": 10_000.0, "high": 30_000.0, "at": BEGAN.replace(month=9)}
            )
            keep_shared(connection, newcomer(who.id), who.answered("current_line", band))
    told = gives(store, "truth")
    assert "12 told a band only" in told.words
    assert told.sheet is not None
    assert told.sheet.rows == ()


def test_a_proposal_becomes_a_draft_that_the_packs_can_be_read_with(store: Engine) -> None:
    """Many people outside their ranges propose wider ones; the draft states them with people, date and source."""
    filled(store, spread(120, 50))
    told = gives(store, "recalibrate jiebei")
    assert [way.line for way in told.ways] == ["recalibrate jiebei draft"]
    assert told.sheet is not None
    assert [row[0] for row in told.sheet.rows] == ["before", "after"]
    assert read_bench(store).changes == {}
    drafted = gives(store, "recalibrate jiebei draft")
    assert "policies/jiebei.yaml" in drafted.words
    bench = read_bench(store)
    packs, problems = read_packs(over={"jiebei.yaml": bench.text("policies/jiebei.yaml")})
    assert problems == ()
    assert correction_of(packs["jiebei"].corrections).upper > 1.0
    assert "120 people" in packs["jiebei"].corrections["upper"].source


def test_outcomes_of_another_correction_do_not_speak_of_this_one(store: Engine) -> None:
    """What was foretold under other corrections is left out; an unknown product is named with those there are."""
    filled(store, spread(60, 30))
    packs = scene_now().packs
    wide = correction_of(packs["jiebei"].corrections).after(Correction(0.0, 1.2, 1.2))
    assert wide.code == "0/1.2/1.2"
    assert "60 people" in gives(store, "recalibrate jiebei").words
    assert "0 people" in gives(store, "recalibrate wangshang").words
    with pytest.raises(RefusedError, match="jiebei, wangshang"):
        gives(store, "recalibrate nothing")


def test_a_pack_is_restated_in_its_place(store: Engine) -> None:
    """The next correction takes the place of the last; every comment stays; a file that is no pack is refused."""
    bench = read_bench(store)
    path = pack_path(bench, "jiebei")
    assert path == "policies/jiebei.yaml"
    assert pack_path(bench, "nothing") is None
    text = bench.text(path) or ""
    once = restated(text, Correction(0.1, 1.3, 1.1), 50, "2026-11-22")
    twice = restated(once, Correction(0.0, 1.2, 1.4), 90, "2026-12-22")
    assert twice.count("corrections:") == 1
    assert twice.count("own_outcomes:") == 1
    assert [line for line in text.splitlines() if line not in twice.splitlines()] == []
    for wrong in ("", "a: [", "product: x\nsources: {a: 1}\n"):
        with pytest.raises(UnfitPackError):
            restated(wrong, Correction(), 50, "2026-11-22")


def test_people_who_agreed_to_nothing_are_in_no_figure(store: Engine) -> None:
    """Only rows that were agreed to exist at all."""
    with writing(store) as connection:
        who: Conversation = telling(person("x"), 22_000, 6)
        keep_shared(connection, newcomer("x"), who)
    told = gives(store, "truth")
    assert told.sheet is not None
    assert told.sheet.rows == ()
