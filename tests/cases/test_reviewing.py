"""From what people let become an example to a published case: listed, shown, accepted or refused, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.admin import editing
from bot.admin.desk import Desk, RefusedError, Told
from bot.admin.editing import bench_of, checked
from bot.admin.office import COMMANDS, carried_out, given_to
from bot.channels.telegram.joining import Parts
from bot.dialogue.case_words import case_line, case_words
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import Sharing
from bot.dialogue.sharing import Banded
from bot.publishing.checking import Checked
from bot.publishing.paths import words_in
from bot.store.conversations import newcomer, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.sharing import keep_shared, offer_card, offered_cards, take_back_card, verdicts
from bot.store.vault import keep_sealed
from bot.truth.offering import offers, waiting
from knowledge.cases import Match
from knowledge.checking import check
from knowledge.loading import load
from knowledge.stack import Overlay
from simulator.vocabulary import Facts, Kind
from tests.admin.offices import OfficeTown, presses
from tests.admin.offices import gives as gives_in_chat
from tests.journeys.walking import scene_now
from tests.truth.followed import BEGAN, person, telling, told

PEOPLE = 6
TOLD = {"used_balance": 3_000.0, "monthly_income": 9_173.0, "lenders_count": 2.0, "on_time_months": 17.0}
TITLES = "按时还，额度后来升了 | Paid on time, and the line rose later"
WORDS = f"{TITLES} | 各人不同，别为额度多借。 | Everybody differs; never borrow more for a line."


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    """A sealed store in which six people alike let their outcomes become an example, and one did not."""
    engine = open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    keep_sealed(engine, ("a secret of the tests",))
    fill(engine)
    return engine


def fill(store: Engine) -> None:
    """Let those seven people be in a store."""
    with writing(store) as connection:
        for number in range(PEOPLE + 1):
            who = telling(alike(f"tg:4242{number}", number), 31_417.0 + 7 * number, 6)
            if number == PEOPLE:
                who = who.but(following=who.following.but(sharing=Sharing(answered_at=BEGAN, counted=True)))
            save_conversation(connection, who, BEGAN)
            keep_shared(connection, newcomer(who.id), who)


def alike(name: str, number: int) -> Conversation:
    """One of some people whose bands are the same and whose figures are not."""
    who = person(name, line=20_000.0 + 7 * number, counted=True, case=True)
    answers = {**who.answers, **{fact: told(value + number) for fact, value in TOLD.items() if fact != "lenders_count"}}
    overdue = Answer(value=False, at=BEGAN, source="pressed")
    return who.but(answers={**answers, "lenders_count": told(2.0), "overdue_now": overdue}, goal="assess")


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


def code(store: Engine) -> str:
    """The code of the only candidate that waits."""
    sheet = gives(store, "cases").sheet
    assert sheet is not None
    (row,) = sheet.rows
    return str(row[0])


def takes_back(store: Engine, *numbers: int) -> None:
    """Some of them take back that theirs may become an example."""
    with writing(store) as connection:
        for number in numbers:
            who = telling(alike(f"tg:4242{number}", number), 31_417.0 + 7 * number, 6)
            after = who.but(following=who.following.but(sharing=Sharing(answered_at=BEGAN, counted=True)))
            keep_shared(connection, who, after)


def test_a_candidate_shows_bands_and_nothing_else(store: Engine) -> None:
    """The list and the candidate tell bands, outcome and steps; no figure or number of any member stands there."""
    listed = gives(store, "cases")
    assert listed.sheet is not None
    assert listed.sheet.rows[0][2:] == ("raised", "\u22655", 1)
    shown = gives(store, f"cases show {code(store)}")
    everything = f"{listed} {shown}".replace(",", "")
    odd = [*range(31_417, 31_460, 7), *range(20_007, 20_050, 7), 9_173, 9_174, 4_242]
    assert [number for number in odd if str(number) in everything] == []
    assert "raised" in shown.words
    assert shown.ways[0].line == f"cases refuse {code(store)}"


def test_an_accepted_candidate_becomes_a_case_that_is_marked(store: Engine) -> None:
    """It passes every lint of cases, and the library that would be published tells it as real and anonymised."""
    name = code(store)
    accepted = gives(store, f"cases accept {name} {WORDS}")
    assert f"cases/real_{name}.yaml" in accepted.words
    laid = Overlay(words_in(bench_of(desk(store)).over()), None)
    library, problems = load(over=laid)
    assert problems == ()
    assert [one for one in check(library, scene_now().now.date()) if one.file.startswith("cases/")] == []
    case = library.cases[f"real_{name}"]
    assert case.gathered == f"{scene_now().now:%Y-%m-%d}"
    match = Match(case, 0.0, ("current_line",), ())
    who = Conversation(id="x", language="en", consent_at=BEGAN, adult=True, goal="assess")
    assert "real outcomes of several people" in case_line(who, match, scene_now())
    told_of = case_words(who, Match(case, 0.0, (), ()), Facts(Kind.PERSON), scene_now())
    assert told_of["gathered"] == case.gathered
    assert gives(store, "cases").sheet is None
    with reading(store) as connection:
        assert verdicts(connection) == {name: "accepted"}


def test_too_few_are_left_once_somebody_takes_it_back(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of six may go; with two gone the candidate is gone, and a draft of it can no longer be published."""
    monkeypatch.setattr(editing, "check_files", lambda *_: Checked(()))  # the other checks take seconds
    name = code(store)
    gives(store, f"cases accept {name} {WORDS}")
    takes_back(store, 0)
    assert checked(desk(store), bench_of(desk(store))).grave == ()
    takes_back(store, 1)
    grave = checked(desk(store), bench_of(desk(store))).grave
    assert [problem.file for problem in grave] == [f"cases/real_{name}.yaml"]
    assert "too few" in grave[0].reason
    with pytest.raises(RefusedError, match="too few"):
        gives(store, f"cases show {name}")


