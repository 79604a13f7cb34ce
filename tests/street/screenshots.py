"""Pictures of the bot's cards as people see them: ``python -m tests.street.screenshots FOLDER [LIFE ...]``.

For developers only: it drives the playground's page in a headless Chromium (apt-get install chromium fonts-noto-cjk).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from bot.channels.playground.page.running import Playground, opened
from bot.wiring import read_front
from tests.street import browser
from tests.street.browser import Tab
from tests.street.lives import LIVES, Life, Step

_WIDTH, _HEIGHT = 390, 844
_BESIDE = 12
"""Pixels between phones that stand side by side."""

_TALLEST = 6000
_WAKING = 90.0
_TRIES, _BETWEEN = 50, 0.2
"""How often a button is looked for, and the seconds between."""

_QUIET = r"""
(async () => {
  const list = document.querySelector("#street");
  let before = "", same = 0;
  for (let n = 0; n < 200 && same < 9; n += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const now = list.innerHTML.replace(/<small>.*?<\/small>/g, "");
    same = now === before && !document.querySelector(".busy") ? same + 1 : 0;
    before = now;
  }
  return true;
})()
"""


class _Phone:
    """One person's column of the page."""

    def __init__(self, tab: Tab, person: int) -> None:
        self._tab = tab
        self._node = f"""document.querySelector('.phone[data-person="{person}"]')"""

    async def asks(self, script: str) -> Any:  # noqa: ANN401 - as the tab
        """The value of the body of a function of ``phone``, which is this column."""
        return await self._tab.ask(f"((phone) => {{ {script} }})({self._node})")

    async def does(self, step: Step) -> bool:
        """Do one step; False when there is no such button, though it was waited for."""
        if step.chat is not None:
            await self.asks(f"phone.querySelectorAll('nav button')[{step.chat}].click()")
        if step.later:
            told = json.dumps({"act": "later", "seconds": step.later})
            sent = f"{{method: 'POST', headers: {{'Content-Type': 'application/json'}}, body: {json.dumps(told)}}}"
            await self.asks(f"void fetch('act', {sent})")
        if step.press:
            return await self._presses(step.words)
        if step.words:
            said = json.dumps(step.words)
            await self.asks(f"const f = phone.querySelector('textarea'); f.value = {said}; f.form.requestSubmit();")
        return True

    async def _presses(self, label: str) -> bool:
        """Press the last button whose label begins so; one that is not there yet is waited for."""
        press = f"""
          const all = [...phone.querySelectorAll(".rows button")].reverse();
          const found = all.find((one) => one.textContent.startsWith({json.dumps(label)}));
          if (found) found.click();
          return Boolean(found);
        """
        for _ in range(_TRIES):
            if await self.asks(press):
                return True
            await asyncio.sleep(_BETWEEN)
        return False

    async def cut(self) -> list[str]:
        """Labels too long for their buttons, of which a phone shows only the beginning."""
        script = "return all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.title);"
        return list(await self.asks(f"const all = [...phone.querySelectorAll('.rows button')]; {script}"))

    async def labels(self) -> list[str]:
        """What stands on all buttons."""
        return list(
            await self.asks("return [...phone.querySelectorAll('.rows button')].map((one) => one.textContent);")
        )

    async def pictured(self, path: Path, width: int) -> None:
        """A picture as tall as what came since the person's last words, at most so tall."""
        height = await self.asks("""
          const list = phone.querySelector(".messages"), all = [...list.children];
          const mine = all.findLastIndex((one) => one.classList.contains("mine"));
          const top = all[Math.max(0, Math.min(mine, all.length - 1))];
          const room = list.getBoundingClientRect();
          const last = all.at(-1).getBoundingClientRect();
          return Math.ceil(last.bottom - top.getBoundingClientRect().top + innerHeight - room.height + 24);
        """)
        await self._tab.sized(width, max(_HEIGHT, min(_TALLEST, height)))
        await self._at_its_end()
        box = await self.asks("const b = phone.getBoundingClientRect(); return [b.x, b.y, b.width, b.height];")
        await self._tab.picture(path, box)
        await self._tab.sized(width, _HEIGHT)
        await self._at_its_end()

    async def _at_its_end(self) -> None:
        await self.asks("phone.querySelector('.messages').scrollTop = 1e9; phone.scrollIntoView({inline: 'start'});")


async def live(playground: Playground, life: Life, folder: Path) -> list[str]:
    """Live one life; what could not be done, and what could not be read."""
    only = "" if life.many else f"only={life.person}&"
    numbers = {person.user.username: number for number, person in playground.cast.people.items()}
    width = (_WIDTH + _BESIDE) * len(numbers) if life.many else _WIDTH
    missed, cut = [], set[str]()
    async with browser.opened(f"{playground.address}?{only}lang={life.language}&theme={life.theme}") as tab:
        await tab.sized(width, _HEIGHT)
        await tab.until("Boolean(document.querySelector('.messages li'))")
        state = await tab.until("/running|failed/.exec(document.querySelector('.state').dataset.state)?.[0]", _WAKING)
        assert state == "running", "\n".join(playground.bot.log)
        if life.group:
            await tab.ask("document.querySelectorAll('nav button')[1].click()")
        for at, step in enumerate(life.steps):
            phone = _Phone(tab, numbers[step.by or life.person])
            if not await phone.does(step):
                missed.append(f"{life.name}: no button {step.words!r} among {await phone.labels()}")
            await tab.ask(_QUIET)
            cut |= set(await phone.cut())
            if step.picture:
                await phone.pictured(
                    folder / f"{life.name}_{at:02}_{step.by}{'_' * bool(step.by)}{step.picture}.png", width
                )
        if life.many:
            await tab.picture(folder / f"{life.name}_side_by_side.png")
    return [*missed, *(f"{life.name}: cut short on its button: {label}" for label in sorted(cut))]


async def _all(folder: Path, names: list[str]) -> list[str]:
    missed: list[str] = []
    async with opened(read_front().phrases, os.environ) as playground:
        for life in LIVES:
            if not names or life.name in names:
                missed += await live(playground, life, folder)
    return missed


def main() -> int:
    """Read the command line and do what it says; 1 when a step could not be done."""
    parser = argparse.ArgumentParser(description="Pictures of the bot's cards.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("lives", nargs="*", help=", ".join(life.name for life in LIVES))
    told = parser.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    missed = asyncio.run(_all(told.folder, told.lives))
    sys.stdout.write("".join(f"{line}\n" for line in missed))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
