"""The map in the README: drawn from the captions of the rooms. Run it to print the map anew."""

from __future__ import annotations

import sys

from tests.house.rooms import FLOORS, ROOT, caption, modules

BEGIN, END = "<!-- map: begin -->", "<!-- map: end -->"


def drawn_map() -> str:
    """Every room with its caption, floor by floor, folders first."""
    lines = []
    for floor in FLOORS:
        for path in modules():
            inside = path.relative_to(ROOT)
            if inside.parts[0] != floor:
                continue
            folder = path.name == "__init__.py"
            depth = len(inside.parts) - (2 if folder else 1)
            name = f"{path.parent.name}/" if folder else path.stem
            lines.append(f"{'  ' * depth}{name:<{26 - 2 * depth}} {caption(path)}")
    return "\n".join(lines)


def with_map(text: str) -> str:
    """A README with its map drawn anew between the two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```\n{drawn_map()}\n```\n{END}{after}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        readme = ROOT / "README.md"
        readme.write_text(with_map(readme.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        sys.stdout.write(drawn_map() + "\n")
