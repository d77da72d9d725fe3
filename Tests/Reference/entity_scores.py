"""Precision, recall and F1 of whole entities as seqeval 1.2.2 counts them: writes entity_scores.txt.

Each case is four lines: its name, sentences of true tags, sentences of found tags, and the three numbers over all kinds.
Sentences are separated by bars. seqeval does not know the letter M of BMES; it reads such tags with I instead.
"""

import random
import warnings

from seqeval.metrics import f1_score, precision_score, recall_score

warnings.filterwarnings("ignore")
draw = random.Random(7)
KINDS = ["place", "name", "work"]


def entity(kind, length, scheme):
    if scheme == "BIO":
        return [f"B-{kind}"] + [f"I-{kind}"] * (length - 1)
    if length == 1:
        return [f"S-{kind}"]
    inner = "M" if scheme == "BMES" else "I"
    return [f"B-{kind}"] + [f"{inner}-{kind}"] * (length - 2) + [f"E-{kind}"]


def sentence(scheme):
    tags = []
    while len(tags) < draw.randint(4, 14):
        if draw.random() < 0.5:
            tags.append("O")
        else:
            tags += entity(draw.choice(KINDS), draw.randint(1, 4), scheme)
    return tags


def noisy(tags, scheme, share):
    letters = {"BIO": "BI", "BIOES": "BIES", "BMES": "BMES"}[scheme]
    every = ["O"] + [f"{letter}-{kind}" for letter in letters for kind in KINDS]
    return [draw.choice(every) if draw.random() < share else tag for tag in tags]


def readable(sentences):
    return [[tag.replace("M-", "I-") for tag in tags] for tags in sentences]


with open("entity_scores.txt", "w") as out:
    for scheme in ["BIO", "BIOES", "BMES"]:
        for share in [0, 0.1, 0.5, 1]:
            truth = [sentence(scheme) for _ in range(8)]
            found = [noisy(tags, scheme, share) for tags in truth]
            scores = [f(readable(truth), readable(found), zero_division=0)
                      for f in (precision_score, recall_score, f1_score)]
            print(f"{scheme}-{share}", file=out)
            for sentences in (truth, found):
                print(" | ".join(" ".join(tags) for tags in sentences), file=out)
            print(" ".join(repr(float(score)) for score in scores), file=out)
    nothing = [["O", "O", "O"]]
    print("nothing", "O O O", "O O O", "0.0 0.0 0.0", sep="\n", file=out)
