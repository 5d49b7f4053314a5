#!/usr/bin/env python3
"""Searches the texts of the library bench with what one would use instead.

usage: compare.py TEXTS QUERIES.tsv FOLDER

TEXTS holds files of JSON lines, one article a line: {"source", "text"}. QUERIES.tsv, as the bench
`search` writes it, holds one query a line: kind, our search, SQLite FTS5's, ripgrep's pattern ("-":
it has none), and our time in milliseconds. FOLDER keeps the SQLite database for the next time.

Prints, by kind of query, the median of our times, of SQLite's and of ripgrep's, and how many times
longer each takes. All three count exactly; SQLite and Attaché also give the first fifty.
Words are compared by SQLite's Porter stemmer, which knows English only.
"""
import json
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time


def build(corpus, file):
    """Builds the full-text table once; gives the seconds that took."""
    if file.exists():
        return None
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    began = time.perf_counter()
    base = sqlite3.connect(half)
    base.execute("pragma journal_mode = off")
    base.execute("pragma synchronous = off")
    base.execute(
        "create virtual table article using fts5(text,"
        " tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    for part in sorted(corpus.glob("*.jsonl")):
        with open(part, encoding="utf-8") as lines:
            rows = ((json.loads(line)["text"],) for line in lines)
            base.executemany("insert into article values (?)", rows)
    base.commit()
    base.close()
    half.rename(file)
    return time.perf_counter() - began


def timed(work):
    """The milliseconds of the second of two runs, so that files are in memory."""
    work()
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    corpus, queries, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "fts5.sqlite"
    took = build(corpus, file)
    size = file.stat().st_size / sum(part.stat().st_size for part in corpus.glob("*.jsonl"))
    told = "kept from before" if took is None else f"built in {took:.0f} s"
    print(f"SQLite FTS5 {sqlite3.sqlite_version}: {told}, {size:.2f} times the texts")
    ripgrep = shutil.which("rg")
    if not ripgrep:
        print("ripgrep is not installed: left out")

    base = sqlite3.connect(file)
    found = {}
    for line in queries.read_text(encoding="utf-8").splitlines():
        kind, _, fts, pattern, ours = line.split("\t")
        times = found.setdefault(kind, ([], [], []))
        times[0].append(float(ours))
        if fts != "-":
            def in_sqlite(fts=fts):
                where = "from article where article match ?"
                base.execute(f"select count(*) {where}", [fts]).fetchone()
                base.execute(f"select rowid {where} limit 50", [fts]).fetchall()

            times[1].append(timed(in_sqlite))
        # It reads every text for each query: a few tell as much as all.
        if ripgrep and pattern != "-" and len(times[2]) < 3:
            command = [ripgrep, "--count", "--ignore-case", "--no-config", pattern, str(corpus)]
            times[2].append(timed(lambda command=command: subprocess.run(command, stdout=subprocess.DEVNULL)))

    print(f"{'median ms':<12}{'Attaché':>10}{'SQLite':>10}{'ripgrep':>10}{'SQLite ÷':>10}{'ripgrep ÷':>10}")
    for kind, (ours, sqlite, rg) in found.items():
        middle = [statistics.median(times) if times else None for times in (ours, sqlite, rg)]
        cells = [f"{one:.2f}" if one is not None else "–" for one in middle]
        cells += [f"{one / middle[0]:.0f}" if one is not None and middle[0] else "–" for one in middle[1:]]
        print(f"{kind:<12}" + "".join(f"{cell:>10}" for cell in cells))


if __name__ == "__main__":
    main()
