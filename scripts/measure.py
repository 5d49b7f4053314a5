#!/usr/bin/env python3
"""Measures `attache extract` on a folder of gold data and prints one table.

usage: measure.py [--score SCORE.py] [--misses] ATTACHE DATA

ATTACHE is the built command. Read from DATA, each where it is there:

NAME.gold.jsonl             with the texts in NAME/: scored by SCORE.py (DATA/score.py or the one
                            beside DATA), and how firmly their events are told (below)
timex_pairs.jsonl           {text, dct, value}: expressions with their TIMEX3 value
boilerplate_lines.jsonl     {id, lines: [[keep|remove, line]]}: pages, line by line
sentences_golden_rules.json [{text, exp: [sentence]}]: how a text is to be split

Time expressions. Each pair is its own article: a headline, and a sentence without a tense that
holds the expression, published on `dct`. What overlaps the expression most is its answer, and the
answer's TIMEX3 spelling must be the gold value to the letter. EDTF is written as TIMEX3 so:

* a day, month or year as it is; `XXXX` years and open digits likewise (`199X` is `199`)
* `YYYY-21` to `YYYY-24` are `YYYY-SP`, `-SU`, `-FA`, `-WI`
* exactly a quarter or half of a year is `YYYY-Qn`, `YYYY-Hn`; exactly Monday to Sunday is
  `YYYY-Www`, exactly Saturday and Sunday `YYYY-Www-WE`
* exactly the early, middle or late third of a month, year or decade, as this program counts
  them, is that month, year or decade (TIMEX3 says the part elsewhere, in MOD), and so is "earlier
  this", from its first day to the publication, and "later this", from there to its last
* the end that an open interval has ("since", "by") is its value
* what is no date (how long, how often, now, soon) has its value in `lengths`, as TIMEX3
  spells it; a stretch ("the past two years") has both, and its length is what TIMEX3 asks for

Where the gold has `WXX` (a week of that year, it does not say which) a week of that year is
right, and where it has `QX` a quarter; how many of those there are is in the counts.

How firmly events are told. Of the events but refusals that a claim with all their actors is evidence
of, those of which such a claim has the status as its modality.

Pages. The lines go in as one text; kept is what stands in a sentence of the body. F1 over the
words, a page at a time, then the mean over the pages.
"""
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path


def main():
    args = sys.argv[1:]
    misses = "--misses" in args
    args = [a for a in args if a != "--misses"]
    score = None
    if "--score" in args:
        at = args.index("--score")
        score = Path(args[at + 1])
        del args[at:at + 2]
    if len(args) != 2:
        sys.exit(__doc__)
    command, data = args[0], Path(args[1])
    score = score or next((p for p in (data / "score.py", data.parent / "score.py") if p.is_file()), None)
    for gold in sorted(data.glob("*.gold.jsonl")) if score else []:
        name = gold.name.removesuffix(".gold.jsonl")
        heading(name)
        arguments = [sys.executable, score, command, gold, data / name]
        subprocess.run(arguments + ["--misses"] * misses, check=True)
        firmness(command, gold, data / name, misses)
    measures = {
        "timex_pairs.jsonl": timex,
        "boilerplate_lines.jsonl": pages,
        "sentences_golden_rules.json": sentences,
    }
    for name, measure in measures.items():
        if (data / name).is_file():
            heading(name.split(".")[0])
            measure(command, (data / name).read_text(encoding="utf-8"), misses)


def heading(name):
    print(f"-- {name}", flush=True)


def row(name, figure, counts):
    print(f"{name:32} {figure:.3f}  {counts}", flush=True)


