"""Answering presses and asking questions: callback answers and polls."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.placing import Kind, place
from bot.channels.playground.methods.reaching import reach, reach_message
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.news import tell_poll
from bot.channels.playground.town.records import Poll
from bot.channels.playground.town.showing import poll_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.formatting import read_words
from bot.channels.playground.words.keyboards import read_keyboard

LONGEST_ANSWER = 200
LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS = 12
_POLLS = Kind("can_send_polls", "polls")


def answer_press(town: Town, call: Call) -> bool:
    """Answer a press, once and in time: answerCallbackQuery."""
    press = town.presses.get(call.text("callback_query_id"))
    if press is None or press.answer is not None or town.now - press.at > town.setup.answer_seconds:
        raise refuse("press_too_old")
    text = call.text("text")
    if len(text) > LONGEST_ANSWER:
        raise refuse("answer_too_long")
    press.answer = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
    press.answered_at = town.now
    return True


def send_poll(town: Town, call: Call) -> Wire:
    """Ask everybody: sendPoll."""
    poll = _read_poll(town, call)
    said = place(town, call, {"poll": {"id": poll.id}}, _POLLS)
    poll.chat = said["chat"]["id"]
    return said


def _read_poll(town: Town, call: Call) -> Poll:
    question, kind = read_words(call, "question"), call.text("type") or "regular"
    if not question:
        raise refuse("poll_no_question")
    if len(question) > LONGEST_QUESTION:
        raise refuse("poll_question_long")
    options = _options(call)
    if kind not in {"regular", "quiz"}:
        raise refuse("poll_type_unknown")
    correct = _correct(call)
    if kind == "quiz" and not 0 <= correct < len(options):
        raise refuse("poll_no_answer")
    number = str(town.draw("poll", town.count("polls")))
    poll = Poll(number, 0, question, options, kind=kind, multiple=call.flag("allows_multiple_answers"))
    poll.anonymous = not call.given("is_anonymous") or call.flag("is_anonymous")
    poll.correct, poll.explanation = correct, read_words(call, "explanation")
    town.polls[number] = poll
    return poll


def _options(call: Call) -> list[str]:
    try:
        told = call.structure("options")
    except ValueError:
        told = None
    listed = told if isinstance(told, list) else []
    options = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in listed]
    if not options:
        raise refuse("poll_no_options")
    if len(options) > MOST_OPTIONS:
        raise refuse("poll_many_options")
    if any(not 1 <= len(option) <= LONGEST_OPTION for option in options):
        raise refuse("poll_option_long")
    return options


def _correct(call: Call) -> int:
    """The number of the right option, as the old or the new parameter says it; -1 when none is."""
    if call.given("correct_option_id"):
        return call.integer("correct_option_id", -1)
    try:
        told = call.structure("correct_option_ids")
    except ValueError:
        told = None
    return int(told[0]) if isinstance(told, list) and told else -1


def stop_poll(town: Town, call: Call) -> Wire:
    """Take no more votes: stopPoll."""
    message = reach_message(town, reach(town, call, "edit"), call, "poll_unknown")
    held = message.content.get("poll", {}).get("id", "")
    if held not in town.polls or message.sender != town.bot.id:
        raise refuse("poll_unknown")
    poll = town.polls[held]
    if poll.closed:
        raise refuse("poll_closed")
    poll.closed = True
    message.markup = read_keyboard(call, private=message.chat > 0, inline_only=True).inline
    tell_poll(town, poll)
    return poll_wire(poll)


METHODS: Final[dict[str, Method]] = {
    "answercallbackquery": answer_press,
    "sendpoll": send_poll,
    "stoppoll": stop_poll,
}
