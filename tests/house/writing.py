"""The parts of the README that are written from the house itself. Run it to write them anew."""

from __future__ import annotations

from pathlib import Path

from bot.settings import PREFIX, Settings
from tests.house.mapping import drawn_map
from tests.house.rooms import ROOT
from tests.journeys.walking import read_journey

JOURNEY = ROOT / "tests/journeys/sole_trader.txt"


def settings_table() -> str:
    """Every setting with its default and its sentence."""
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "the user's data folder" if name == "data_dir" else field.default or "none"
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def transcript() -> str:
    """The first cards and the result of the first journey."""
    lines = read_journey(JOURNEY).text.splitlines()
    body = [line for line in lines if not line.startswith("# ")]
    typed = [number for number, line in enumerate(body) if line.startswith("> ")]
    start, end = body[typed[2] : typed[6]], body[typed[-1] :]
    return "\n".join(["```", *start, "", "…", "", *end, "```"])


def _between(text: str, mark: str, words: str) -> str:
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{words}\n{end}{after}"


def write(path: Path) -> None:
    """Write map, settings and transcript into a README."""
    text = path.read_text(encoding="utf-8")
    for mark, words in (
        ("map", f"```\n{drawn_map()}\n```"),
        ("settings", settings_table()),
        ("transcript", transcript()),
    ):
        text = _between(text, mark, words)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(ROOT / "README.md")
