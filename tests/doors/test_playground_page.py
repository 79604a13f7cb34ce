"""The playground's page: people act in the browser, the real bot answers, and nobody else gets in."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.channels.playground.page import leash
from bot.channels.playground.page.acts import AT_ONCE, IN_TIME
from bot.channels.playground.page.bubbles import bubble
from bot.channels.playground.page.cast import gather
from bot.channels.playground.page.running import opened
from bot.channels.playground.page.server import FILES
from bot.channels.playground.page.watched import WatchedStreet
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter
from bot.channels.playground.wire import Call, Upload
from bot.settings import PREFIX
from tests.doors.playground_page import Page, opened_page, page_without_bot, words
from tests.house.rooms import ROOT

MARKUP = '<img src=x onerror="alert(1)"></script>\n\ndata: {}\n\n'
SCRIPTS = sorted(FILES.glob("*.js"))


def test_a_person_talks_with_the_bot_on_the_page() -> None:
    """A word brings the bot's card, a press edits it in place, and a bot shot meanwhile goes on where it was."""

    async def play() -> None:
        async with opened(words(), os.environ) as ground, opened_page(ground.address) as page:
            lin = page.person("lin")
            await page.act("start", person=lin)
            card = await page.until(lambda: page.card(lin))
            done = await _press(page, lin, card, 0, 0)
            assert done == {"answered": True, "text": "", "show_alert": False, "url": ""}
            again = await page.until(lambda: page.card(lin) if page.card(lin) != card else None)
            assert (again["id"], again["edited"]) == (card["id"], True)
            await page.act("reborn")
            await page.act("say", person=lin, chat=lin, text="/menu")
            await page.until(lambda: page.card(lin) if page.card(lin)["id"] > card["id"] else None)
            await page.act("stop")
            await page.until(lambda: page.parts["street"]["bot"]["state"] == "stopped")

    asyncio.run(play())


async def _press(page: Page, person: int, card: dict, row: int, column: int) -> dict:
    label = card["rows"][row][column]["text"]
    where = {"person": person, "chat": person, "message": card["id"]}
    return (await page.act("press", **where, row=row, column=column, text=label))[1]


def test_what_people_write_is_never_markup() -> None:
    """Words full of markup come to the page as plain JSON, in one piece, and stay words."""

    async def play() -> None:
        async with page_without_bot() as (page, _):
            lin = page.person("lin")
            await page.act("say", person=lin, chat=lin, text=MARKUP)
            said = await page.until(lambda: page.chat(lin))
            assert said[0]["text"] == MARKUP.strip()
            await page.act("move_in", text=MARKUP[:30], language="en")
            await page.until(lambda: any(one["name"] == MARKUP[:30] for one in page.parts["street"]["people"]))

    asyncio.run(play())


def test_the_pages_code_reads_nothing_as_markup() -> None:
    """No script of the page turns a string into markup or code, and everything it loads is its own."""
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|https?://"
    )
    assert SCRIPTS
    assert [path.name for path in SCRIPTS if forbidden.search(path.read_text())] == []
    index = (FILES / "index.html").read_text()
    assert re.findall(r"<script(?![^>]*src=)|\bon\w+=|style=", index) == []
    assert [place for place in re.findall(r'(?:src|href)="([^"]+)"', index) if not place.startswith("/page/")] == []


def test_every_label_of_the_page_is_a_phrase() -> None:
    """What the scripts say by name stands in the library, in both languages."""
    phrases = words()
    said = {name for path in SCRIPTS for name in re.findall(r'\bsay\("([\w.-]+)"\)', path.read_text())}
    assert len(said) > 20
    for language in ("zh", "en"):
        assert {name for name in said if f"playground.{name}" not in phrases.keys(language)} == set()


