"""My data: what is kept, as a list and as JSON, and deletion of everything at once."""

from __future__ import annotations

import json

from bot.dialogue.cards import said, value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply, Table
from bot.dialogue.scene import Ability, Scene, Turn


def _data(who: Conversation, _argument: str, scene: Scene) -> Turn:
    shelf = scene.library.questions
    rows = tuple(
        (
            said(who, scene, shelf[name].label),
            value_words(who, shelf[name], answer, scene),
            f"{answer.at:%Y-%m-%d %H:%M}",
        )
        for name, answer in who.answers.items()
        if name in shelf
    )
    header = tuple(scene.say(who, f"data.{column}") for column in ("what", "value", "when"))
    about = scene.text(who, "data.about", consent=who.consent_at, count=len(rows))
    blocks = (about, Table(header=header, rows=rows)) if rows else (about,)
    buttons = (
        (scene.button(who, "data.export", "export:"),),
        (scene.button(who, "data.delete", "forget:"),),
        (scene.button(who, "menu.back", "menu:"),),
    )
    return Turn(who, (Reply(blocks=blocks, buttons=buttons),), show=False)


def _export(who: Conversation, _argument: str, scene: Scene) -> Turn:
    document = json.dumps(who.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    block = scene.text(who, "data.json", document=document)
    return Turn(who, (Reply(blocks=(block,)),)).noting("export")


def _forget(who: Conversation, _argument: str, scene: Scene) -> Turn:
    row = (scene.button(who, "data.delete_yes", "erase:"), scene.button(who, "data.delete_no", "menu:"))
    return Turn(who, (Reply(blocks=(scene.text(who, "data.sure"),), buttons=(row,)),), show=False)


def _erase(who: Conversation, _argument: str, scene: Scene) -> Turn:
    empty = Conversation(id=who.id, language=who.language, revision=who.revision)
    return Turn(empty, (Reply(blocks=(scene.text(who, "data.gone"),)),), erase=True)


ABILITY = Ability(
    name="data",
    commands={"data": _data, "delete": _forget},
    verbs={"data": _data, "export": _export, "forget": _forget, "erase": _erase},
)
