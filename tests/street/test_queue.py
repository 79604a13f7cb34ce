"""The queue of updates and the webhook's schedule: order, lives, offsets, retries, whatever happens in between."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.playground.town.deliveries import Deliveries
from bot.channels.playground.town.updates import DAY, WEEK, UpdateQueue

NOW = 1_790_000_000.0
few = settings(max_examples=60, deadline=None)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.sampled_from([150.0, DAY])),
        st.tuples(st.just("wait"), st.floats(0, 2 * DAY)),
        st.tuples(st.just("poll"), st.integers(1, 100)),
        st.tuples(st.just("ask again"), st.integers(1, 100)),
    ),
    max_size=40,
)


def _push(queue: UpdateQueue, now: float, life: float = DAY, key: int = 1) -> int:
    update = queue.push("message", {"text": "x"}, key, now + life, now)
    assert update is not None
    return update.id


@few
@given(acts, st.integers(0, 99))
def test_polling_hands_out_everything_in_order_while_it_lives(steps: list[tuple[str, float]], seed: int) -> None:
    """Each update comes in order, again until it is confirmed, never after, and never when its life is over."""
    queue, now, offset = UpdateQueue(seed), NOW, 0
    alive: list[tuple[int, float]] = []
    for act, amount in steps:
        if act == "push":
            alive.append((_push(queue, now, amount), now + amount))
        elif act == "wait":
            now += amount
        else:
            if act == "poll" and offset:
                alive = [one for one in alive if one[0] >= offset]
            alive = [one for one in alive if one[1] > now]
            got = [update.id for update in queue.take(offset if act == "poll" else 0, int(amount), now)]
            assert got == [number for number, _ in alive[: int(amount)]]
            offset = got[-1] + 1 if act == "poll" and got else offset


@few
@given(st.integers(0, 9999), st.integers(1, 20))
def test_after_a_week_the_numbers_jump_and_nothing_is_lost(seed: int, count: int) -> None:
    """Numbers go on elsewhere after a week of silence; the old offset still gives every new update."""
    queue = UpdateQueue(seed)
    old = _push(queue, NOW)
    assert [update.id for update in queue.take(0, 100, NOW)] == [old]
    later = NOW + WEEK + 1
    new = [_push(queue, later) for _ in range(count)]
    assert new[0] != old + 1
    assert new == list(range(new[0], new[0] + count))
    assert [update.id for update in queue.take(old + 1, 100, later)] == new


@few
@given(st.integers(1, 20), st.integers(1, 20))
def test_a_negative_offset_keeps_the_newest(count: int, keep: int) -> None:
    """Offset -n forgets all but the last n updates."""
    queue = UpdateQueue(1)
    numbers = [_push(queue, NOW) for _ in range(count)]
    assert [update.id for update in queue.take(-keep, 100, NOW)] == numbers[-keep:]
    assert list(queue.waiting) == numbers[-keep:]


def test_kinds_that_are_not_wanted_are_not_kept() -> None:
    """By default member changes and reactions are not sent; a list of wanted kinds replaces that."""
    queue = UpdateQueue(1)
    assert queue.push("chat_member", {}, 1, NOW + DAY, NOW) is None
    queue.allowed = frozenset({"chat_member"})
    assert queue.push("chat_member", {}, 1, NOW + DAY, NOW) is not None
    assert queue.push("message", {}, 1, NOW + DAY, NOW) is None


delivering = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.integers(1, 4)),
        st.tuples(st.just("wait"), st.integers(0, 200)),
        st.tuples(st.just("take"), st.integers(0, 9)),
        st.tuples(st.just("fail"), st.integers(0, 9)),
    ),
    max_size=60,
)


@few
@given(delivering, st.integers(0, 99))
def test_deliveries_keep_each_queue_in_order(steps: list[tuple[str, int]], seed: int) -> None:
    """One update of a queue flies at a time, in order, until it is taken; queues do not wait for each other."""
    queue, now = UpdateQueue(seed), NOW
    schedule = Deliveries(queue, seed)
    pushed: dict[int, list[int]] = {}
    taken: dict[int, list[int]] = {}
    flying = []
    for act, number in steps:
        if act == "push":
            pushed.setdefault(number, []).append(_push(queue, now, key=number))
        elif act == "wait":
            now += number
        elif flying:
            update = flying.pop(number % len(flying))
            if act == "take":
                schedule.taken(update)
                taken.setdefault(update.queue, []).append(update.id)
            else:
                schedule.failed(update, now)
        flying += schedule.due(now, 40)
        assert len({update.queue for update in flying}) == len(flying)
    for key, numbers in taken.items():
        assert pushed[key][: len(numbers)] == numbers
    waiting = {update.queue for update in queue.waiting.values()} - {update.queue for update in flying}
    assert not waiting or schedule.next_wake(now) is not None


@few
@given(st.integers(0, 9999))
def test_retries_come_at_once_then_double_up_to_a_cap(seed: int) -> None:
    """After the first failure at once, then 2, 4, 8 … seconds, never more than 120."""
    queue, now = UpdateQueue(seed), NOW
    schedule = Deliveries(queue, seed)
    _push(queue, now)
    waits = []
    for _ in range(12):
        (update,) = schedule.due(now, 40)
        schedule.failed(update, now)
        wake = schedule.next_wake(now) or now
        waits.append(wake - now)
        assert wake == now or schedule.due(wake - 0.5, 40) == []
        now = wake
    assert waits[:6] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= wait <= 120 for wait in waits[6:])


def test_a_failed_update_dies_with_its_life_and_the_next_goes_on() -> None:
    """A retry that would come after the update's life drops it, and its queue goes on."""
    queue = UpdateQueue(1)
    schedule = Deliveries(queue, 1)
    first, second = _push(queue, NOW, 150), _push(queue, NOW, DAY)
    (update,) = schedule.due(NOW, 40)
    assert update.id == first
    schedule.failed(update, NOW, retry_after=200)
    assert [one.id for one in schedule.due(NOW, 40)] == [second]


def test_retry_after_is_obeyed_up_to_an_hour() -> None:
    """A bot that asks for a pause gets it, but never more than an hour."""
    queue = UpdateQueue(1)
    schedule = Deliveries(queue, 1)
    _push(queue, NOW)
    for asked, given_ in ((7, 7), (9999, 3600)):
        now = schedule.next_wake(NOW) or NOW
        (update,) = schedule.due(now, 40)
        schedule.failed(update, now, asked)
        assert schedule.next_wake(now) == now + given_


def test_connections_bound_what_flies() -> None:
    """No more updates fly at once than the webhook has connections."""
    queue = UpdateQueue(1)
    schedule = Deliveries(queue, 1)
    for key in range(10):
        _push(queue, NOW, key=key)
    sizes = [len(schedule.due(NOW, 3)) for _ in itertools.repeat(None, 2)]
    assert sizes == [3, 0]
