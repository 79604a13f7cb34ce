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
    "question": "library.questions['added_question'].ask.en",
    "action": "library.actions['added_action'].title.en",
    "article": "library.articles['added_article'].title.en",
    "case": "library.cases['added_case'].title.en",
    "fact": "library.facts['ZZ-01'].statement.en",
    "product": "packs['added_product'].product",
    "admin command": "__import__('bot.admin.office').admin.office.COMMANDS['added'].help",
    "ability": "[a.name for a in __import__('bot.dialogue.choosing').dialogue.choosing.ABILITIES if 'added' in a.name]",
    "command": "__import__('bot.__main__').__main__.commands()['added'].does",
}
LOOK = """
import json
from knowledge.loading import load
from simulator.loading import read_packs
(library, problems), (packs, wrong) = load(), read_packs()
print(json.dumps([[str(problem) for problem in (*problems, *wrong)], {seen}]))
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], list[str], dict[str, str]]:
    """A copy of the three floors to which one of each is added.

    How many files each took, every problem of the house then, and what is seen of each.
    """
    copy = tmp_path_factory.mktemp("house")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, copy / floor, ignore=shutil.ignore_patterns("*.pyc.*"))  # half written
    files = {what: _files_taken(copy, add) for what, add in ADDING.items()}
    seen = ", ".join(f"{what!r}: str({look})" for what, look in SEEN.items())
    script = LOOK.format(seen=f"{{{seen}}}")
    done = subprocess.run([sys.executable, "-c", script], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return files, *json.loads(done.stdout)


def _files_taken(copy: Path, add: Callable[[Path], None]) -> int:
    """How many files are new when something is added; every other stays as it was."""
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    add(copy)
    after = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    assert {path: after.get(path) for path in before} == before
    return len(after) - len(before)


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
def test_adding_one_touches_one_file(what: str, added: tuple[dict[str, int], list[str], dict[str, str]]) -> None:
    """One new file is found by the house, with no problem anywhere and no other file changed."""
    files, problems, seen = added
    assert files[what] == 1
    assert problems == []
    assert "new" in seen[what] or "added" in seen[what]