def test_no_label_stands_idle() -> None:
    """Every label in the library is named by a script, or belongs to a family that is named by its kind."""
    code = "".join(path.read_text() for path in SCRIPTS)
    families = {*re.findall(r"`([a-z]+)\.\$\{", code), "name"}
    labels = {key.removeprefix("playground.") for key in words().keys("en") if key.startswith("playground.")}
    assert families == {"kind", "service", "language", "state", "weather", "name"}
    assert {one for one in labels if one.split(".")[0] not in families and f'"{one}"' not in code} == set()


def test_who_comes_and_goes_alone_is_not_said_to_be_brought() -> None:
    """Whoever joins or leaves by themselves is told so, and so is who brings the bot in and throws it out."""
    street = WatchedStreet(7)
    cast = gather(street, words())
    adviser, operator = (one for one in cast.people.values() if one.user.username in {"adviser", "operator"})
    place = cast.place(cast.groups[0])
    operator.joins(place)
    operator.leaves(place)
    adviser.kicks(place)
    told = [bubble(sight, adviser) for sight in adviser.sees(place)]
    happened = [(one["from"], one["service"]["what"], one["service"]["about"]) for one in told if one["service"]]
    assert happened == [
        (adviser.name, "new_chat_members", street.town.bot.first_name),
        (operator.name, "joined", ""),
        (operator.name, "left", ""),
        (adviser.name, "left_chat_member", street.town.bot.first_name),
    ]
    keys = words().keys("en")
    assert {f"playground.service.{what}" for _, what, _ in happened} <= keys


def test_words_in_a_topic_do_not_look_like_answers() -> None:
    """On the wire all that is said in a topic answers its opening; a phone shows only what really answers something."""
    street = WatchedStreet(7)
    adviser = next(iter(gather(street, words()).people.values()))
    place = street.group("Forum", adviser, (), forum=True)
    topic = adviser.opens_topic(place, "A")
    first = adviser.says(place, "hello", Letter(thread=topic))
    answer = adviser.says(place, "and hello to you", Letter(reply_to=first.id, thread=topic))
    assert "forum_topic_created" in first.wire()["reply_to_message"]
    assert bubble(first, adviser)["answers"] is None
    assert bubble(answer, adviser)["answers"] == {"id": first.id, "from": adviser.name, "text": "hello"}


def test_only_this_machines_own_page_gets_in() -> None:
    """Another host name, another site's origin and a form are refused; every answer forbids foreign sources."""

    async def play() -> None:
        async with page_without_bot() as (page, _):
            get, post, act = page.session.get, page.session.post, f"{page.address}act"
            async with get(page.address, headers={"Host": "evil.example:80"}) as answer:
                assert answer.status == 403
            async with post(act, json={"act": "stop"}, headers={"Origin": "http://evil.example"}) as answer:
                assert answer.status == 403
            async with post(act, data={"act": "stop"}) as answer:
                assert answer.status == 415
            for place in ("", "page/page.js", "words/zh", "words/xx"):
                async with get(page.address + place) as answer:
                    assert answer.status == 200
                    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            for place in ("page/server.py", "page/..%2fserver.py", "file/00"):
                async with get(page.address + place) as answer:
                    assert answer.status == 404

    asyncio.run(play())


def test_files_are_shown_as_pictures_or_saved() -> None:
    """A picture is served as one; a page of markup that was sent as a file is only ever saved."""

    async def play() -> None:
        async with page_without_bot() as (page, shown):
            lin = page.person("lin")
            await page.act("send", person=lin, chat=lin, kind="photo")
            upload = {"document": Upload("a b.html", b"<script>1</script>")}
            told = {
                "chat_id": lin,
                "caption": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "u", "url": "t.me/x"}]]},
            }
            assert shown.cast.street.call(Call("sendDocument", told, upload)).code == 200
            photo, paper = await page.until(lambda: page.chat(lin) if len(page.chat(lin)) == 2 else None)
            async with page.session.get(page.address + photo["file"]["place"][1:]) as answer:
                assert answer.content_type == "image/png"
            async with page.session.get(page.address + paper["file"]["place"][1:]) as answer:
                assert answer.content_type == "application/octet-stream"
                assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20b.html"

    asyncio.run(play())


