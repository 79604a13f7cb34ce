"""The map in the README: drawn from the captions of the rooms."""

from __future__ import annotations

from tests.house.rooms import FLOORS, ROOT, caption, modules


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
