"""Adding one of each touches one file: shown on a copy of the house, where nothing else has to change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.house.rooms import FLOORS, ROOT

SEEN = {
    "question": "load()[0].questions['added_question'].ask.en",
    "action": "load()[0].actions['added_action'].title.en",
    "article": "load()[0].articles['added_article'].title.en",
    "case": "load()[0].cases['added_case'].title.en",
    "fact": "load()[0].facts['ZZ-01'].statement.en",
    "product": "read_packs()[0]['added_product'].product",
    "admin command": "__import__('bot.admin.office').admin.office.COMMANDS['added'].help",
    "ability": "[a.name for a in __import__('bot.dialogue.choosing').dialogue.choosing.ABILITIES if 'added' in a.name]",
    "command": "__import__('bot.__main__').__main__.commands()['added'].does",
}
LOOK = """
import json, sys
from knowledge.loading import load
from simulator.loading import read_packs
problems = [str(problem) for problem in (*load()[1], *read_packs()[1])]
print(json.dumps([problems, str({seen})]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the three floors in a folder of its own."""
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _reworded(folder: Path, name: str, **changes: object) -> None:
    """A new record made from the folder's first file, as a newcomer would do it."""
    document = yaml.load(min(folder.glob("*.yaml")).read_text(encoding="utf-8"), yaml.CSafeLoader)
    (folder / f"{name}.yaml").write_text(
        yaml.dump({**document, **changes}, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )


def _question(copy: Path) -> None:
    words = {"zh": "新的一题？", "en": "What is new?"}
    _reworded(copy / "knowledge/questions", "added_question", id="added_question", ask=words)


def _action(copy: Path) -> None:
    words = {"zh": "新的一件事", "en": "Something new"}
    _reworded(copy / "knowledge/actions", "added_action", id="added_action", title=words)


def _case(copy: Path) -> None:
    words = {"zh": "新的例子", "en": "A new case"}
    _reworded(copy / "knowledge/cases", "added_case", id="added_case", title=words)


def _article(copy: Path) -> None:
    folder = copy / "knowledge/articles"
    text = min(folder.glob("*.md")).read_text(encoding="utf-8")
    head = [
        {"id": "id: added_article", "title_en": "title_en: Something new"}.get(line.split(":")[0], line)
        for line in text.splitlines()
    ]
    (folder / "added_article.md").write_text("\n".join(head) + "\n", encoding="utf-8")


def _fact(copy: Path) -> None:
    folder = copy / "knowledge/facts"
    first = yaml.load(min(folder.glob("*.yaml")).read_text(encoding="utf-8"), yaml.CSafeLoader)[0]
    added = [{**first, "id": "ZZ-01", "en": "Something new is known."}]
    (folder / "added.yaml").write_text(
        yaml.dump(added, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def _product(copy: Path) -> None:
    folder = copy / "simulator/policies"
    document = yaml.load((folder / "jiebei.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    document["product"] = "added_product"
    (folder / "added_product.yaml").write_text(
        yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def _admin_command(copy: Path) -> None:
    (copy / "bot/admin/commands/added.py").write_text(
        '"""added: something new."""\n'
        "from bot.admin.desk import AdminCommand, Told\n"
        'COMMAND = AdminCommand("added", "something new", lambda desk, given: Told("new"))\n'
    )


def _ability(copy: Path) -> None:
    (copy / "bot/dialogue/abilities/added.py").write_text(
        '"""Something new."""\nfrom bot.dialogue.scene import Ability\nABILITY = Ability(name="added")\n'
    )


def _command(copy: Path) -> None:
    (copy / "bot/command_line/added.py").write_text(
        '"""limit-guide added: something new."""\n'
        "from simulator.commands.command import Command\n"
        'COMMAND = Command("added", "something new", lambda parser: None, lambda given: 0)\n'
    )


ADDING: dict[str, Callable[[Path], None]] = {
    "question": _question,
    "action": _action,
    "article": _article,
    "case": _case,
    "fact": _fact,
    "product": _product,
    "admin command": _admin_command,
    "ability": _ability,
    "command": _command,
}


@pytest.mark.parametrize("what", ADDING)
def test_adding_one_touches_one_file(what: str, copy: Path) -> None:
    """One new file is found by the house, with no problem anywhere and no other file changed."""
    before = {path for path in copy.rglob("*") if path.is_file()}
    ADDING[what](copy)
    assert len({path for path in copy.rglob("*") if path.is_file()} - before) == 1
    script = LOOK.format(seen=SEEN[what])
    done = subprocess.run([sys.executable, "-c", script], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    problems, seen = json.loads(done.stdout)
    assert problems == []
    assert "new" in seen or "added" in seen
