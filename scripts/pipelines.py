#!/usr/bin/env python3
"""Reads a sample of made-up articles with Attaché and with what one would use instead, on one core.

usage: pipelines.py TEXTS ATTACHE [ARTICLES]

TEXTS holds files of JSON lines, one article a line: {"source", "text"}; ATTACHE is the program.
500 articles are read, or so many. spaCy is measured where it is installed: with its small English
model (en_core_web_sm) where that is there, else as rules alone (words, sentences, and the names of
countries), which is the least that it can do. Natasha, which brings its models along, reads the
Russian ones: sentences, forms of words and names. What is not installed is left out and said so:
`pip install spacy natasha` in an environment of your own.

Prints MB of text a second for each. Loading is not counted, but for Attaché's, which is.
"""
import json
import os
import pathlib
import subprocess
import sys
import time


def rate(name, texts, read):
    """Prints how fast `read` goes through the texts; once before, so that all is loaded."""
    read(texts[0])
    began = time.perf_counter()
    for text in texts:
        read(text)
    size = sum(len(text.encode()) for text in texts) / 1e6
    took = time.perf_counter() - began
    print(f"{name:52} {size / took:8.3f} MB/s   {size:.2f} MB in {took:.1f} s", flush=True)


def names():
    """The names of countries, in English."""
    table = pathlib.Path(__file__).parent.parent / "assets/gazetteer/territories.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split("\t")[1].split("|")


def spacy_reader():
    try:
        import spacy
    except ImportError:
        return None
    try:
        return "spaCy, en_core_web_sm", spacy.load("en_core_web_sm")
    except OSError:
        pipeline = spacy.blank("en")
        pipeline.add_pipe("sentencizer")
        ruler = pipeline.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "GPE", "pattern": name} for name in names()])
        return "spaCy, rules only: words, sentences, countries", pipeline


def natasha_reader():
    try:
        import natasha
    except ImportError:
        return None
    embedding = natasha.NewsEmbedding()
    segmenter = natasha.Segmenter()
    morphology = natasha.NewsMorphTagger(embedding)
    tagger = natasha.NewsNERTagger(embedding)

    def read(text):
        document = natasha.Doc(text)
        document.segment(segmenter)
        document.tag_morph(morphology)
        document.tag_ner(tagger)

    return "Natasha: sentences, forms, names", read


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    texts, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    many = int(sys.argv[3]) if len(sys.argv) == 4 else 500
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with open(sorted(texts.glob("*.jsonl"))[0], encoding="utf-8") as lines:
        read = [line for line, _ in zip(lines, range(many))]
    articles = [json.loads(line)["text"] for line in read]
    russian = [text for text in articles if sum("а" <= c <= "я" for c in text) * 2 > len(text)]
    english = [text for text in articles if text not in set(russian)]

    began = time.perf_counter()
    command = [program, "extract", "-"]
    subprocess.run(command, input="".join(read).encode(), stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - began
    size = sum(len(text.encode()) for text in articles) / 1e6
    print(f"{'Attaché: all that it extracts':52} {size / took:8.3f} MB/s   {size:.2f} MB in {took:.1f} s")
    for made, sample in ((spacy_reader(), english), (natasha_reader(), russian)):
        if made:
            rate(made[0], sample, made[1])
    for module in ("spacy", "natasha"):
        if module not in sys.modules:
            print(f"{module} is not installed and was left out")


if __name__ == "__main__":
    main()
