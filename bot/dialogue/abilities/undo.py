"""Undo: the latest change of the interview taken back, and what it was said in words."""

from __future__ import annotations

from bot.dialogue.cards import said, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.undoing import taken_back


def _undo(who: Conversation, _argument: str, scene: Scene) -> Turn:
    before = taken_back(who)
    if before is None:
        return Turn(who, preface=scene.say(who, "undo.nothing"))
    shelf = scene.library.questions
    told = [
        {
            "label": said(who, scene, shelf[name].label),
            "value": value_words(who, shelf[name], was.answer, scene),
        }
        for name, was in who.trail[-1].told.items()
        if name in shelf
    ]
    return Turn(before, preface=scene.say(who, "undo.done", told=told)).noting("undo")


ABILITY = Ability(name="undo", commands={"undo": _undo}, verbs={"undo": _undo})