def extract(command, articles):
    """Runs the command over (text, published) pairs; answers in the same order."""
    lines = "".join(
        json.dumps({"source": str(i), "text": text, "focus": "AQ", **({"published": published} if published else {})}) + "\n"
        for i, (text, published) in enumerate(articles))
    run = subprocess.run([command, "extract", "-"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


# --- How firmly events are told ---


# Statuses that the model has other words for.
STATUSES = {"actual": {"done", "ongoing"}, "refused": {"negated"}, "reported_future": {"reported"}}


def firmness(command, gold, folder, misses):
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [(folder / f"{a['id']}.txt").read_text(encoding="utf-8") for a in articles]
    lines = "".join(
        json.dumps({"source": a["id"], "text": text, "focus": (a.get("focus") or [None])[0]}) + "\n"
        for a, text in zip(articles, texts))
    # Articles without a focus are read for whom they name most often; the command says so.
    run = subprocess.run([command, "extract", "-"], input=lines.encode(), stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=True)
    answers = [json.loads(line) for line in run.stdout.decode().splitlines()]
    found = right = 0
    for article, text, answer in zip(articles, texts, answers):
        for event in article.get("events", []):
            start = text.find(event["cue"])
            if start < 0 or event["type"] == "refusal" or not event.get("status"):
                continue
            end = start + len(event["cue"])
            told = {
                claim["modality"] for claim in answer["claims"]
                if set(event["actors"]) <= {actor["actor"] for actor in claim["actors"]}
                and any(e["start"] < end and start < e["end"] for e in claim["evidence"])}
            is_right = bool(told & STATUSES.get(event["status"], {event["status"]}))
            found += bool(told)
            right += is_right
            if misses and told and not is_right:
                print(f"miss: told as firmly: {article['id']}: {event['cue']!r} want {event['status']}, got {sorted(told)}")
    if found:
        row("told as firmly as the labels", right / found, f"{right}/{found}")


# --- Time expressions ---

BEFORE = "What was in the report\n\nThe report spoke of "
AFTER = " in its second chapter.\n"


def timex(command, text, misses):
    pairs = [json.loads(line) for line in text.splitlines()]
    right, loose, wrong = 0, 0, []
    answers = extract(command, [(BEFORE + p["text"] + AFTER, p["dct"][:10]) for p in pairs])
    for pair, answer in zip(pairs, answers):
        got = timex_value(answer, len(BEFORE), len(BEFORE) + len(pair["text"]), date.fromisoformat(pair["dct"][:10]))
        if got == pair["value"]:
            right += 1
        elif got and re.fullmatch(re.escape(pair["value"]).replace("WXX", r"W\d\d").replace("QX", r"Q\d"), got):
            right += 1
            loose += 1
        else:
            wrong.append((pair, got))
    row("time values exactly right", right / len(pairs), f"{right}/{len(pairs)}, {loose} of them by a week or quarter that the gold leaves open")
    if misses:
        for pair, got in wrong:
            print(f"miss: {pair['type']} {pair['text']!r} on {pair['dct']}: want {pair['value']}, got {got}")


def timex_value(answer, start, end, published):
    """The TIMEX3 value of the answer that overlaps the expression most."""
    found = [*answer["lengths"], *answer["times"]]
    shared = lambda x: min(end, x["end"]) - max(start, x["start"])
    found = [x for x in found if shared(x) > 0]
    if not found:
        return None
    best = max(found, key=shared)
    return best["value"] if "value" in best else timex_of_edtf(best["edtf"], published)


SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}


def timex_of_edtf(edtf, published):
    if edtf is None:
        return None
    edtf = re.sub(r"[~?%]", "", edtf)
    if "/" in edtf:
        first, last = edtf.split("/")
        if ".." in (first, last):
            return timex_of_edtf(first if last == ".." else last, published)
        return timex_of_interval(first, last, published)
    if m := re.fullmatch(r"(\d{4})-(2[1-4])", edtf):
        return f"{m[1]}-{SEASONS[m[2]]}"
    if m := re.fullmatch(r"(\d+)X+", edtf):
        return m[1]
    return edtf


def timex_of_interval(first, last, published):
    if re.fullmatch(r"\d{4}-\d\d", first) and re.fullmatch(r"\d{4}-\d\d", last):
        months = {"01/03": "-Q1", "04/06": "-Q2", "07/09": "-Q3", "10/12": "-Q4", "01/06": "-H1", "07/12": "-H2",
                  "01/04": "", "05/08": "", "09/12": ""}.get(f"{first[5:]}/{last[5:]}")
        return None if months is None or first[:4] != last[:4] else first[:4] + months
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{4}", last):
        return first[:3] if first[:3] == last[:3] and (first[3], last[3]) in (("0", "3"), ("4", "6"), ("7", "9")) else None
    try:
        a, b = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    days = (b - a).days + 1
    if (a.isoweekday(), days) in ((1, 7), (6, 2)):
        year, week, _ = a.isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if days == 2 else "")
    for whole, begins, ends in wholes_around(published):
        # "earlier this month", "later this year"
        if published in (a, b) and (begins, published) == (a, b) or (published, ends) == (a, b):
            return whole
    month_end = (a.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if (a.year, a.month) == (b.year, b.month) and (a.day, b.day) in ((1, 10), (11, 20), (21, month_end.day)):
        return first[:7]
    return None


def wholes_around(day):
    """The year and month around a day: name, first and last day."""
    month = day.replace(day=1)
    month_end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    yield str(day)[:7], month, month_end
    yield str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)