def test_a_candidate_that_goes_meanwhile_is_not_judged(store: Engine) -> None:
    """What was heard on a candidate is not carried out once it rests on too few people."""
    here = desk(store)
    deed = given_to(here, COMMANDS["cases"], ["refuse", code(store)], sure=True)
    takes_back(store, 0, 1)
    with writing(store) as connection:
        assert not carried_out(connection, here, deed)
        connection.rollback()
    with reading(store) as connection:
        assert verdicts(connection) == {}


def test_a_refused_candidate_is_not_shown_again(store: Engine) -> None:
    """It leaves the list; wrong words and unknown codes are refused with what would be right."""
    name = code(store)
    with pytest.raises(RefusedError, match="upright strokes"):
        gives(store, f"cases accept {name} only one title")
    with pytest.raises(RefusedError, match="no such candidate"):
        gives(store, "cases show 0000000000")
    gives(store, f"cases refuse {name}")
    assert gives(store, "cases").sheet is None


def test_cards_from_consultations_become_candidates_too(store: Engine) -> None:
    """Five cards alike with what was advised make one whose outcome is not known yet; taken back, it goes."""
    with reading(store) as connection:
        (known,) = waiting(connection, scene_now().library, scene_now().packs)
    bands = tuple((band.name, band.low, band.high) for band in known.card.bands)
    card = Banded(kind="person", width=known.card.width, bands=bands, steps=("keep_reserve",))
    with writing(store) as connection:
        for number in range(5):
            offer_card(connection, f"tg:77{number}", card)
            offer_card(connection, f"tg:77{number}", card)
        assert len(offered_cards(connection)) == 5
        found = waiting(connection, scene_now().library, scene_now().packs)
        assert sorted((one.outcome, one.steps) for one in found) == [
            ("open", ("keep_reserve",)),
            ("raised", ("pay_on_time_autopay",)),
        ]
        take_back_card(connection, "tg:770")
        assert len(waiting(connection, scene_now().library, scene_now().packs)) == 1


def test_what_no_key_opens_is_nobodys(store: Engine) -> None:
    """Where the key of a person is gone, their outcome is in no offer, and nothing fails."""
    with writing(store) as connection:
        connection.exec_driver_sql("DELETE FROM person_keys WHERE conversation = 'tg:42420'")
    keep_sealed(store, ("a secret of the tests",))
    with reading(store) as connection:
        names = {offer.person for offer in offers(connection, scene_now().library)}
    assert names == {f"tg:4242{number}" for number in range(1, PEOPLE)}


def test_an_editor_reviews_in_a_chat(tmp_path: Path) -> None:
    """The list, a press on a candidate, and the words typed behind its command lead to a draft, each with a trace."""
    town = OfficeTown(tmp_path)
    fill(town.house.store)
    seen: list[str] = []

    async def life(parts: Parts) -> None:
        listed = await gives_in_chat(town.owner, parts, "cases")
        seen.append(listed.text)
        button = next(label for row in listed.rows for label in row if "A person" in label)
        seen.append((await presses(town.owner, parts, button)).text)
        accepted = await gives_in_chat(town.owner, parts, f"cases accept {button.split()[0]} {WORDS}")
        seen.append(accepted.text)

    town.lives(life)
    assert "Waiting to be looked at: 1" in seen[0]
    assert "Outcome: raised" in seen[1]
    assert "Drafted: cases/real_" in seen[2]
    assert [deed.act for deed in town.trail()] == ["cases"] * 3
