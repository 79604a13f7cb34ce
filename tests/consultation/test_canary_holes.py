"""Holes: the canary sings when one figure of one member gets out, whichever way it takes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from unittest.mock import patch

import pytest

from bot.consultation import desk_posts, desk_steps, wording
from bot.dialogue.messages import Picture, Reply, Text, Toast
from bot.dialogue.polls import Poll
from bot.service import consulting
from bot.service.deciding import Beside
from tests.consultation.canary import Aviary, sung
from tests.consultation.desking import ADA, GROUP, MEMBERS, NUMBER
from tests.consultation.secrecy import forms
from tests.journeys.walking import scene_now

SEED = 3
DESK = f"desk:{NUMBER}"
LOG = logging.getLogger("a part of the bot")
Hole = AbstractContextManager[object]


def _instead(room: object, name: str, change: Callable[..., object]) -> Hole:
    """In a room, what this gives is changed on its way."""
    real = getattr(room, name)
    return patch.object(room, name, lambda *told, **more: change(real(*told, **more)))


def _with_words(figure: str) -> Callable[[Reply], Reply]:
    return lambda reply: reply.model_copy(update={"blocks": (*reply.blocks, Text(markup=f"their line is {figure}"))})


def _with_caption(figure: str) -> Callable[[Reply], Reply]:
    def change(reply: Reply) -> Reply:
        picture, *rest = reply.blocks
        assert isinstance(picture, Picture)
        chart = picture.of.model_copy(update={"note": f"beside {figure}"})
        return reply.model_copy(update={"blocks": (picture.model_copy(update={"of": chart}), *rest)})

    return change


def _with_option(figure: str) -> Callable[[Reply], Reply]:
    def change(reply: Reply) -> Reply:
        (poll,) = reply.blocks
        assert isinstance(poll, Poll)
        return reply.model_copy(update={"blocks": (poll.model_copy(update={"options": (*poll.options, figure)}),)})

    return change


def _with_button(figure: str) -> Callable[[Reply], Reply]:
    def change(reply: Reply) -> Reply:
        (first, *row), *rows = reply.buttons
        return reply.model_copy(update={"buttons": ((first.model_copy(update={"label": figure}), *row), *rows)})

    return change


def _logged(figure: str) -> Callable[[object], object]:
    def change(turn: object) -> object:
        LOG.info("a turn for %s", figure)
        return turn

    return change


def _failed(figure: str) -> Callable[[object], object]:
    def change(turn: object) -> object:
        LOG.error("a turn failed", exc_info=ValueError(figure))
        return turn

    return change


HOLES: Mapping[str, Callable[[str], Hole]] = {
    "card": lambda figure: _instead(wording, "card_words", lambda words: f"{words}, {figure}"),
    "button": lambda figure: _instead(consulting, "_turn", lambda turn: _in_group(turn, _with_button(figure))),
    "toast": lambda figure: patch.object(consulting, "Toast", lambda press, **_: Toast(press=press, words=figure)),
    "draft": lambda _figure: patch.object(desk_steps, "fault_for_group", lambda *_: None),
    "caption": lambda figure: _instead(desk_posts, "supposed", _with_caption(figure)),
    "words": lambda figure: _instead(desk_posts, "supposed", _with_words(figure)),
    "poll": lambda figure: _instead(desk_posts, "vote", _with_option(figure)),
    "log": lambda figure: _instead(consulting, "_turn", _logged(figure)),
    "error": lambda figure: _instead(consulting, "_turn", _failed(figure)),
}


def _in_group(turn: Beside, change: Callable[[Reply], Reply]) -> Beside:
    if turn.conversation.id == GROUP:
        return replace(turn, replies=tuple(change(one) if one.buttons else one for one in turn.replies))
    return turn


def _figure(room: Aviary) -> str:
    return min(forms(room.facts[MEMBERS[0]]))


def _goes_everywhere(room: Aviary) -> None:
    """An adviser does everything that can be done from the desk for a group, with a member's figure in mind."""
    room.draws()
    room.presses(ADA, f"{DESK}:S:{min(scene_now().library.actions)}")
    room.presses(ADA, f"{DESK}:V")
    room.presses(ADA, f"{DESK}:d")
    room.types(ADA, f"their line is {_figure(room)}")
    room.presses(ADA, f"{DESK}:p")
    room.take(GROUP, public=True, speaker=MEMBERS[0], action=f"letter:{NUMBER}:A", press="p1", place=7)


def test_nothing_gets_out_where_there_is_no_hole() -> None:
    """The same steps, and the canary is silent."""
    assert sung(SEED, _goes_everywhere) == []


@pytest.mark.parametrize("way", HOLES)
def test_the_canary_sings_at_every_hole(way: str) -> None:
    """A figure of somebody on a card, button or toast, in a draft, under a picture, in a poll, the log or an error."""
    room = Aviary(SEED)
    figure = _figure(room)
    room.store.dispose()
    with HOLES[way](figure):
        assert figure in sung(SEED, _goes_everywhere)
