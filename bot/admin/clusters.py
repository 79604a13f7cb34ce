"""Questions without an answer, in groups that ask alike, and the beginning of an entry that would answer them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from bot.dialogue.hearing.blanking import BLANK
from bot.store.unanswered import Unanswered
from knowledge.article_pages import SECTIONS
from knowledge.finding import Finder
from knowledge.grouping import Asked, grouped

_CODE = 6
_MOST_PHRASINGS = 12
_PHRASINGS = {"zh": "phrasings:\n", "en": "phrasings_en:\n"}


class Cluster(NamedTuple):
    """Questions that ask alike, the most typical first, and the intents that they are nearest to, likeliest first."""

    questions: tuple[Unanswered, ...]
    intents: tuple[str, ...]

    @property
    def code(self) -> str:
        """What the group is called by; a group is found by the code of any of its questions."""
        return self.questions[0].id[:_CODE]

    @property
    def people(self) -> int:
        """At least so many people asked."""
        return len({one.mark for one in self.questions})

    @property
    def newest(self) -> dt.date:
        """The Monday of the newest week."""
        return max(one.week for one in self.questions)

    @property
    def typical(self) -> tuple[str, ...]:
        """The words, without repeats."""
        return tuple(dict.fromkeys(one.words for one in self.questions))

    @property
    def whole(self) -> tuple[str, ...]:
        """The words of those in which nothing is blank."""
        return tuple(words for words in self.typical if BLANK not in words)[:_MOST_PHRASINGS]


def clusters(found: Sequence[Unanswered], finder: Finder) -> tuple[Cluster, ...]:
    """Questions in groups, largest first."""
    seen: list[Asked] = []
    beliefs: list[tuple[tuple[str, float], ...]] = []
    for one in found:
        sentence = finder.read(one.words)
        beliefs.append(finder.find(one.words).intents)
        seen.append(Asked(sentence, beliefs[-1], finder.novel(sentence)))
    groups = [[*group] for group in grouped(seen)]
    made = [Cluster(tuple(found[at] for at in group), _nearest([beliefs[at] for at in group])) for group in groups]
    return tuple(sorted(made, key=lambda cluster: (-cluster.people, -len(cluster.questions), cluster.code)))


def _nearest(beliefs: Sequence[tuple[tuple[str, float], ...]]) -> tuple[str, ...]:
    total: Counter[str] = Counter()
    for belief in beliefs:
        total.update(dict(belief))
    return tuple(slug for slug, _ in total.most_common(3))


def cluster_of(found: Sequence[Cluster], code: str) -> Cluster | None:
    """The group that a question with this code is in."""
    return next((one for one in found if any(asked.id.startswith(code) for asked in one.questions)), None)


def entry_path(cluster: Cluster) -> str:
    """Where an entry about a group would stand."""
    return f"articles/asked_{cluster.code}.md"


def begun_entry(cluster: Cluster, heard: Sequence[str], today: dt.date) -> str:
    """The page of an entry with everything that is known: its nearest intent, what it hears, a title, and sections.

    The sections are empty, so that nobody can publish it before they are written.
    """
    title = next(iter(cluster.whole), cluster.typical[0].replace(BLANK, ""))
    front = {
        "id": f"asked_{cluster.code}",
        "intents": list(cluster.intents[:1]),
        "facts": [],
        **({"heard": list(heard)} if heard else {}),
        "reviewed": today,
        "title_zh": title,
        "title_en": title,
    }
    # The safe writer: what somebody asked may look like any part of the format.
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    body = "\n".join(f"### {section}\n" for section in SECTIONS)
    return f"---\n{head}---\n## zh\n\n{body}\n## en\n\n{body}"


def taught(page: str, cluster: Cluster) -> str:
    """The page of an intent with the questions of a group among its phrasings, so that the finder learns them."""
    for language, heading in _PHRASINGS.items():
        asked = [one.words for one in cluster.questions if one.words in cluster.whole]
        mine = [words for words in dict.fromkeys(asked) if words not in page and _language(words) == language]
        lines = "".join(f"  - {json.dumps(words, ensure_ascii=False)}\n" for words in mine)
        page = page.replace(heading, heading + lines, 1)
    return page


def _language(words: str) -> str:
    return "en" if words.isascii() else "zh"
