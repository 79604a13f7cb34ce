"""What the commands of editors have in common: the bench, an entry on it, a draft laid down, and the way on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.admin.arguments import shown
from bot.admin.desk import Desk, RefusedError, Role, Told, Way
from bot.consultation.anonymising import ALIKE
from bot.publishing.bench import Bench, lay_down, read_bench
from bot.publishing.checking import Checked, check_files
from bot.publishing.editions import Edition
from bot.publishing.pages import Entry, UnknownEntryError, find
from bot.publishing.paths import shipped
from bot.publishing.stealing import MOST_HEARD, Theft, thefts
from bot.store.editions import BrokenEditionError, Draft, all_drafts, newest_number, read_edition, read_lesson
from bot.store.engine import reading
from bot.truth.offering import abandoned
from knowledge.problems import Problem

EDITORS: frozenset[Role] = frozenset({"admin", "editor"})
"""Who writes and publishes, besides the owners."""

_MOST_PROBLEMS = 12


def bench_of(desk: Desk) -> Bench:
    """The bench as it stands now.

    Raises:
        RefusedError: when the newest edition was changed after it was published.
    """
    try:
        return read_bench(desk.store)
    except BrokenEditionError as error:
        raise RefusedError(desk.say("publishing.broken", reason=str(error))) from None


def entry_of(desk: Desk, bench: Bench, name: str) -> Entry:
    """The entry that an editor means.

    Raises:
        RefusedError: when there is none of this name, or several; then it names them.
    """
    try:
        return find(bench, name)
    except UnknownEntryError as error:
        raise RefusedError(desk.say("publishing.no_entry", read=shown(name), several=list(error.several))) from None


def drafted(desk: Desk, bench: Bench, path: str, words: str | None) -> Told:
    """An answer that lays a draft down, unless somebody else has written on the same file meanwhile."""
    draft = Draft(path, words, desk.operator.name, round(desk.now.timestamp() * 1000))
    before = bench.drafts.get(path)

    def change(connection: Connection) -> bool:
        standing = next((one for one in all_drafts(connection) if one.path == path), None)
        if standing != before or newest_number(connection) != bench.number:
            return False
        lay_down(connection, draft)
        return True

    told = desk.say("publishing.drafted", path=path, removed=words is None, new=bench.text(path) is None)
    rests = too_few_told(desk, {path: words})
    return Told("\n\n".join(filter(None, (told, rests))), ways=ways(desk, "draft", "check"), change=change)


def too_few_told(desk: Desk, files: Mapping[str, str | None]) -> str:
    """Which of some drafts rest on people who are too few by now, so that no check will pass them."""
    with reading(desk.store) as connection:
        gone = abandoned(connection, files, desk.library, desk.packs)
    return desk.say("publishing.too_few", paths=[one.file for one in gone], alike=ALIKE) if gone else ""


def ways(desk: Desk, *names: str) -> tuple[Way, ...]:
    """Buttons for commands that need no more words."""
    return tuple(Way(desk.worded(f"office.label.{name}", name), name) for name in names)


def checked(desk: Desk, bench: Bench) -> Checked:
    """The drafts, checked as what would be published next."""

    def remember(mark: str) -> bytes | None:
        with reading(desk.store) as connection:
            return read_lesson(connection, mark)

    found = check_files(bench.number + 1, bench.over(), desk.now, remember)
    with reading(desk.store) as connection:
        gone = abandoned(connection, {path: one.words for path, one in bench.changes.items()}, desk.library, desk.packs)
    taken = thefts(Edition(0, desk.library, desk.packs), found.edition) if found.edition is not None else ()
    own = tuple(_stolen(one) for one in taken if one.own)
    return found._replace(grave=(*found.grave, *gone, *own), taken=taken)


def _stolen(one: Theft) -> Problem:
    reason = f"it would take from {one.victim} what is its own: {one.question}"
    too_wide = f"it would hear more than {MOST_HEARD} of the known questions"
    return Problem(f"articles/{one.thief}.md", "heard", reason if one.question else too_wide)


def taken_told(desk: Desk, taken: tuple[Theft, ...]) -> str:
    """Which known questions another entry would answer from then on, the first dozen."""
    told = [(one.question, desk.read_out(desk.library.articles[one.victim].title)) for one in taken]
    return desk.say("publishing.taken", told=told[:_MOST_PROBLEMS], more=max(0, len(told) - _MOST_PROBLEMS))


def problems_told(desk: Desk, problems: tuple[Problem, ...], key: str = "publishing.problems") -> str:
    """What is wrong, or only hinted at, one line each, the first dozen."""
    lines = [": ".join(filter(None, (one.file, one.field, one.reason))) for one in problems[:_MOST_PROBLEMS]]
    return desk.say(key, lines=lines, more=max(0, len(problems) - _MOST_PROBLEMS))


def change_of(desk: Desk, number: int) -> dict[str, str | None]:
    """The files of an edition by its number; none for 0, which is what ships.

    Raises:
        RefusedError: when there is no such edition, or it was changed after it was published.
    """
    if number == 0:
        return {}
    try:
        with reading(desk.store) as connection:
            kept = read_edition(connection, number)
    except BrokenEditionError as error:
        raise RefusedError(desk.say("publishing.broken", reason=str(error))) from None
    if kept is None:
        raise RefusedError(desk.say("publishing.no_edition", number=number))
    return {path: words for path, words in kept.files.items() if words != shipped().get(path)}
