"""Our matcher and its peers on public data, side by side, in one run.

    python benchmarks/matching/run.py [--data ../shared/benchmarks/matching] [--only banking77,xsid_nl] [--queries 500]

The data and its loaders lie outside this repository, with licences of their own; without them there is nothing to run.
The peer TF-IDF + logistic needs scikit-learn, and is left out, by name, when that is absent.
"""

import argparse
import importlib
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from rapidfuzz import fuzz, process, utils

from bot.matching import Index

ROOT = Path(__file__).parent.parent.parent
INTENTS = ("banking77", "clinc150", "xsid_nl", "xsid_en2nl")
TYPING_ERRORS = (0, 1, 2)

Example = tuple[str, str]
Guess = tuple[str | None, float]


class Matcher(Protocol):
    def fit(self, examples: Sequence[Example]) -> None: ...
    def guess(self, text: str) -> Guess: ...


class Ours:
    def fit(self, examples: Sequence[Example]) -> None:
        self._index = Index(examples)

    def guess(self, text: str) -> Guess:
        matches = self._index.search(text, limit=1)
        return (matches[0].label, matches[0].score) if matches else (None, 0.0)


class Fuzzy:
    """rapidfuzz as people use it: the best of all wordings."""

    def __init__(self, scorer: Callable[..., float]) -> None:
        self._scorer = scorer

    def fit(self, examples: Sequence[Example]) -> None:
        self._labels = [label for _, label in examples]
        self._texts = [utils.default_process(text) for text, _ in examples]

    def guess(self, text: str) -> Guess:
        found = process.extractOne(utils.default_process(text), self._texts, scorer=self._scorer)
        return (self._labels[found[2]], found[1]) if found else (None, 0.0)


class BinaryRegression:
    """TF-IDF of words and of letters, with scikit-learn's logistic regression."""

    def fit(self, examples: Sequence[Example]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union

        features = make_union(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        )
        self._model = make_pipeline(features, LogisticRegression(C=10, max_iter=300))
        self._model.fit([text for text, _ in examples], [label for _, label in examples])

    def guess(self, text: str) -> Guess:
        chances = self._model.predict_proba([text])[0]
        best = int(chances.argmax())
        return self._model.classes_[best], float(chances[best])


def matchers(labels: int) -> dict[str, Matcher]:
    found: dict[str, Matcher] = {
        "overstap": Ours(),
        "rapidfuzz WRatio": Fuzzy(fuzz.WRatio),
        "rapidfuzz token_set_ratio": Fuzzy(fuzz.token_set_ratio),
    }
    if importlib.util.find_spec("sklearn") is None:
        print("TF-IDF + logistic is left out: scikit-learn is not installed", file=sys.stderr)
    elif labels <= 300:  # thousands of labels take it an hour
        found["TF-IDF + logistic"] = BinaryRegression()
    return found


def auroc(inside: Iterable[float], outside: Iterable[float]) -> float:
    """The chance that a question in scope scores higher than one out of scope."""
    scores, others = np.array(list(inside)), np.sort(list(outside))
    below, up_to = np.searchsorted(others, scores, "left"), np.searchsorted(others, scores, "right")
    return float((below + up_to).mean() / 2 / len(others))


def some(items: Sequence[object], most: int) -> list:
    """At most `most` of them, spread evenly."""
    return [items[place] for place in np.unique(np.linspace(0, len(items) - 1, min(most, len(items))).astype(int))]


def measure(matcher: Matcher, examples: Sequence[Example], tests: Sequence[Example], outside: Sequence[str]) -> dict:
    start = time.perf_counter()
    matcher.fit(examples)
    fitted = time.perf_counter() - start
    guesses, times = [], []
    for text, _ in tests:
        start = time.perf_counter()
        guesses.append(matcher.guess(text))
        times.append(time.perf_counter() - start)
    row = {
        "accuracy": round(
            sum(label == right for (label, _), (_, right) in zip(guesses, tests, strict=True)) / len(tests), 4
        ),
        "fit_s": round(fitted, 2),
        "ms": round(1000 * statistics.median(times), 2),
    }
    if outside:
        row["auroc"] = round(auroc((score for _, score in guesses), (matcher.guess(text)[1] for text in outside)), 4)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "benchmarks" / "matching")
    parser.add_argument("--only", default="")
    parser.add_argument("--queries", type=int, default=500, help="of each set; 0 is all")
    arguments = parser.parse_args()
    if not (arguments.data / "mbench" / "data.py").exists():
        sys.exit(f"There is no benchmark data in {arguments.data}.")
    sys.path.insert(0, str(arguments.data))
    data = importlib.import_module("mbench.data")
    most = arguments.queries or sys.maxsize
    wanted = arguments.only.split(",") if arguments.only else [*INTENTS, "esco_nl"]

    def report(name: str, examples: Sequence[Example], tests: Sequence[Example], outside: Sequence[str]) -> None:
        labels = len({label for _, label in examples})
        for peer, matcher in matchers(labels).items():
            row = {"data": name, "matcher": peer, **measure(matcher, examples, some(tests, most), some(outside, most))}
            print(json.dumps(row), flush=True)

    for name in INTENTS:
        if name in wanted:
            loaded = data.INTENT[name]()
            report(name, loaded["k10"], loaded["test"], loaded["oos_test"])
    if "esco_nl" in wanted:
        occupations = data.esco_heldout()
        lexicon = data.lexicon_of([text for text, _ in occupations["index"]])
        texts, codes = zip(*occupations["test"], strict=True)
        for errors in TYPING_ERRORS:
            typed = data.noisy(texts, errors, 7 + errors, lexicon) if errors else texts
            report(f"esco_nl {errors} errors", occupations["index"], list(zip(typed, codes, strict=True)), [])


if __name__ == "__main__":
    main()
