"""The export: everything that is kept of a person as plain data for a file to read by programs, and one by people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import JsonValue

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Paper
from bot.dialogue.own_answers import OwnAnswer, own_answers
from bot.dialogue.scene import Scene

FORMAT = "limit-guide export 1"
_NAME = "limit-guide"
_STATE = ("conversations", "state")
Page = dict[str, JsonValue]


def export_papers(who: Conversation, scene: Scene) -> tuple[Paper, Paper]:
    """Two files with every value that is kept: a page to read, and JSON."""
    day = f"{_NAME}-{scene.now:%Y-%m-%d}"
    page = Paper(
        form="record",
        name=f"{day}.html",
        language=who.language,
        caption=scene.say(who, "export.page"),
        content=_page(who, scene),
    )
    data = Paper(
        form="export",
        name=f"{day}.json",
        language=who.language,
        caption=scene.say(who, "export.json"),
        content=_document(who, scene),
    )
    return page, data


def _document(who: Conversation, scene: Scene) -> Page:
    labels: Page = {one.question: one.label for one in own_answers(who, scene)}
    state: JsonValue = who.model_dump(mode="json")
    return {
        "format": FORMAT,
        "exported_at": scene.now.isoformat(),
        "conversation": state,
        "labels": labels,
        "rows": _rows(scene),
    }


def _rows(scene: Scene) -> Page:
    """What stands in the tables besides the conversation's state, which is there already."""
    held = scene.held.rows if scene.held is not None else {}
    return {
        table: [{name: value for name, value in row.items() if (table, name) != _STATE} for row in rows]
        for table, rows in held.items()
    }


def _page(who: Conversation, scene: Scene) -> Page:
    sections: list[JsonValue] = [*_answers(who, scene)]
    sections.append(_section(scene.say(who, "export.state"), ("name", "value"), list(_state(who, scene)), who, scene))
    for table, rows in _rows(scene).items():
        sections.append(_table(table, rows, who, scene))
    return {
        "title": scene.say(who, "export.title"),
        "about": scene.say(who, "export.about", at=scene.now.date(), consent=who.consent_at),
        "sections": sections,
    }


def _answers(who: Conversation, scene: Scene) -> Iterator[Page]:
    """The answers, a section for each topic."""
    for topic, told in groupby(own_answers(who, scene), key=lambda one: one.topic):
        title = scene.say(who, "export.answers", topic=topic)
        yield _section(title, ("question", "answer", "exact", "when"), [_cells(one) for one in told], who, scene)


def _cells(one: OwnAnswer) -> list[str]:
    return [one.label, one.words, one.exact, f"{one.when} {one.how}"]


def _state(who: Conversation, scene: Scene) -> Iterator[list[str]]:
    """Every field of the state that says something, under its name in words where it has one."""
    known = scene.library.phrases.keys(who.language)
    for name, value in who.model_dump(mode="json", exclude_defaults=True, exclude={"answers"}).items():
        yield [scene.say(who, f"field.{name}") if f"field.{name}" in known else name, _written(value)]


def _table(table: str, rows: JsonValue, who: Conversation, scene: Scene) -> Page:
    """A table of the store as it stands there, under its name in words where it has one."""
    told = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    names = tuple(dict.fromkeys(name for row in told for name in row))
    cells = [[_written(row.get(name)) for name in names] for row in told]
    return {"title": table_words(table, who, scene), "header": list(names), "rows": _json(cells)}


def table_words(table: str, who: Conversation, scene: Scene) -> str:
    """What a table of the store keeps, in words; its own name where nobody has written any."""
    known = f"held.{table}" in scene.library.phrases.keys(who.language)
    return scene.say(who, f"held.{table}") if known else table


def _section(title: str, names: Sequence[str], rows: list[list[str]], who: Conversation, scene: Scene) -> Page:
    header: list[JsonValue] = [scene.say(who, f"export.column.{name}") for name in names]
    return {"title": title, "header": header, "rows": _json(rows)}


def _json(rows: list[list[str]]) -> list[JsonValue]:
    return [list(row) for row in rows]


def _written(value: JsonValue) -> str:
    """A value as one can read it: words as they are, everything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