def test_whoever_made_a_group_sees_who_leads_there() -> None:
    """Its creator alone is shown the others, and which of them is an administrator, as soon as that changes."""

    async def play() -> None:
        async with page_without_bot() as (page, _):
            emma, adviser = page.person("emma"), page.person("adviser")
            group = page.parts["street"]["people"][0]["chats"][1]

            def chiefs() -> list[int]:
                return [one["id"] for one in page.parts[f"chat:{adviser}:{group}"]["others"] if one["chief"]]

            assert chiefs() == []
            await page.act("promote", person=adviser, chat=group, other=emma)
            assert await page.until(chiefs) == [emma]
            assert page.parts[f"chat:{emma}:{group}"]["others"] == []
            await page.act("demote", person=adviser, chat=group, other=emma)
            await page.until(lambda: not chiefs())

    asyncio.run(play())


def test_people_can_do_what_a_client_can() -> None:
    """Every act of people and of the weather does something, in the private chat and in the group."""

    async def play() -> None:
        async with page_without_bot() as (page, shown):
            lin, adviser = page.person("lin"), page.person("adviser")
            group = page.parts["street"]["people"][0]["chats"][1]
            home = {"person": lin, "chat": lin}
            there = {"person": adviser, "chat": group}
            own = (await _first(page, lin))["id"]
            keyboard = {"keyboard": [[{"text": "A"}]], "one_time_keyboard": True}
            shown.cast.street.call(Call("sendMessage", {"chat_id": lin, "text": "x", "reply_markup": keyboard}))
            shown.cast.street.call(Call("sendPoll", {"chat_id": lin, "question": "?", "options": ["a", "b"]}))
            poll = (await page.until(lambda: [one for one in page.chat(lin) if one["poll"]]))[0]["id"]
            doings = [
                ("tap", {**home, "text": "A"}),
                ("vote", {**home, "message": poll, "choices": ["b"]}),
                ("edit", {**home, "message": own, "text": "two"}),
                ("react", {**home, "message": own, "text": "\N{THUMBS UP SIGN}"}),
                ("delete", {**home, "message": own}),
                ("follow", {**home, "text": "https://t.me/limit_guide_bot?start=x"}),
                ("block", home),
                ("unblock", home),
                ("offline", home),
                ("kick_bot", there),
                ("bring_bot", there),
                ("promote_bot", there),
                ("demote_bot", there),
                ("promote", {**there, "other": page.person("emma")}),
                ("demote", {**there, "other": page.person("emma")}),
                ("promote", {"person": lin, "chat": group, "other": page.person("emma")}),
                ("leave", {"person": lin, "chat": group}),
                ("join", {"person": lin, "chat": group}),
                ("follow", {**there, "text": "https://t.me/limit_guide_bot?startgroup=x"}),
                ("open_group", {"person": lin, "text": "Talk"}),
                ("weather", {"mishap": "too_many", "method": "sendMessage", "seconds": 5}),
                ("fine_weather", {}),
            ]
            refused = [(name, said) for name, more in doings if (said := await page.act(name, **more)) != (200, {})]
            assert [name for name, _ in refused] == ["promote", "follow"]  # no member may; the bot is there already
            untried = {*AT_ONCE, *IN_TIME} - {name for name, _ in doings}
            assert untried == {"start", "say", "send", "move_in", "press", "stop", "reborn", "later"}
            seen = await page.until(lambda: page.chat(lin) if len(page.chat(lin)) == 4 else None)
            assert [one["text"] for one in seen] == ["x", "", "A", "/start x"]
            assert seen[1]["poll"]["options"][1] == {"text": "b", "votes": 1}

    asyncio.run(play())


