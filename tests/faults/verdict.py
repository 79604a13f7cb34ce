"""The verdict on a simulated life: what must hold at its end, whatever befell it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from sqlalchemy import Engine, func, select

from bot.channels.playground.town.records import Press
from bot.channels.playground.words.markup import read_html
from bot.channels.telegram.rendering import render
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import arrival_of, read_update
from bot.dialogue.messages import Reply
from bot.dialogue.turn import show_again
from bot.store.conversations import load_conversation
from bot.store.tables import CONVERSATIONS, INBOX, OUTBOX
from tests.faults.absence import beginnings, ended_at, forgotten
from tests.faults.people import PLANTED
from tests.faults.watching import Called, Taking, Watch, meant

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
PRESS_LIFE = 150.0
SENT = frozenset({"sendmessage", "sendphoto", "senddocument"})
"""The calls by which something new comes into a chat."""

_TOLD_AGAIN = 5
"""Times that stopping a spinner is tried."""


_ASIDE = frozenset({"privacy", "tick", "ticks"})
"""Presses that show something beside the present card and the way back to it."""


def faults_of(watch: Watch, store: Engine, key: bytes, *, fair: bool, ordered: bool) -> list[str]:
    """Everything that went wrong, in words; empty for a good life.

    ``fair`` says that nothing on the way disturbed the calls, ``ordered`` that updates were handed in in order.
    """
    return [
        *_lost(watch, store, key),
        *_broken_chains(watch, store),
        *(_disorder(watch) if ordered else ()),
        *_open_promises(store),
        *_stale_cards(watch, store, key),
        *_repeats(watch),
        *_shuffled(watch),
        *_spinners(watch),
        *_words_in_logs(watch),
        *_impatience(watch),
        *(_refused_in_fair_weather(watch) if fair else ()),
    ]


def _lost(watch: Watch, store: Engine, key: bytes) -> Iterator[str]:
    """Every update that says something to us is taken once, but for those that the platform itself let go."""
    taken = Counter(taking.arrival.key for taking in watch.takings)
    with store.connect() as connection:
        waits = connection.scalar(select(func.count()).where(INBOX.c.done_at.is_(None)))
    if waits:
        yield f"{waits} letters wait for ever"
    yield from (f"{name} was taken {times} times" for name, times in taken.items() if times > 1)
    for update in watch.pushed:
        if f"tg:{update.id}" in taken or update.id in watch.expired:
            continue
        heard = arrival_of(read_update(update.wire()), key, "limit_guide_bot", NOW)
        meant = heard.arrival is not None or heard.reason == "edited"
        if meant:
            yield f"update {update.id} ({update.kind}) was lost"


def _chains(watch: Watch) -> dict[str, list[Taking]]:
    chains: dict[str, list[Taking]] = defaultdict(list)
    for taking in watch.takings:
        chains[taking.name].append(taking)
    return chains


def _broken_chains(watch: Watch, store: Engine) -> Iterator[str]:
    """Each turn began where the one before had ended, and the last one is what is kept."""
    for name, chain in _chains(watch).items():
        for one, next_ in pairwise(chain):
            if next_.before not in beginnings(one, next_.arrival.at):
                yield f"{name}: {next_.arrival.key} did not begin where {one.arrival.key} ended"
        with store.connect() as connection:
            kept = load_conversation(connection, name)
        if kept not in beginnings(chain[-1], ended_at(watch)):
            yield f"{name}: kept is not what {chain[-1].arrival.key} decided"


def _disorder(watch: Watch) -> Iterator[str]:
    """What came in order was taken in order; numbers may begin anew after a week of silence."""
    place = {f"tg:{update.id}": nth for nth, update in enumerate(watch.pushed)}
    for name, chain in _chains(watch).items():
        places = [place[taking.arrival.key] for taking in chain]
        if places != sorted(places):
            yield f"{name}: taken out of order: {[taking.arrival.key for taking in chain]}"


def _open_promises(store: Engine) -> Iterator[str]:
    with store.connect() as connection:
        open_ = connection.scalar(select(func.count()).select_from(OUTBOX))
    if open_:
        yield f"{open_} promises were never kept"


def _stale_cards(watch: Watch, store: Engine, key: bytes) -> Iterator[str]:
    """The card that shows is the last that was decided, and it is the one that would be shown again."""
    for name, chain in _chains(watch).items():
        cards = [(taking, reply) for taking in chain for reply in taking.turn.replies if reply.slot]
        if not cards:
            continue
        taking, reply = cards[-1]
        yield from _stale(watch, store, key, taking, reply)
        if meant(taking).partition(":")[0] in _ASIDE:
            continue
        after = taking.turn.conversation
        again = show_again(after, taking.scene)[-1]
        labels = [button.label for row in again.buttons for button in row]
        if reply in taking.turn.replies[-1:] and labels != [button.label for row in reply.buttons for button in row]:
            yield f"{name}: the card of {taking.arrival.key} is not the one that would be shown again"


def _stale(watch: Watch, store: Engine, key: bytes, taking: Taking, reply: Reply) -> Iterator[str]:
    chat = watch.street.chat(int(taking.name.removeprefix("tg:")))
    revision = taking.turn.conversation.revision
    rendered = render(reply, partial(seal, key, chat.id, revision), enclosing=True)
    wanted = rendered.keyboard["inline_keyboard"] if rendered.keyboard else []
    words = read_html(rendered.parts[-1])[0].strip()
    shown = [sight for sight in chat.messages if (sight.message.markup or {}).get("inline_keyboard") == wanted]
    if not any(sight.text == words for sight in shown):
        yield f"{taking.name}: the card of {taking.arrival.key} (revision {revision}) does not show"
    with store.connect() as connection:
        kept = connection.scalar(select(CONVERSATIONS.c.card).where(CONVERSATIONS.c.id == taking.name))
    gone = taking.turn.erase or (kept is None and forgotten(taking, ended_at(watch)))
    if not gone and kept not in {sight.id for sight in shown}:
        yield f"{taking.name}: the card is said to be {kept}, but shows as {[sight.id for sight in shown]}"


def _number(call: Called) -> tuple[int, int]:
    """A promise's place in its chat."""
    assert call.promise is not None
    return call.promise.revision, call.promise.id


