"""unanswered: questions that found no answer, in groups that ask alike; one tap begins an entry about a group."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Open, shown
from bot.admin.clusters import Cluster, begun_entry, cluster_of, clusters, entry_path, taught
from bot.admin.desk import READERS, AdminCommand, Desk, RefusedError, Sheet, Told, Way
from bot.admin.topics import listening
from bot.dialogue.consenting import FEWEST
from bot.dialogue.messages import Bar, Bars
from bot.publishing.bench import lay_down, read_bench
from bot.store.editions import Draft
from bot.store.engine import reading
from bot.store.unanswered import drop_unanswered, read_unanswered
from knowledge.entries import NO_WORDS

_WRITERS = frozenset({"owner", "editor"})
"""Who sees the questions of few people too and writes entries; the words of consent say so."""
_MOST_BUTTONS, _MOST_BARS, _MOST_TOLD = 6, 8, 12
_SHORT = 24


class _Unanswered(Arguments):
    which: Annotated[Open, Field(examples=["a1b2c3"])] = "all"
    act: Literal["look", "draft", "done"] = "look"


def _unanswered(desk: Desk, given: _Unanswered) -> Told:
    with reading(desk.store) as connection:
        found = clusters(read_unanswered(connection), desk.library.finder)
    mine = found if desk.operator.role in _WRITERS else tuple(one for one in found if one.people >= FEWEST)
    if given.which == "all":
        return _listed(desk, mine, len(found) - len(mine))
    cluster = cluster_of(mine, given.which)
    if cluster is None:
        raise RefusedError(desk.say("office.unanswered.unknown", read=shown(given.which)))
    if given.act == "look":
        return _looked_at(desk, cluster)
    if desk.operator.role not in _WRITERS:
        raise RefusedError(desk.say("office.unanswered.editors"))
    return _drafted(desk, cluster) if given.act == "draft" else _done(desk, cluster)


def _listed(desk: Desk, found: tuple[Cluster, ...], hidden: int) -> Told:
    """All groups, largest first; those of few people are only counted for whoever writes no entries."""
    if not found:
        return Told(desk.say("office.unanswered.none", hidden=hidden, kept=bool(desk.settings.secrets)))
    rows = tuple((one.code, one.people, len(one.questions), f"{one.newest}", one.typical[0]) for one in found)
    sheet = Sheet(("code", "people", "questions", "newest_week", "asked"), rows)
    bars = tuple(Bar(label=one.typical[0], value=one.people) for one in found[:_MOST_BARS])
    chart = Bars(title=desk.say("office.unanswered.title"), rows=bars, unit=desk.say("office.unanswered.unit"))
    ways = tuple(Way(_short(one), f"unanswered {one.code}") for one in found[:_MOST_BUTTONS])
    asked = sum(len(one.questions) for one in found)
    words = desk.say("office.unanswered.all", groups=len(found), questions=asked, hidden=hidden, fewest=FEWEST)
    return Told(words, sheet, chart, ways=ways)


def _short(cluster: Cluster) -> str:
    words = cluster.typical[0]
    return f"{words if len(words) <= _SHORT else words[:_SHORT] + chr(0x2026)} ({cluster.people})"


def _looked_at(desk: Desk, cluster: Cluster) -> Told:
    intents = [desk.library.intents[slug] for slug in cluster.intents if slug in desk.library.intents]
    names = [desk.read_out(one.name or NO_WORDS) for one in intents]
    told = {"asked": cluster.typical[:_MOST_TOLD], "more": max(0, len(cluster.typical) - _MOST_TOLD)}
    words = desk.say("office.unanswered.one", people=cluster.people, nearest=names, newest=cluster.newest, **told)
    if desk.operator.role not in _WRITERS:
        return Told(words)
    draft = Way(desk.say("office.unanswered.draft"), f"unanswered {cluster.code} draft")
    done = Way(desk.say("office.unanswered.done"), f"unanswered {cluster.code} done")
    return Told(words, ways=(draft, done))


def _drafted(desk: Desk, cluster: Cluster) -> Told:
    """A page with everything but the answer lies among the drafts from now on, and the questions with its intent."""
    heard = listening(cluster.typical, desk.library)
    path, page = entry_path(cluster), begun_entry(cluster, heard, desk.now.date())
    bench = read_bench(desk.store)
    if path in bench.changes:
        raise RefusedError(desk.say("office.unanswered.drafted_before", path=path))
    intent = f"intents/{next(iter(cluster.intents), '')}.yaml"
    known = bench.text(intent)
    texts = {path: page} | ({} if known is None else {intent: taught(known, cluster)})
    at_ms = round(desk.now.timestamp() * 1000)

    def change(connection: Connection) -> bool:
        for name, text in texts.items():
            lay_down(connection, Draft(name, text, desk.operator.name, at_ms))
        return True

    words = desk.say("office.unanswered.drafted", path=path, intent=intent if known else "", page=page, heard=heard)
    ways = (f"entry asked_{cluster.code}", "draft")
    return Told(
        words,
        ways=tuple(Way(desk.worded(f"office.label.{line.split()[0]}", line), line) for line in ways),
        change=change,
    )


def _done(desk: Desk, cluster: Cluster) -> Told:
    """The questions are let go: they have an answer now, or need none."""
    numbers = [one.id for one in cluster.questions]

    def change(connection: Connection) -> bool:
        drop_unanswered(connection, numbers)
        return True

    return Told(desk.say("office.unanswered.let_go", questions=len(numbers)), change=change, wipe=True)


COMMAND = AdminCommand(
    "unanswered",
    "questions without an answer, in groups that ask alike",
    _unanswered,
    READERS,
    _Unanswered,
    group="knowledge",
)
