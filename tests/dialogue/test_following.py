"""Following: reminders only for who asked, at the right time, with a way out always; ticks; prediction and outcome."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.followed import Following, KeptStep
from bot.dialogue.following_card import CHECKIN
from bot.dialogue.following_days import CLOCKS
from bot.dialogue.messages import Arrival, Fan, Picture, Reply
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import show_again, take_turn
from tests.dialogue.cast import CAST, LANGUAGES
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

WHO = {person.name: person for person in CAST}
CLERK, LENDERS = "clerk", "five_lenders"
ZONES = {name: ZoneInfo(name) for name in CLOCKS}


def _scene(now: dt.datetime = NOW) -> Scene:
    return replace(scene_now(), now=now, zones=ZONES)


class Life:
    """One person over months: says things, and reminders fall due."""

    def __init__(self, name: str = CLERK, goal: str = "assess", language: str = "zh") -> None:
        self.who = WHO[name].asking(goal, language)  # type: ignore[arg-type]  # one of the three languages
        self.now, self.steps = NOW, 0

    def does(self, **arrival: object) -> Turn:
        """One arrival, and the turn that it leads to."""
        self.steps += 1
        given_ = Arrival(key=f"k{self.steps}", at=self.now, **arrival)  # type: ignore[arg-type]
        turn = take_turn(self.who, given_, _scene(self.now))
        self.who = turn.conversation
        return turn

    def agrees(self, day: int = 15, hour: int = 20) -> Life:
        """Ask for a reminder."""
        self.does(action=f"remind:at:{day}:{hour}")
        return self

    def falls_due(self, later: dt.timedelta = dt.timedelta()) -> Turn:
        """Let time pass until the next reminder, or a while beyond it."""
        assert self.who.due_at is not None
        self.now = self.who.due_at.astimezone(ZONES["Asia/Shanghai"]) + later
        return self.does(due="checkin")


def _words(turn: Turn) -> str:
    return " ".join(words for reply in turn.replies for words in words_of(reply))


def _asked(turn: Turn) -> bool:
    return any(reply.slot == CHECKIN for reply in turn.replies)


def test_nobody_is_reminded_who_did_not_ask() -> None:
    """Nothing falls due for anybody until they choose a day and an hour, and then it does at that time."""
    life = Life()
    for action in ("remind:", "remind:day:15", "ticks:", "goal:assess"):
        life.does(action=action)
        assert life.who.due_at is None
    life.agrees(15, 20)
    assert life.who.due_at == dt.datetime(2026, 12, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "action", ["remind:at:0:9", "remind:at:32:9", "remind:at:5:7", "remind:at:5:22", "remind:zone:Mars"]
)
def test_no_button_brings_a_reminder_at_night_or_on_no_day(action: str) -> None:
    """What no card offers is shown the card again and changes nothing."""
    life = Life()
    assert life.does(action=action).replies
    assert life.who.due_at is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reminder_holds_its_way_out(language: str) -> None:
    """A button stops all of them, the words say so, it lapses that evening, and no figure stands in its text."""
    turn = Life(language=language).agrees().falls_due()
    (reply,) = turn.replies
    assert any(button.action == "unremind:" for row in reply.buttons for button in row)
    stop = _scene().library.phrases.say(language, "remind.stop")  # type: ignore[arg-type]
    words = _words(turn)
    assert stop.casefold() in words.casefold()
    assert "31,417" not in getattr(reply.blocks[0], "markup", "")
    assert reply.lapses == dt.datetime(2026, 12, 15, 13, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize("said", [{"action": "unremind:"}, {"text": "停止提醒"}, {"text": "Stop reminders."}])
@pytest.mark.parametrize("state", ["asked", "paused", "interview", "minor", "no consent"])
def test_the_way_out_is_open_in_every_state(said: dict[str, str], state: str) -> None:
    """By button or by word, everything stops at once, what is on its way is taken back, and a kind word says so."""
    life = Life().agrees()
    life.falls_due()
    changes: dict[str, dict[str, object]] = {
        "asked": {},
        "paused": {"paused_by": "self_harm"},
        "interview": {"goal": "afford", "focus": None},
        "minor": {"adult": False},
        "no consent": {"consent_at": None, "refused_at": NOW},
    }
    if state == "minor" and "text" in said:
        said = {"action": "unremind:"}
    life.who = life.who.but(**changes[state])
    turn = life.does(**said)
    assert turn.unsay == CHECKIN
    assert life.who.following.checkin is None
    assert life.who.due_at is None
    assert turn.replies


@pytest.mark.parametrize(
    "change", [{"consent_at": None}, {"adult": None}, {"adult": False}, {"following": Following()}], ids=str
)
def test_what_falls_due_for_nobody_says_nothing(change: dict[str, object]) -> None:
    """Without consent, age or a reminder that still stands, a late letter changes nothing and sends nothing."""
    life = Life().agrees()
    due = life.who.due_at
    assert due is not None
    life.who = life.who.but(**change)
    life.now = due
    turn = life.does(due="checkin")
    assert not turn.replies
    assert turn.conversation.following == life.who.following


def test_whoever_a_guard_has_paused_is_left_in_peace() -> None:
    """A pause lets the reminder of the month pass; the next one comes after it is over."""
    life = Life().agrees()
    life.who = life.who.but(paused_by="self_harm")
    assert not life.falls_due().replies
    assert life.who.due_at == dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    life.who = life.who.but(paused_by=None)
    assert _asked(life.falls_due())


def test_what_was_missed_is_asked_once_and_not_at_night() -> None:
    """After three months of silence of ours there is one question, in the morning, and the next a month on."""
    life = Life().agrees(15, 20)
    assert not life.falls_due(dt.timedelta(days=90, hours=5)).replies
    assert life.who.due_at == dt.datetime(2027, 3, 16, 0, tzinfo=dt.UTC)
    assert _asked(life.falls_due())
    assert life.who.due_at == dt.datetime(2027, 4, 15, 12, tzinfo=dt.UTC)


def test_an_interview_in_hand_is_not_interrupted() -> None:
    """Who has just answered a card is asked an hour later; who left it long ago is asked, and finds the way back."""
    life = Life(goal="assess").agrees()
    life.does(action="goal:afford")
    assert life.who.due_at is not None
    life.now = life.who.due_at - dt.timedelta(minutes=5)
    life.does(text="3000")
    card = life.does(action="menu:")
    life.does(action="goal:afford")
    assert card.replies
    assert not life.falls_due().replies
    assert _asked(life.falls_due())
    back = life.does(action="pass:")
    assert life.who.goal == "afford"
    assert back.replies


def test_a_reminder_that_could_not_be_delivered_comes_the_next_day() -> None:
    """One that lapsed comes tomorrow at its hour, and not at all if the line was told meanwhile."""
    life = Life().agrees(15, 20)
    life.falls_due()
    life.now += dt.timedelta(hours=2)
    assert not life.does(due="lapsed").replies
    assert life.who.due_at == dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC)
    told = Life().agrees(15, 20)
    told.who, told.now = life.who, life.now + dt.timedelta(hours=1)
    told.does(text="32000")
    assert not told.falls_due().replies
    assert told.who.due_at == dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)
    assert _asked(life.falls_due())


def test_reminders_end_when_nobody_is_there() -> None:
    """Blocked once, or three times without an answer: no more of them; the third says that it is the last."""
    life = Life().agrees()
    life.falls_due()
    life.does(due="gone")
    assert life.who.due_at is None
    silent = Life(language="en").agrees()
    turns = [silent.falls_due() for _ in range(4)]
    assert [_asked(turn) for turn in turns] == [True, True, True, False]
    assert "in peace" in _words(turns[2])
    assert silent.who.due_at is None


def test_an_answer_keeps_reminders_going() -> None:
    """Whoever answers, or says not this time, is asked again however often they were silent before."""
    life = Life().agrees()
    for answer in ("same:", "pass:"):
        life.falls_due()
        life.falls_due()
        life.does(action=answer)
        assert life.who.following.checkin is not None
        assert life.who.following.checkin.unheard == 0


def test_skipping_keeps_the_line_that_was_told() -> None:
    """Words that skip a card pass this month over and take nothing back."""
    life = Life().agrees()
    before = life.who.answers["current_line"]
    life.falls_due()
    life.does(text="跳过")
    assert life.who.answers["current_line"] == before


def _chart(turn: Turn) -> Fan | None:
    pictures = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Picture)]
    return next((one.of for one in pictures if isinstance(one.of, Fan)), None)


@pytest.mark.parametrize(("line", "inside"), [("same:", True), ("90000", False), ("1万", False)])
def test_what_was_foretold_is_laid_beside_what_came(line: str, inside: bool) -> None:
    """The range of that very month is judged, the points stand in the chart, and the forecast goes on from the line."""
    life = Life().agrees(25, 9)
    foretold = life.who.following.foretold
    assert foretold is not None
    life.falls_due(dt.timedelta(days=30))
    turn = life.does(action=line) if line.endswith(":") else life.does(text=line)
    if life.who.doubt is not None:
        turn = life.does(action="yes:")
    outcome = life.who.following.outcomes[-1]
    low, _middle, high = foretold.without[outcome.month]
    assert outcome.month == foretold.month(life.now) > 0
    assert outcome.inside is (low <= outcome.line <= high) is inside
    chart = _chart(turn)
    assert chart is not None
    assert chart.reported == ((float(outcome.month), outcome.line),)
    ahead = base_forecast(life.who.but(goal="assess"), _scene(life.now))
    assert ahead.line[0].p50 == outcome.line


def test_a_band_counts_as_inside_where_it_meets_the_range() -> None:
    """A line told as a band is no miss only because its middle is."""
    following = Life().agrees(25, 9).who.following
    assert following.foretold is not None
    low, _middle, high = following.foretold.without[2]
    at = NOW + dt.timedelta(days=61)
    assert following.told(high * 2.0, (high - 1.0, high * 3.0), at).outcomes[-1].inside
    assert not following.told(high * 2.0, (high + 1.0, high * 3.0), at).outcomes[-1].inside
    assert not following.told(low / 2.0, None, at).outcomes[-1].inside


def test_who_is_burdened_hears_of_no_range() -> None:
    """With debts too heavy nothing is foretold or compared, and the way leads to lightening them."""
    life = Life(LENDERS, language="en").agrees()
    assert life.who.following.foretold is None
    life.falls_due()
    turn = life.does(text="30000")
    assert _chart(turn) is None
    words = _words(turn)
    assert "eight times out of ten" not in words
    assert "step by step" in words


def test_no_plan_yet_is_said_plainly() -> None:
    """Who has told nothing finds the way to an estimate under /progress."""
    life = Life()
    life.who = Conversation(id="new", language="en", consent_at=NOW, adult=True)
    turn = life.does(command="progress")
    assert "no plan yet" in _words(turn)
    assert any(button.action == "goal:assess" for row in turn.replies[0].buttons for button in row)


def test_ticks_are_kept_with_their_date_and_outlive_a_new_plan() -> None:
    """Done and not for me stay when the plan is made anew, which then leaves them out."""
    life = Life()
    life.does(command="progress")
    first, *others = [step.action for step in life.who.following.steps]
    life.does(action=f"tick:{first}:done")
    for other in others:
        life.does(action=f"tick:{other}:unfit")
    life.does(action="ticks:new")
    marks = {step.action: (step.mark, step.at) for step in life.who.following.steps}
    assert marks[first] == ("done", NOW)
    assert all(marks[other] == ("unfit", NOW) for other in others)
    actions = [step.action for step in life.who.following.steps]
    assert len(set(actions)) == len(actions)
    life.does(action=f"tick:{first}:open")
    assert next(step for step in life.who.following.steps if step.action == first).at is None


def test_a_tick_changes_no_answer_until_the_person_says_so() -> None:
    """A step done offers what it may have changed; only the tap on it counts, and then in the next forecast."""
    life = Life()
    life.does(command="progress")
    step = "upload_income_proof"
    assert step in {kept.action for kept in life.who.following.steps}
    before = dict(life.who.answers)
    turn = life.does(action=f"tick:{step}:done")
    assert life.who.answers == before
    offered = [button.action for row in turn.replies[0].buttons for button in row]
    assert f"moved:{step}:0" in offered
    assert "retell:verified_income_share" in offered
    was = base_forecast(life.who, _scene())
    life.does(action=f"moved:{step}:0")
    assert life.who.answers["verified_income_share"].value == 0.9
    assert base_forecast(life.who, _scene()).line[6].p90 >= was.line[6].p90
    life.does(action="retell:verified_income_share")
    assert life.who.focus == "verified_income_share"


@pytest.mark.parametrize(
    "action", ["tick:nonsense:done", "moved:nonsense:0", "moved:upload_income_proof:99", "retell:nonsense"]
)
def test_buttons_of_another_plan_do_nothing(action: str) -> None:
    """A tick for a step that is not in the plan leaves everything as it was."""
    life = Life()
    before = life.who
    assert life.does(action=action).replies
    assert life.who.following == before.following
    assert life.who.answers == before.answers


def test_a_clock_that_is_chosen_moves_the_reminder() -> None:
    """The same hour by another clock, and the card names that clock."""
    life = Life(language="en").agrees(15, 20)
    offered = life.does(action="remind:clocks").replies[0]
    assert len([b for row in offered.buttons for b in row if b.action.startswith("remind:zone:")]) == len(CLOCKS)
    turn = life.does(action="remind:zone:Europe/London")
    assert life.who.due_at == dt.datetime(2026, 12, 15, 20, tzinfo=dt.UTC)
    assert "London time" in _words(turn)


@settings(max_examples=60, deadline=None)
@given(
    day=st.integers(1, 31),
    hour=st.integers(8, 21),
    clock=st.sampled_from(CLOCKS),
    waits=st.lists(st.timedeltas(dt.timedelta(), dt.timedelta(days=3)), min_size=1, max_size=8),
)
def test_no_one_is_asked_at_night_or_twice_a_day(day: int, hour: int, clock: str, waits: list[dt.timedelta]) -> None:
    """However late each letter comes, questions fall on different days by day, and after each another is planned."""
    life = Life("unknown_line")
    life.who = life.who.but(goal=None)
    life.agrees(day, hour)
    life.does(action=f"remind:zone:{clock}")
    days: list[dt.date] = []
    for wait in waits:
        turn = life.falls_due(wait)
        local = life.now.astimezone(ZONES[clock])
        if _asked(turn):
            assert 8 <= local.hour < 22
            days.append(local.date())
            life.does(action="pass:")
        assert life.who.due_at is not None
        assert life.who.due_at > life.now
    assert len(set(days)) == len(days)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_stands_until_it_is_answered(language: str) -> None:
    """Whoever comes back finds the question again, and a kept conversation stays small through a year of answers."""
    life = Life(language=language)
    life.does(command="progress")
    life.agrees()
    for _ in range(12):
        life.falls_due()
        assert any(
            b.action == "same:"
            for reply in show_again(life.who, _scene(life.now))
            for row in reply.buttons
            for b in row
        )
        life.does(action="same:")
    assert len(life.who.model_dump_json(exclude_defaults=True).encode()) <= 8_192


@pytest.mark.parametrize(
    ("step", "question", "told", "offered"),
    [
        ("clear_overdue", "overdue_now", True, False),
        ("clear_overdue", "overdue_now", False, None),
        ("upload_income_proof", "verified_income_share", 0.95, None),
        ("pay_on_time_autopay", "on_time_months", 3.0, None),
        ("renew_identity", "identity_valid", None, True),
    ],
)
def test_a_step_offers_only_what_it_makes_better_at_once(
    step: str, question: str, told: bool | float | None, offered: bool | None
) -> None:
    """Nothing is offered that is as good already, or that takes months; the person may always say it themselves."""
    life = Life()
    answers = {**life.who.answers}
    if told is not None:
        answers[question] = answers["current_line"].model_copy(update={"value": told})
    life.who = life.who.but(answers=answers, following=Following(steps=(KeptStep(action=step, month=0),)))
    card = life.does(action=f"tick:{step}:done").replies[0]
    actions = [button.action for row in card.buttons for button in row]
    assert f"retell:{question}" in actions
    assert (f"moved:{step}:0" in actions) is (offered is not None)
    life.does(action=f"moved:{step}:0")
    assert life.who.answers.get(question) == answers.get(question) if offered is None else True
    if offered is not None:
        assert life.who.answers[question].value is offered


def test_a_step_in_full_says_what_it_will_not_do() -> None:
    """One tap on a step opens it with its limits and the ticks that it has not; a step without facts is just noted."""
    life = Life(language="en")
    steps = tuple(KeptStep(action=name, month=0) for name in ("upload_income_proof", "ask_manual_review"))
    life.who = life.who.but(following=Following(steps=steps))
    turn = life.does(action="tick:upload_income_proof")
    assert "What it will not do" in _words(turn)
    assert [button.label for button in turn.replies[0].buttons[0]] == ["Done", "Not for me"]
    assert "one step done" in _words(life.does(action="tick:ask_manual_review:done"))
    assert "A plan of" not in _words(life.does(action="goal:assess"))


def test_the_same_as_nothing_is_asked_for() -> None:
    """Who never told a line and says that it is unchanged is asked for it."""
    life = Life("unknown_line")
    life.does(action="same:")
    assert life.who.goal == "follow"
    assert life.who.focus == "current_line"
    assert "current_line" not in life.who.answers


def test_a_clock_without_a_reminder_is_no_reminder() -> None:
    """An old button of a clock brings the days to choose from, and nothing falls due."""
    life = Life()
    assert life.does(action="remind:zone:Asia/Tokyo").replies
    assert life.who.due_at is None


def test_the_way_back_leads_where_one_was() -> None:
    """After an answer, back to the result that the question interrupted; pressed elsewhere it changes nothing."""
    life = Life().agrees()
    life.falls_due()
    life.does(action="same:")
    assert life.who.goal == "follow"
    life.does(action="return:")
    assert life.who.goal == "assess"
    assert life.who.accepted
    life.does(action="return:")
    assert life.who.goal == "assess"


def test_an_answer_too_soon_is_not_compared() -> None:
    """A line told within the first two weeks is thanked for; there is nothing yet that was foretold for it."""
    life = Life(language="en").agrees(30, 9)
    turn = life.falls_due()
    assert _asked(turn)
    after = life.does(action="same:")
    assert _chart(after) is None
    assert "What was foretold" not in _words(after)
    assert not any(b.action == "return:" for row in _unasked(language="en").buttons for b in row)


def _unasked(language: str) -> Reply:
    """The card after an answer that interrupted nothing, for somebody whose plan is at hand and who is reminded."""
    life = Life(language=language)
    life.does(command="progress")
    life.agrees()
    steps = life.does(action="ticks:").replies[0]
    assert not any(button.action == "remind:" for row in steps.buttons for button in row)
    life.does(action="menu:")
    life.falls_due()
    return life.does(action="same:").replies[0]
