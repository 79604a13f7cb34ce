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

from bot.channels.playground.page.running import Playground, opened
from bot.wiring import read_front
from tests.street import browser
from tests.street.browser import Tab
from tests.street.lives import LIVES, Life, Step

_WIDTH, _HEIGHT = 390, 844
_TALLEST = 6000
_WAKING = 90.0
_QUIET = """
(async () => {
  const list = document.querySelector(".messages");
  let before = "", same = 0;
  for (let n = 0; n < 200 && same < 9; n += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const now = list.innerHTML;
    same = now === before && !document.querySelector(".busy") ? same + 1 : 0;
    before = now;
  }
  return list.querySelectorAll("li.said.bot").length;
})()
"""


async def _do(tab: Tab, step: Step) -> bool:
    """Do one step on the page; False when there is no such button."""
    if step.press:
        return bool(
            await tab.ask(f"""(() => {{
          const wanted = {json.dumps(step.words)};
          const all = [...document.querySelectorAll(".rows button")].reverse();
          const found = all.find((one) => one.textContent.startsWith(wanted));
          if (found) found.click();
          return Boolean(found);
        }})()""")
        )
    await tab.ask(f"""(() => {{
      const field = document.querySelector("textarea");
      field.value = {json.dumps(step.words)};
      field.form.requestSubmit();
    }})()""")
    return True


_CUT = """
[...document.querySelectorAll(".rows button")]
  .filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.title)
"""
"""Labels too long for their buttons, of which a phone shows only the beginning."""


async def _shown(tab: Tab, path: Path) -> None:
    """A picture as tall as what came since the person's last words, at most so tall."""
    height = await tab.ask("""(() => {
      const list = document.querySelector(".messages"), all = [...list.children];
      const mine = all.findLastIndex((one) => one.classList.contains("mine"));
      const top = all[Math.max(0, Math.min(mine, all.length - 1))];
      const room = list.getBoundingClientRect();
      const last = all.at(-1).getBoundingClientRect();
      return Math.ceil(last.bottom - top.getBoundingClientRect().top + innerHeight - room.height + 24);
    })()""")
    await tab.sized(_WIDTH, max(_HEIGHT, min(_TALLEST, height)))
    await tab.ask("document.querySelector('.messages').scrollTop = 1e9")
    await tab.picture(path)
    await tab.sized(_WIDTH, _HEIGHT)
    await tab.ask("document.querySelector('.messages').scrollTop = 1e9")


async def live(playground: Playground, life: Life, folder: Path) -> list[str]:
    """Live one life; what could not be done, and what could not be read."""
    address = f"{playground.address}?only={life.person}&lang={life.language}&theme={life.theme}"
    missed, cut = [], set[str]()
    async with browser.opened(address) as tab:
        await tab.sized(_WIDTH, _HEIGHT)
        await tab.until("Boolean(document.querySelector('.messages li'))")
        state = await tab.until("/running|failed/.exec(document.querySelector('.state').dataset.state)?.[0]", _WAKING)
        assert state == "running", "\n".join(playground.bot.log)
        if life.group:
            await tab.ask("document.querySelectorAll('nav button')[1].click()")
        for at, step in enumerate(life.steps):
            if not await _do(tab, step):
                labels = await tab.ask("[...document.querySelectorAll('.rows button')].map((one) => one.textContent)")
                missed.append(f"{life.name}: no button {step.words!r} among {labels}")
            await tab.ask(_QUIET)
            cut |= set(await tab.ask(_CUT))
            if step.picture:
                await _shown(tab, folder / f"{life.name}_{at:02}_{step.picture}.png")
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
