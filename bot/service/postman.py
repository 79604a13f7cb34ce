"""The postman: delivers what was promised, in order in each chat, and marks it only once it is out of the door."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Engine

from bot.dialogue.messages import Reply
from bot.service import errands, quotas, settling
from bot.service.carrying import Begun, Carrier, Delivered, Later, Moved, Never, Outcome
from bot.service.moments import Clock, Run, T, milliseconds
from bot.service.pacing import Kind, Pace, is_group
from bot.service.persisting import surely
from bot.store.engine import reading, writing
from bot.store.outbox import Promise, due_promises, keep_promise, superseded

_MARGIN_MS = 12_000
"""A lease with less than this left is not used: one slow call could outlast it."""

_LONGEST_PAUSE, _SHORTEST_PAUSE = 60.0, 0.001
"""Seconds; what rounding leaves of a pause would be waited for again and again."""

_CARDS_KEPT, _MARK_SECONDS, _SLOW = 5000, 0.1, 0.5


def deliver(store: Engine, name: str, door: Callable[[Reply], None]) -> tuple[Reply, ...]:
    """Deliver all due promises of one conversation through a door that waits; returns them in order."""
    with reading(store) as connection:
        due = due_promises(connection, name)
    for waiting in due:
        door(waiting.reply)
        with writing(store) as connection:
            keep_promise(connection, waiting.id)
    return tuple(waiting.reply for waiting in due)


@dataclass(slots=True)
class _Round:
    """What one chat still gets: its promises, the end of their lease, the card's message and the task that delivers."""

    waiting: deque[Promise]
    until_ms: int
    card: int | None
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class Postman:
    """Delivers leased promises: each chat's in order, all chats side by side, each at its own pace.

    ``due`` says when put-off promises may be leased, ``edited`` what is out unmarked, ``counts`` what became of all.
    """

    store: Engine
    carrier: Carrier
    clock: Clock
    run: Run
    owner: str
    pace: Pace = field(default_factory=Pace)
    due: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    _rounds: dict[str, _Round] = field(default_factory=dict)
    _apart: set[str] = field(default_factory=set)
    edited: list[tuple[str, int]] = field(default_factory=list)
    _marking: asyncio.Task[None] | None = None
    _cards: OrderedDict[str, int] = field(default_factory=OrderedDict)

    def post(self, conversation: str, promises: Sequence[Promise], until_ms: int, *, whole: bool = False) -> None:
        """Deliver promises that are leased to this postman until a moment.

        Where something was put off, a turn's promises wait behind it, until the ``whole`` of the chat is leased anew.
        """
        if not promises:
            return
        if whole:
            self._apart.discard(conversation)
        elif conversation in self._apart:
            self.due.setdefault(conversation, self.clock().timestamp())
            return
        round_ = self._rounds.get(conversation)
        if round_ is None:
            round_ = self._rounds[conversation] = _Round(deque(promises), until_ms, promises[0].card)
            round_.task = asyncio.create_task(self._walk(conversation, round_))
        else:
            round_.waiting.extend(promises)
            round_.until_ms = until_ms

    def busy(self, conversation: str | None = None) -> bool:
        """Whether promises of this chat (of any, without one) are being delivered."""
        if conversation is not None:
            return conversation in self._rounds
        return bool(self._rounds) or not (self._marking is None or self._marking.done())

    async def finish(self, seconds: float) -> None:
        """Wait for the rounds in hand, so long; what is left stays promised and is leased again later."""
        tasks = [round_.task for round_ in self._rounds.values() if round_.task is not None]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._marking is not None:
            await asyncio.wait([self._marking], timeout=seconds)

    async def _walk(self, conversation: str, round_: _Round) -> None:
        try:
            going = True
            while round_.waiting and going:
                if milliseconds(self.clock()) < round_.until_ms - _MARGIN_MS:
                    going = await self._one(conversation, round_)
                else:
                    going = await self._put_off(conversation, self.clock().timestamp())
        finally:
            del self._rounds[conversation]

    async def _one(self, conversation: str, round_: _Round) -> bool:
        """Deliver the next promise of a chat; False when the rest has to wait."""
        promise = round_.waiting[0]
        if superseded(promise, round_.waiting):
            return await self._kept(conversation, round_, "superseded", None)
        promise = promise._replace(card=round_.card)
        kind: Kind = "edit" if self.carrier.in_place(promise) else "send" if promise.reply.news is None else "news"
        if await self._paced(conversation, kind) or await self._let_go(conversation, round_, promise):
            return True
        last = round_.waiting[-1].id
        outcome = await self._carried(conversation, promise)
        if kind == "news":
            await self._surely(partial(settling.told, self.store, promise.id, outcome, self.clock()))
        if isinstance(outcome, Begun):
            round_.waiting[0] = promise._replace(parts=outcome.parts, edits=None)
            await self._surely(partial(settling.part_kept, self.store, promise.id, self.owner, outcome.parts))
            return True
        if isinstance(outcome, Delivered):
            return await self._kept(conversation, round_, kind, outcome.card if promise.reply.slot else None)
        if isinstance(outcome, Never) and not outcome.gone:
            return await self._kept(conversation, round_, f"never.{outcome.why}", None)
        await self._stopped(conversation, promise, last, outcome)
        return False

    async def _paced(self, conversation: str, kind: Kind) -> bool:
        """Whether it was too soon for one more message; then the time is over. A group's places are in the store."""
        now, group = self.clock(), is_group(conversation)
        pause = self.pace.wait(conversation, kind, now.timestamp(), group=group)
        if group and pause == 0:
            pause = await self._surely(partial(quotas.place_taken, self.store, conversation, now))
        if pause > 0:
            self.counts["paced"] += 1
            await asyncio.sleep(max(pause, _SHORTEST_PAUSE))
        return pause > 0

    async def _carried(self, conversation: str, promise: Promise) -> Outcome:
        """Carry it; a call to a group that took long may have been seen only at its end, and counts from there."""
        begun = self.clock()
        outcome = await self.carrier.carry(conversation, promise)
        if is_group(conversation) and (self.clock() - begun).total_seconds() > _SLOW:
            await self._surely(partial(quotas.place_seen, self.store, conversation, begun, self.clock()))
        return outcome

    async def _let_go(self, conversation: str, round_: _Round, promise: Promise) -> bool:
        """Whether a promise that lapses is not to be kept any more; looked up at the last moment."""
        if promise.reply.lapses is None:
            return False
        why = await self._surely(partial(errands.let_go, self.store, conversation, promise, self.owner, self.clock()))
        if why:
            self.counts[why] += 1
            round_.waiting.popleft()
        return bool(why)

    async def _kept(self, conversation: str, round_: _Round, what: str, card: int | None) -> bool:
        promise = round_.waiting.popleft()
        known = self._known(conversation, card)
        changed = None if known and card in {None, round_.card} else card
        round_.card = card or round_.card
        self.counts[what] += 1
        if what == "edit" and changed is None:
            self._mark_soon(conversation, promise.id)
        else:
            edits = tuple(number for name, number in self.edited if name == conversation)
            mark = partial(settling.kept, self.store, conversation, promise.id, self.owner, changed)
            await self._surely(partial(mark, edits))
        return True

    def _known(self, conversation: str, card: int | None) -> bool:
        """Whether this card was the last that went out here, or none did lately: a turn may have read an older one."""
        if card is None:
            return True
        before = self._cards.pop(conversation, card)
        self._cards[conversation] = card
        if len(self._cards) > _CARDS_KEPT:
            self._cards.popitem(last=False)
        return before == card

    def _mark_soon(self, conversation: str, number: int) -> None:
        """Mark an edit together with others: edited once more after a kill, nobody would see it.

        What comes after it in its chat marks it at the latest; else it would bring an old card back.
        """
        self.edited.append((conversation, number))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark_edited())

    async def _mark_edited(self) -> None:
        await asyncio.sleep(_MARK_SECONDS)
        while self.edited:
            edited = tuple(self.edited)
            await self._surely(partial(settling.all_kept, self.store, [number for _, number in edited], self.owner))
            del self.edited[: len(edited)]

    async def _surely(self, mark: Callable[[], T]) -> T:
        return await surely(self.run, mark)

    async def _put_off(self, conversation: str, due: float) -> bool:
        """Give everything of a chat back until a moment, at which it is leased anew, all of it and in order; False."""
        self._apart.add(conversation)
        self.due[conversation] = due
        await self._surely(partial(settling.given_back, self.store, conversation, self.owner, round(due * 1000)))
        return False

    async def _stopped(self, conversation: str, promise: Promise, last: int, outcome: Outcome) -> None:
        """Nothing more goes to this chat for now; ``last`` was its newest promise when the call was made."""
        if self._marking is not None:
            await asyncio.wait([self._marking])
        now = self.clock().timestamp()
        match outcome:
            case Later(seconds, why):
                due = now + (seconds if why == "429" else max(seconds, min(_LONGEST_PAUSE, 0.5 * 2**promise.attempts)))
                await self._put_off(conversation, due)
                self.counts[f"later.{why}"] += 1
            case Moved(new):
                move = partial(settling.followed, self.store, conversation, new, self.owner, round(now * 1000))
                await self._surely(move)
                self.due[new] = now
                self.counts["moved"] += 1
            case Never(why):
                await self._dropped(conversation, last, now)
                self.counts[f"never.{why}"] += 1

    async def _dropped(self, conversation: str, last: int, now: float) -> None:
        """Drop what was promised before nobody was there; whoever came back meanwhile gets what came after it."""
        self._apart.add(conversation)
        drop = partial(settling.dropped, self.store, conversation, last, self.owner, round(now * 1000))
        if await self._surely(drop) or conversation in self.due:
            self.due[conversation] = now
        else:
            self._apart.discard(conversation)
