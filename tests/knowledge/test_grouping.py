"""Grouping: questions about the same thing stand together, also where it is new to the library."""

from __future__ import annotations

from collections import Counter
from random import Random

from knowledge.grouping import Asked, grouped
from tests.journeys.walking import scene_now

NEW = {
    "beans": ("芝麻粒能不能换额度", "芝麻粒可以兑换借呗额度吗", "用芝麻粒换额度划算吗"),
    "purse": ("小荷包里的钱算不算资产", "小荷包余额会影响额度吗", "小荷包存钱能提额吗"),
    "money": ("数字人民币支付算流水吗", "用数字人民币消费会不会提额"),
    "forest": ("can I use ant forest points for credit", "do ant forest points raise my line"),
    "weather": ("今天天气怎么样",),
}
"""Questions that no entry answers, by what they are about."""


def _asked(words: str) -> Asked:
    finder = scene_now().library.finder
    sentence = finder.read(words)
    return Asked(sentence, finder.find(words).intents, finder.novel(sentence))


def _groups(words: list[str]) -> set[frozenset[str]]:
    return {frozenset(words[at] for at in group) for group in grouped([_asked(one) for one in words])}


def test_what_is_new_is_what_questions_are_about() -> None:
    """Questions about one new thing are one group, whatever else they say; in whatever order they come."""
    words = [one for group in NEW.values() for one in group]
    for seed in range(5):
        Random(seed).shuffle(words)
        assert _groups(words) == {frozenset(group) for group in NEW.values()}


def test_our_own_phrasings_stand_by_their_intents() -> None:
    """Of phrasings of a dozen intents, groups hold hardly any of two intents, and are few."""
    luck, intents = Random(7), scene_now().library.intents
    asked = [
        (slug, words) for slug in luck.sample(sorted(intents), 12) for words in luck.sample(intents[slug].phrasings, 8)
    ]
    groups = grouped([_asked(words) for _, words in asked])
    assert sorted(at for group in groups for at in group) == list(range(len(asked)))
    right = sum(max(Counter(asked[at][0] for at in group).values()) for group in groups)
    assert right >= 0.95 * len(asked)
    assert len(groups) <= 36


def test_the_largest_group_comes_first_and_its_most_typical_question_in_it() -> None:
    """Groups go from large to small; nothing makes no group, and equal questions are one."""
    assert grouped([]) == ()
    assert grouped([_asked("额度没了")] * 3) == ((0, 1, 2),)
    groups = grouped([_asked(one) for group in NEW.values() for one in group])
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
