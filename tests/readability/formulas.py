#!/usr/bin/env python3
"""The measures of readability, computed from counts by hand without anything of huta.

Beside each text (NAME.md) stands NAME.counts: a line for each sentence, its words with a comma and a space between them,
each with the syllables a person counted ("-" for what is not read in syllables: numbers and addresses), and "hard" after a hard word or "name"
after one that is hard and a proper name. Polish: hard from four syllables; English: from three, without the endings -ed,
-es and -ing, and names are never hard. Abbreviations are counted as they are written.

    python3 formulas.py > expected.txt

writes a line for each text: name, words, sentences, spoken words, syllables, hard words, hard words without names, longest
sentence, FOG, Pisarek linear, Pisarek nonlinear, Flesch, Flesch-Kincaid.
"""
import math
import pathlib

for path in sorted(pathlib.Path(__file__).parent.glob("*.counts")):
    sentences = [line.split(", ") for line in path.read_text(encoding="utf-8").splitlines()]
    entries = [entry.split(" ") for sentence in sentences for entry in sentence]
    marks = [entry[-1] for entry in entries]
    numbers = [entry[-1] if entry[-1] not in ("hard", "name") else entry[-2] for entry in entries]
    spoken = [int(number) for number in numbers if number != "-"]
    words, count = len(entries), len(sentences)
    common = marks.count("hard")
    hard = common + marks.count("name")
    longest = max(len(sentence) for sentence in sentences)
    mean = words / count
    fog = 0.4 * (mean + 100 * hard / words)
    share = 100 * common / words
    linear = mean / 3 + share / 3 + 1
    nonlinear = 0.5 * math.sqrt(mean ** 2 + share ** 2)
    flesch = 206.835 - 1.015 * mean - 84.6 * sum(spoken) / len(spoken)
    kincaid = 0.39 * mean + 11.8 * sum(spoken) / len(spoken) - 15.59
    figures = " ".join(f"{figure:.6f}" for figure in (fog, linear, nonlinear, flesch, kincaid))
    print(path.stem, words, count, len(spoken), sum(spoken), hard, common, longest, figures)