async def _first(page: Page, person: int) -> dict:
    await page.act("say", person=person, chat=person, text="one")
    return (await page.until(lambda: page.chat(person)))[0]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"act": "fly"}, 409),
        ({"act": "say", "person": 1, "chat": 1, "text": "x"}, 409),
        ({"act": "say", "person": "1"}, 400),
        ({"act": "say", "unknown": 1}, 400),
        ({"act": "weather", "mishap": "flood"}, 400),
        ({"act": "press", "person": 0, "chat": 0, "row": -1}, 400),
    ],
)
def test_what_cannot_be_done_is_told(told: dict, status: int) -> None:
    """An act that is unknown, impossible or malformed is answered with a problem, and nothing happens."""

    async def play() -> None:
        async with page_without_bot() as (page, shown):
            before = shown.cast.street.town.updates.next_id
            got, said = await page.act(told["act"], **{name: value for name, value in told.items() if name != "act"})
            assert (got, set(said)) == (status, {"problem"})
            assert shown.cast.street.town.updates.next_id == before

    asyncio.run(play())


def test_a_press_on_a_button_that_is_gone_is_refused() -> None:
    """A person presses only what shows, at its place and with its label; somebody else's chat not at all."""

    async def play() -> None:
        async with page_without_bot() as (page, shown):
            lin, mei = page.person("lin"), page.person("mei")
            await _first(page, lin)
            markup = {"inline_keyboard": [[{"text": "go", "callback_data": "go"}]]}
            shown.cast.street.call(Call("sendMessage", {"chat_id": lin, "text": "x", "reply_markup": markup}))
            card = await page.until(lambda: page.card(lin))
            where = {"person": lin, "chat": lin, "message": card["id"], "text": "go"}
            for wrong in ({"text": "stop"}, {"row": 1}, {"column": 1}, {"message": 1}, {"person": mei}):
                assert (await page.act("press", **{**where, **wrong}))[0] == 409
            pressing = asyncio.create_task(page.act("press", **where))
            presses = shown.cast.street.town.presses
            update = await page.until(lambda: next(reversed(presses), None))
            answer = {"callback_query_id": update, "text": "well", "show_alert": True}
            shown.cast.street.call(Call("answerCallbackQuery", answer))
            assert await pressing == (200, {"answered": True, "text": "well", "show_alert": True, "url": ""})

    asyncio.run(play())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["zh-hans", "zh-hant", "en"]))
def test_a_person_is_the_same_on_every_street(name: str, language: str) -> None:
    """The same name and language are the same person; an empty or a taken name moves nobody in."""
    one, other = (gather(WatchedStreet(seed), words()) for seed in (1, 2))
    if not name.strip():
        with pytest.raises(ImpossibleError):
            one.move_in(name, language)
        return
    assert one.move_in(name, language).id == other.move_in(f" {name}", language).id
    assert len(one.people) == 6
    with pytest.raises(ImpossibleError):
        one.move_in(name, language)


def test_the_playground_closes_cleanly(tmp_path: Path) -> None:
    """Asked to stop, the command ends well, and leaves neither a bot nor a file behind."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "playground", "--no-browser", "--port", "0"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert address is not None
        assert [*tmp_path.glob("limit-guide-*")] != []
        asyncio.run(_looked_at(address[0]))
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert [*tmp_path.glob("limit-guide-*")] == []


async def _looked_at(address: str) -> None:
    async with opened_page(address) as page:
        await page.until(lambda: page.parts["street"]["bot"]["state"] == "running" or None)


def test_a_bot_whose_playground_is_gone_ends(tmp_path: Path) -> None:
    """The bot ends by itself when nobody holds its standard input any more, as when the playground was shot."""
    told = {"BOT_TOKEN": "1:x", "BOT_API_URL": "http://127.0.0.1:9", "DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", leash.__name__],
        env={**os.environ, **{PREFIX + name: value for name, value in told.items()}},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert b"the platform is away" in process.stderr.readline()
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_taken_port_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends with 2 and one line when it cannot listen where it was told to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code = main(["playground", "--no-browser", "--port", str(taken.getsockname()[1])])
    assert code == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert "free port" in said