def _fresh(watch: Watch) -> dict[tuple[str, tuple[int, int]], list[Called]]:
    """The messages that were really sent, by chat and promise."""
    fresh: dict[tuple[str, tuple[int, int]], list[Called]] = defaultdict(list)
    for call in watch.calls:
        if call.method in SENT and call.code == 200 and call.promise is not None:
            fresh[f"tg:{call.chat}", _number(call)].append(call)
    return fresh


def _repeats(watch: Watch) -> Iterator[str]:
    """No more is seen twice than there were kills and doubtful sends; where it was an edit, nothing is."""
    again: Counter[str] = Counter()
    for (name, number), calls in _fresh(watch).items():
        assert calls[0].promise is not None
        parts = len(render(calls[0].promise.reply, str, enclosing=True).parts)
        again[name] += len(calls) - min(parts, len(calls))
        if calls[0].promise.edits is not None and len(calls) > parts:
            unsure = sum(call.unsure for call in calls) + len(watch.kills)
            if len(calls) - parts > unsure:
                yield f"{name}: promise {number} was an edit and came {len(calls)} times"
    for name, times in again.items():
        unsure = sum(call.unsure for call in watch.calls if f"tg:{call.chat}" == name and call.method in SENT)
        if times > unsure + len(watch.kills):
            yield f"{name}: {times} messages came twice after {len(watch.kills)} kills and {unsure} doubtful sends"
    yield from _sent_in_place_of_edits(watch)


def _sent_in_place_of_edits(watch: Watch) -> Iterator[str]:
    """What can be edited is not sent anew."""
    for call in watch.calls:
        if call.method not in SENT or call.promise is None or call.promise.edits is None:
            continue
        own = [one for one in watch.calls if one.method == "editmessagetext" and one.chat == call.chat]
        if any(one.promise and _number(one) == _number(call) and one.code == 200 for one in own):
            yield f"tg:{call.chat}: promise {call.promise.id} was edited in and sent as well"


def _shuffled(watch: Watch) -> Iterator[str]:
    """What comes anew in a chat comes in the order in which it was promised."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    erased = {name for name, chain in _chains(watch).items() if any(one.before.revision == 0 for one in chain[1:])}
    for call in watch.calls:
        if call.method in SENT | {"editmessagetext"} and call.code == 200 and call.promise is not None:
            seen[call.chat].append(_number(call))
    for chat, numbers in seen.items():
        if f"tg:{chat}" in erased:
            continue
        first = list(dict.fromkeys(numbers))
        if first != sorted(first):
            yield f"tg:{chat}: promises came as {first}"


def _spinners(watch: Watch) -> Iterator[str]:
    """Every press is answered, unless the process was dead or away, or all attempts failed on the way."""
    tried: Counter[str] = Counter(call.query for call in watch.calls if call.query and call.code != 200)
    tried.update(call.query for call in watch.calls if call.query and call.fault)
    for call in watch.calls:
        if call.along and (call.fault or call.code != 200):
            tried[call.query] = _TOLD_AGAIN  # it went along with a confirmation, and nobody hears what became of it
    for press in watch.street.town.presses.values():
        if press.answer is None and tried[press.id] < _TOLD_AGAIN and not _nobody_there(watch, press):
            yield f"press {press.id} by {press.person} at {press.at} was never answered"


def _nobody_there(watch: Watch, press: Press) -> bool:
    return any(press.at - 1 <= kill <= press.at + PRESS_LIFE for kill in (*watch.kills, *watch.pauses)) or any(
        update.id in watch.expired and update.body.get("id") == press.id for update in watch.pushed
    )


def _words_in_logs(watch: Watch) -> Iterator[str]:
    """Nothing escaped, nothing is logged as an error, and no line holds the token or anybody's figures."""
    yield from (f"escaped: {what}" for what in watch.escaped)
    secrets = (watch.street.token, watch.street.token.partition(":")[2], *PLANTED)
    for line in watch.lines:
        if line.startswith(("ERROR", "CRITICAL")):
            yield f"logged: {line}"
        if any(secret in line for secret in secrets):
            yield f"told a secret: {line}"


def _impatience(watch: Watch) -> Iterator[str]:
    """Whoever was told to wait waits to the end, unless a death made them forget it."""
    for nth, call in enumerate(watch.calls):
        if not call.retry or call.method not in SENT | {"editmessagetext"}:
            continue
        for later in watch.calls[nth + 1 :]:
            early = later.at < call.at + call.retry - 0.01
            same = later.chat == call.chat and later.method in SENT | {"editmessagetext"}
            if early and same and not any(call.at <= kill <= later.at for kill in watch.kills):
                yield f"tg:{call.chat}: told at {call.at} to wait {call.retry} s, but called at {later.at}"


def _refused_in_fair_weather(watch: Watch) -> Iterator[str]:
    for call in watch.calls:
        if call.retry:
            yield f"tg:{call.chat}: {call.method} was too much at {call.at}"
