"""Write every day's file anew from its steps, to be read before it is committed."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.admin.days.walking import plans, read_plan, walked

if __name__ == "__main__":
    for path in plans():
        if path.stem in sys.argv[1:] or not sys.argv[1:]:
            with TemporaryDirectory() as folder:
                told = walked(read_plan(path), Path(folder))
            path.write_text(told, encoding="utf-8")
