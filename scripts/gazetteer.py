#!/usr/bin/env python3
"""Writes assets/gazetteer/territories.tsv from the Unicode CLDR.

usage: gazetteer.py CLDR-LOCALENAMES-FULL > assets/gazetteer/territories.tsv

CLDR-LOCALENAMES-FULL is the unpacked npm package of that name (`npm pack cldr-localenames-full`).
One line a territory: ISO 3166-1 alpha-2 code, then its names in English, Russian, Belarusian and
Ukrainian, several of one language separated by `|`.
"""
import json, re, sys
from pathlib import Path

LANGUAGES = ("en", "ru", "be", "uk")
# Codes of CLDR that are no country or territory with a code of its own.
NOT_A_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = Path(sys.argv[1])
    version = json.loads((root / "package.json").read_text())["version"]
    names = {}
    for language in LANGUAGES:
        file = json.loads((root / "main" / language / "territories.json").read_text())
        for key, name in file["main"][language]["localeDisplayNames"]["territories"].items():
            code = key[:2]
            if not re.fullmatch(r"[A-Z]{2}(-alt-.*)?", key) or code in NOT_A_COUNTRY:
                continue
            kept = names.setdefault(code, {l: [] for l in LANGUAGES})[language]
            # "Congo (DRC)", "Hong Kong SAR China": the bracket and the status are no part of the name.
            name = re.sub(r"\s*\(.*?\)|\s+SAR China", "", name).replace("ʼ", "’").strip()
            if name and name not in kept:
                kept.append(name)
    print(f"# Territory names of the Unicode CLDR {version} (Unicode-3.0, see LICENSE-UNICODE). Made by scripts/gazetteer.py.")
    print("# code\ten\tru\tbe\tuk")
    for code in sorted(names):
        print(code, *("|".join(names[code][l]) for l in LANGUAGES), sep="\t")


if __name__ == "__main__":
    main()
