"""Writes the fonts of our documents: ``python -m tests.documents.subsetting FOLDER``, after words were added.

The folder is the unpacked npm package ``@expo-google-fonts/noto-sans-sc`` (0.4.3): Noto Sans SC by Adobe and Google
under the SIL Open Font License 1.1. Equal fonts and words give equal files.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tests.documents.lettering import wanted
from tests.house.rooms import ROOT

FONTS = ROOT / "bot" / "documents" / "fonts"
_CUTS = {"NotoSansSC-Regular.ttf": "400Regular/NotoSansSC_400Regular.ttf"} | {
    "NotoSansSC-Bold.ttf": "700Bold/NotoSansSC_700Bold.ttf"
}


def main() -> None:
    """Cut each font down to the letters wanted, and write down which they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    with TTFont(folder / _CUTS["NotoSansSC-Regular.ttf"]) as whole:
        letters = wanted(frozenset(map(chr, whole.getBestCmap())))
    for name, source in _CUTS.items():
        _cut(folder / source, FONTS / name, letters)
    (FONTS / "letters.txt").write_text("".join(sorted(letters)), encoding="utf-8", newline="")
    shutil.copyfile(folder / "LICENSE_FONT", FONTS / "OFL.txt")


def _cut(source: Path, target: Path, letters: frozenset[str]) -> None:
    options = Options()
    options.layout_features = ["ccmp", "kern", "liga", "calt", "locl", "mark", "mkmk", "palt", "halt", "chws"]
    options.drop_tables += ["vhea", "vmtx", "STAT", "gasp", "prep", "BASE"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    with TTFont(source, recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        cutter.subset(font)
        font.save(target, reorderTables=True)


if __name__ == "__main__":
    main()
