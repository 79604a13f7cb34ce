"""My data: what is kept, in words and as files, taking consent back, and deletion of everything at once."""

from __future__ import annotations

from itertools import groupby

from bot.dialogue.consenting import MONTHS_KEPT
from bot.dialogue.conversation import Conversation
from bot.dialogue.exporting import export_papers, table_words
from bot.dialogue.messages import Button, Reply, Text
from bot.dialogue.own_answers import own_answers
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.sharing import concerned


def show_data(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Everything that is kept, on one screen; how much of what else there is only the store can say."""
    blocks = (_about(who, scene), *_answers(who, scene), *_besides(who, scene))
    reply = Reply(blocks=blocks, buttons=_ways(who, scene))
    return Turn(who, (reply,), show=False, wants_held=scene.held is None)


def _about(who: Conversation, scene: Scene) -> Text:
    return scene.text(
        who,
        "data.about",
        consent=who.consent_at,
        refused=who.refused_at,
        minor=who.adult is False,
        count=len(who.answers),
        months=MONTHS_KEPT,
    )


def _answers(who: Conversation, scene: Scene) -> tuple[Text, ...]:
    topics = groupby(own_answers(who, scene), key=lambda one: one.topic)
    lines = [scene.say(who, "data.topic", topic=topic, answers=tuple(told)).strip() for topic, told in topics]
    return (Text(markup="\n\n".join(lines)),) if lines else ()


def _besides(who: Conversation, scene: Scene) -> tuple[Text, ...]:
    held = scene.held.rows if scene.held is not None else {}
    counts = tuple((table_words(table, who, scene), len(rows)) for table, rows in held.items())
    words = scene.say(
        who,
        "data.besides",
        counts=counts,
        lines=len(who.lines),
        target=who.target,
        due=who.due_at,
        steps=len(who.following.steps),
        outcomes=len(who.following.outcomes),
        sealed=scene.held is not None and scene.held.sealed,
    )
    return (Text(markup=words.strip()),) if words.strip() else ()


def _ways(who: Conversation, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = [
        (scene.button(who, "data.export", "export:"), scene.button(who, "privacy.open", "privacy:"))
    ]
    if who.answers and who.consent_at is not None and who.adult:
        rows.append((scene.button(who, "data.correct", "review:" if who.goal is not None else "goal:assess"),))
    if who.consent_at is not None and who.adult:
        wish = ("news.again", "news:on") if who.quiet else ("news.stop", "news:off")
        rows.append((scene.button(who, *wish),))
    if concerned(who) and who.consent_at is not None and who.adult:
        rows.append((scene.button(who, "share.open", "share:"),))
    if scene.held is not None and scene.held.rows.get("seats"):
        rows.append((scene.button(who, "consultation.mine", "seat:"),))
    leave = scene.button(who, "data.delete", "forget:")
    if who.consent_at is None:
        rows.append((leave,))
    else:
        rows.append((scene.button(who, "data.withdraw", "withdraw:"), leave))
    return (*rows, (scene.button(who, "menu.back", "menu:"),))


def _export(who: Conversation, _argument: str, scene: Scene) -> Turn:
    replies = tuple(Reply(blocks=(paper,)) for paper in export_papers(who, scene))
    back = Reply(blocks=(scene.text(who, "export.done"),), buttons=_ways(who, scene)[-2:])
    return Turn(who, (*replies, back), show=False, wants_held=scene.held is None).noting("export")


def ask_to_withdraw(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """What goes and what stays when consent is taken back, and one more tap to do so."""
    row = (scene.button(who, "data.withdraw_yes", "withdrawn:"), scene.button(who, "data.delete_no", "data:"))
    asked = who.but(asked_to=("withdrawn:", who.revision + 1))
    return Turn(asked, (Reply(blocks=(scene.text(who, "data.withdraw_sure"),), buttons=(row,)),), show=False)


def _withdrawn(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """Nothing stays but that, and when, consent was taken back."""
    left = Conversation(
        id=who.id,
        language=who.language,
        language_chosen=who.language_chosen,
        refused_at=scene.now,
        quiet=who.quiet,
        revision=who.revision,
        shown=who.shown,
        seed=who.seed,
    )
    return Turn(left, preface=scene.say(who, "data.withdrawn"), forget=True).noting("withdraw")


def _forget(who: Conversation, _argument: str, scene: Scene) -> Turn:
    row = (scene.button(who, "data.delete_yes", "erase:"), scene.button(who, "data.delete_no", "data:"))
    asked = who.but(asked_to=("erase:", who.revision + 1))
    return Turn(asked, (Reply(blocks=(scene.text(who, "data.sure"),), buttons=(row,)),), show=False)


def _erase(who: Conversation, _argument: str, scene: Scene) -> Turn:
    empty = Conversation(id=who.id, language=who.language, revision=who.revision)
    return Turn(empty, (Reply(blocks=(scene.text(who, "data.gone"),)),), erase=True)


ABILITY = Ability(
    name="data",
    commands={"data": show_data, "delete": _forget},
    verbs={
        "data": show_data,
        "export": _export,
        "withdraw": ask_to_withdraw,
        "withdrawn": _withdrawn,
        "forget": _forget,
        "erase": _erase,
    },
)