# --- Pages ---

def pages(command, text, misses):
    gold = [json.loads(line) for line in text.splitlines()]
    figures = []
    answers = extract(command, [("\n".join(line for _, line in page["lines"]), None) for page in gold])
    for page, answer in zip(gold, answers):
        kept = [(s["start"], s["end"]) for s in answer["sentences"]]
        hit = miss = extra = at = 0
        wrong = []
        for label, line in page["lines"]:
            of_line = [(at + m.start(), at + m.end()) for m in re.finditer(r"\w+", line)]
            n = sum(any(a >= s and b <= e for s, e in kept if s < at + len(line) + 1 and e > at) for a, b in of_line)
            if label == "keep":
                hit, miss = hit + n, miss + len(of_line) - n
            else:
                extra += n
            surplus = n if label == "remove" else len(of_line) - n
            if surplus:
                wrong.append((label, surplus, line))
            at += len(line) + 1
        figures.append((2 * hit / (2 * hit + miss + extra) if hit else 0.0, hit, miss, extra, page["id"], wrong))
    hit, miss, extra = (sum(f[i] for f in figures) for i in (1, 2, 3))
    row("pages: mean F1 by kept words", sum(f[0] for f in figures) / len(figures),
        f"{len(figures)} pages; words: {hit} rightly kept, {miss} lost, {extra} surplus")
    if misses:
        for figure, _, lost, surplus, page, wrong in sorted(figures, key=lambda f: f[0])[:25]:
            print(f"miss: page {page[:8]} {figure:.3f}, {lost} words lost, {surplus} surplus")
            for label, words, line in sorted(wrong, key=lambda w: -w[1])[:8]:
                print(f"    {label} {words}: {line[:150]}")


# --- Sentences ---

def sentences(command, text, misses):
    gold = json.loads(text)
    # So that the text stands in the body of an article, and none of it is taken for a headline.
    around = "The council has published what its members said about the new rules for the town and the harbour."
    head, foot = f"What the council said\n\n{around}\n\n", f"\n\n{around}\n"
    right = 0
    for case, answer in zip(gold, extract(command, [(head + case["text"] + foot, None) for case in gold])):
        whole = head + case["text"]
        inside = [s for s in answer["sentences"] if len(head) <= s["start"] < len(whole)]
        flat = lambda s: " ".join(s.split())
        got = [flat(whole[s["start"]:s["end"]]) for s in inside]
        if got == [flat(s) for s in case["exp"]]:
            right += 1
        elif misses:
            print(f"miss: {case['name']}: want {case['exp']}, got {got}")
    row("sentences as the rules want", right / len(gold), f"{right}/{len(gold)}")


if __name__ == "__main__":
    main()
