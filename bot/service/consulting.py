"""Consulting: consultations decide beside the dialogue, in groups and in private talks, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from itertools import islice
from threading import Lock, Thread

from sqlalchemy import Connection, Engine

from bot.consultation.acting import asked
from bot.consultation.anonymising import Crowd, group_crowd
from bot.consultation.crews import with_rooms_ended
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept, looks_the_same, save
from bot.consultation.posting import desk_noted
from bot.consultation.sitting import Sitting
from bot.consultation.wording import table_of
from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Reply, Toast
from bot.dialogue.scene import Scene
from bot.dialogue.screens import screen
from bot.dialogue.turn import greeted
from bot.service.deciding import Beside, let_decide
from bot.settings import Settings
from bot.store.conversations import load_conversation
from bot.store.falling_due import call_to_table
from bot.store.outbox import promise
from simulator.policy import Pack
from simulator.population import population
from simulator.vocabulary import Facts, Kind

_MANY, _SEED = 8192, 7
"""People drawn for the crowd in which cards hide, and the seed they are drawn with."""

Draw = Callable[[Mapping[str, Pack]], Crowd]


class Consultations:
    """Decides what is said in and around the consultations of a store."""

    def __init__(self, store: Engine, settings: Settings, draw: Draw) -> None:
        """For one store; the owners are those of the settings, and ``draw`` draws the crowd."""
        self._store, self._settings, self._draw = store, settings, draw
        self._looking = Lock()
        self._packs: Mapping[str, Pack] | None = None
        self._coming: Future[Crowd] = Future()
        self._crowd: Crowd | None = None

    def __call__(self, who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
        """The turn of an act; None for all that belongs to no consultation."""
        known = _spoken_to(who, arrival)
        host = Host(self._store, scene, known, arrival, self._settings.owners, partial(self.crowd, scene.packs))
        for act, argument in asked(arrival):
            done = act.run(host, argument)
            if done is not None:
                noted = desk_noted(host, done) if act.led and not arrival.public else done
                return _turn(host, with_rooms_ended(host, noted))
        return None

    def draw_ahead(self, packs: Mapping[str, Pack]) -> Future[Crowd]:
        """Begin to draw the crowd of some packs in the background, once; nobody who wants to see a card waits then."""
        with self._looking:
            if self._packs is not packs:
                self._packs, self._coming = packs, Future()
                Thread(target=self._drawn, args=(packs, self._coming), name="crowd", daemon=True).start()
            return self._coming

    def crowd(self, packs: Mapping[str, Pack]) -> Crowd:
        """The cards that may be shown; once newer packs are published the older crowd counts until theirs is drawn."""
        coming = self.draw_ahead(packs)
        return self._crowd if self._crowd is not None else coming.result()

    def _drawn(self, packs: Mapping[str, Pack], coming: Future[Crowd]) -> None:
        try:
            crowd = self._draw(packs)
        except Exception as error:  # noqa: BLE001 - it is whoever waits that meets it, and the next one tries again
            self._packs = None
            coming.set_exception(error)
        else:
            if self._packs is packs or self._crowd is None:  # else a newer one was drawn meanwhile
                self._crowd = crowd
            coming.set_result(crowd)


def drawn_crowd(packs: Mapping[str, Pack]) -> Crowd:
    """The cards of a crowd drawn from the prior of the packs."""
    drawn = islice(population(tuple(packs.values()), _SEED), _MANY)
    return group_crowd(Facts(Kind(one["kind"]), one["facts"]) for one in drawn)


def open_consultations(store: Engine, settings: Settings, draw: Draw = drawn_crowd) -> Consultations:
    """Let consultations be held in the chats of a store."""
    consultations = Consultations(store, settings, draw)
    let_decide(store, consultations, everywhere=True)
    return consultations


def _spoken_to(who: Conversation, arrival: Arrival) -> Conversation:
    """A group in the language of whoever speaks, until a consultation has settled it; everybody else as they are."""
    if not arrival.public:
        return greeted(who, arrival)
    return who if who.language_chosen else who.but(language=greeted(who.but(revision=0), arrival).language)


def _turn(host: Host, done: Done) -> Beside:
    revision = host.who.revision + 1
    after = done.who or host.who
    shown = screen(after, host.scene) if done.show else ()
    replies = (*done.replies, *shown)
    newest = revision if any(reply.slot == CARD for reply in replies) else after.shown
    below = revision if replies and not host.arrival.public else after.below
    toast = None
    if host.arrival.press is not None:
        toast = Toast(press=host.arrival.press, words=done.toast, alert=done.alert, start=done.start)
    return Beside(
        after.but(revision=revision, shown=newest, below=below),
        replies,
        show=False,
        notes=done.notes,
        toast=toast,
        wakes=_woken(done),
        act=partial(_carried_out, host, done),
    )


def _woken(done: Done) -> tuple[str, ...]:
    groups = [after.group for before, after in done.changes if after != before.sitting]
    return tuple(dict.fromkeys((*groups, *(name for name, _ in done.elsewhere), *done.wakes)))


def _carried_out(host: Host, done: Done, connection: Connection) -> bool:
    """Whatever an act comes to besides its words, in the transaction of its turn."""
    if not all(_saved(host, connection, before, after) for before, after in done.changes) or not done.act(connection):
        return False
    for name, reply in done.elsewhere:
        promise(connection, name, load_conversation(connection, name).revision, (reply,))
    return True


def _saved(host: Host, connection: Connection, before: Kept, after: Sitting) -> bool:
    """Save a sitting, and let its table be drawn where it looks different from before."""
    if after == before.sitting:
        return True
    if not save(connection, before, after):
        return False
    if _look(host, before.sitting) == _look(host, after):
        looks_the_same(connection, before)
    else:
        leaves = {case.letter for case in before.sitting.cases} - {case.letter for case in after.cases}
        ends = before.sitting.closed_at != after.closed_at
        call_to_table(connection, after.group, after.id, host.now, soon=bool(leaves) or ends)
    return True


def _look(host: Host, sitting: Sitting) -> Reply:
    return table_of(sitting, host.phrases, "en", host.now)
