"""Desk screens: what an adviser sees of a case in private, and what they may choose from to bring to the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.consultation.dealing import TOGETHER
from bot.consultation.desks import Desk, Remark
from bot.consultation.hosting import Host
from bot.consultation.pausing import minutes_to_laying, pause_words, span_words
from bot.consultation.sitting import Seat, Sitting
from bot.consultation.supposing import supposable
from bot.consultation.turning import page_number, page_of, turning_buttons
from bot.consultation.wording import card_words, shielded
from bot.dialogue.cards import CARD, said
from bot.dialogue.messages import Block, Button, Reply, Text

_SHELF = 5
"""Quizzes or ready replies on one page."""

MOST_STEPS, _STEPS, MOST_CHOSEN = 12, 4, 3
"""Steps to choose from, on one page, and to be supposed together."""

Rows = tuple[tuple[Button, ...], ...]


def screen(words: str | tuple[Block, ...], *rows: tuple[Button, ...]) -> Reply:
    """A screen of the desk, in place of the one before."""
    blocks = (Text(markup=words),) if isinstance(words, str) else words
    return Reply(blocks=blocks, buttons=tuple(filter(None, rows)), slot=CARD)


def room_words(host: Host, sitting: Sitting) -> str:
    """Who takes part, which cases may be looked into, and what was agreed; nothing once a sitting has ended."""
    if sitting.closed_at is not None:
        return ""
    standings = Counter(seat.standing for seat in sitting.seats)
    return host.say(
        "desk.room",
        seated=standings.total() - standings["queued"],
        queued=standings["queued"],
        minutes=minutes_to_laying(sitting, host.now),
        when=pause_words(sitting, host.phrases, host.who.language, host.now, "room"),
        together=TOGETHER,
        open=[seat.letter for seat in sitting.cases if seat.open],
        talked=[seat.letter for seat in sitting.cases if seat.adviser is not None],
        decided=sitting.brought.decided,
        ends=span_words(sitting.ends_at, host.phrases, host.who.language, host.now),
    )


def group_screen(host: Host, sitting: Sitting) -> Reply:
    """What can be brought to the whole group."""
    way = f"desk:{sitting.id}"
    together = (host.button("desk.suppose", f"{way}:s"), host.button("desk.vote", f"{way}:v")) if sitting.cases else ()
    words = (host.button("desk.ready", f"{way}:r"), host.button("desk.quiz", f"{way}:q"))
    typed = (host.button("desk.write_draft", f"{way}:d"), host.button("desk.write_agreed", f"{way}:g"))
    return screen(host.say("desk.to_group_choose"), together, words, typed, (back_button(host, sitting),))


def case_screen(host: Host, sitting: Sitting, seat: Seat, desk: Desk, notes: Sequence[Remark]) -> Reply:
    """One case: its card, whether its owner lets advisers see more, the draft and the notes about it, and ways on."""
    mine = desk.sitting == sitting.id and desk.letter == (seat.letter or "")
    words = host.say(
        "desk.case",
        letter=seat.letter,
        card="" if seat.card is None else card_words(seat.card, host.phrases, host.who.language),
        resolved=seat.resolved,
        open=seat.open,
        talking=seat.adviser == host.who.id,
        draft=shielded(desk.draft, most=None) if mine else "",
        notes=[{"at": one.at.date(), "words": shielded(one.words, most=None)} for one in notes],
    )
    return screen(words, *_case_ways(host, sitting, seat))


def _case_ways(host: Host, sitting: Sitting, seat: Seat) -> Rows:
    way, letter = f"desk:{sitting.id}", seat.letter or ""
    talking = seat.adviser == host.who.id
    look = (host.button("desk.full", f"view:{sitting.id}:{letter}"),) if seat.open else ()
    talk = (
        host.button("desk.hang_up", f"{way}:h:{letter}") if talking else host.button("desk.talk", f"{way}:t:{letter}")
    )
    settle = "reopen" if seat.resolved else "resolve"
    return (
        look,
        (host.button("desk.write_draft", f"{way}:d:{letter}"), host.button("desk.write_note", f"{way}:n:{letter}")),
        (talk,),
        (host.button(f"desk.{settle}", f"lead:{sitting.id}:{settle}:{letter}"),),
        (back_button(host, sitting),),
    )


def back_button(host: Host, sitting: Sitting, letter: str = "") -> Button:
    """Back to a case, or to the sitting."""
    if letter:
        return host.button("desk.back_case", f"desk:{sitting.id}:c:{letter}")
    return host.button("desk.back_sitting", f"lead:{sitting.id}:look")


def typing_screen(host: Host, sitting: Sitting, what: str, letter: str) -> Reply:
    """What to type now, and a way out of it."""
    cancel = f"desk:{sitting.id}:c:{letter}" if letter else f"lead:{sitting.id}:look"
    return screen(host.say(f"desk.type_{what}"), (host.button("desk.cancel", cancel),))


def draft_screen(host: Host, sitting: Sitting, letter: str, blocks: tuple[Block, ...]) -> Reply:
    """How a draft will look in the group, and the button that sends it."""
    way = f"desk:{sitting.id}"
    return screen(
        blocks,
        (host.button("desk.post", f"{way}:p:{letter}"),),
        (host.button("desk.rewrite", f"{way}:d:{letter}"), host.button("desk.drop", f"{way}:k:{letter}")),
    )


def steps_screen(host: Host, sitting: Sitting, chosen: Sequence[str] = (), number: str = "", above: str = "") -> Reply:
    """Steps that could be supposed for all cases on the table, those chosen marked; pressing again drops one."""
    steps = supposable(sitting, host.scene, MOST_STEPS)
    if not steps:
        return screen(host.say("desk.nothing_to_suppose"), (back_button(host, sitting),))
    way, page = f"desk:{sitting.id}", page_of(steps, page_number(number), _STEPS)
    rows = ((_step_button(host, way, name, name in chosen),) for name in page.items)
    look = (host.button("desk.suppose_look", f"{way}:w", many=len(chosen)),) if chosen else ()
    words = "\n\n".join(filter(None, (above, host.say("desk.suppose_choose", most=MOST_CHOSEN))))
    return screen(words, *rows, look, turning_buttons(host, page, f"{way}:s"), (back_button(host, sitting),))


def page_with(host: Host, sitting: Sitting, name: str) -> str:
    """The number of the page on which a step stands."""
    steps = supposable(sitting, host.scene, MOST_STEPS)
    return str(steps.index(name) // _STEPS) if name in steps else ""


def _step_button(host: Host, way: str, name: str, taken: bool) -> Button:
    title = said(host.who, host.scene, host.scene.library.actions[name].title)
    return Button(label=f"\u2713 {title}" if taken else title, action=f"{way}:s:{name}")


def shelf_screen(host: Host, sitting: Sitting, what: str, number: str = "") -> Reply:
    """The quizzes or the ready replies to choose from, a page of that number at a time."""
    library = host.scene.library
    words = {quiz.id: quiz.title for quiz in library.quizzes.values()}
    if what == "r":
        words = {reply.id: reply.title for reply in library.ready.values()}
    way = f"desk:{sitting.id}:{what}"
    page = page_of(sorted(words.items()), page_number(number), _SHELF)
    rows = ((Button(label=said(host.who, host.scene, label), action=f"{way}:{name}"),) for name, label in page.items)
    key = "desk.quiz_choose" if what == "q" else "desk.ready_choose"
    return screen(host.say(key), *rows, turning_buttons(host, page, way), (back_button(host, sitting),))


def preview_screen(host: Host, sitting: Sitting, blocks: tuple[Block, ...], post: str, label: str) -> Reply:
    """What would go to the group, and the button that sends it."""
    return screen(blocks, (host.button(label, post),), (back_button(host, sitting),))
