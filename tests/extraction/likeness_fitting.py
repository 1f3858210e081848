"""Fits the weights by which figures that no rule takes are read: ``python tests/extraction/likeness_fitting.py``.

Every figure of the passages that anybody may look into (none of those kept closed or blind) is a case: its clues, and
the code it was annotated with, ``none`` where it is no fact. Each case counts twice, the second time with some of its
clues left out at random, so that no code hangs on a single word. Of each code a logistic regression with an absolute
penalty (scikit-learn, liblinear) keeps the clues that matter. The draws are seeded: the same passages, words and rules give the same file.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extraction.document import Clues
from extraction.likeness import ANY, NONE, WEIGHTS
from extraction.reader import prepare, read_drafts

GOLD = Path(__file__).parent / "gold"
#: Sets of something else than passages with figures.
_OTHER_SETS = ("forms", "narrative")
#: Sets that nobody looks into, and so nothing is fitted to.
_UNSEEN = ("blind", "offtopic_third", "offtopic_blind")
#: Share of the clues left out of the second copy of a case, what the penalty is divided by, in how many cases a clue
#: must be met, and the least weight that is kept.
_LEFT_OUT, _FREEDOM, _MET, _LEAST = 0.4, 8.0, 2, 0.1
#: Clues that are never left out: the kind of the unit says what a number can be at all.
_KEPT_CLUE = "unit="
_SEED = 7


class Case(NamedTuple):
    """A figure of an annotated passage.

    Attributes:
        clues: what stands around it.
        codes: the codes it may have, the annotated one first; ``none`` where it is no fact of any.
        taken: whether a rule takes it.
    """

    clues: Mapping[str, float]
    codes: tuple[str, ...]
    taken: bool


def seen_sets() -> list[Path]:
    """Return the files of passages that anybody may look into."""
    return [
        path
        for path in sorted(GOLD.glob("*.jsonl"))
        if not path.stem.startswith((*_OTHER_SETS, *_UNSEEN)) and not path.stem.endswith("_kept")
    ]


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of passages by which the weights tell what they were fitted on."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cases_of(paths: Iterable[Path]) -> Iterator[Case]:
    """Yield the figures of passages that rules are asked about."""
    for path in paths:
        for row in path.read_text(encoding="utf-8").splitlines():
            yield from _cases_in(json.loads(row))


def _cases_in(passage: dict[str, Any]) -> Iterator[Case]:
    sights: list[Any] = []
    document = prepare(
        passage["text"], passage.get("title"), passage.get("published"), passage.get("source_province")
    )
    read_drafts(document, sights.append, guessing=False)
    for sight in sights:
        if sight.passed_over or not sight.clues:
            continue
        start, end = document.folded.start(sight.figure.start), document.folded.end(sight.figure.number.end)
        told = [g for g in passage.get("facts") or [] if min(end, g["end"]) > max(start, g["start"])]
        codes = (told[0]["metric"], *((told[0].get("alt") or {}).get("metric") or ())) if told else (NONE,)
        yield Case(
            _strengths(sight.clues),
            tuple(NONE if code == "other" else code for code in codes),
            sight.draft is not None,
        )


def _strengths(clues: Iterable[Clues]) -> dict[str, float]:
    """Return how strongly each clue is there, all its places taken together."""
    strengths: dict[str, float] = {}
    for names, strength, _ in clues:
        for name in names:
            strengths[name] = strengths.get(name, 0.0) + strength
    return strengths


def fit(cases: list[Case], freedom: float = _FREEDOM) -> dict[str, dict[str, float]]:
    """Return, for each clue, the codes it speaks for or against with its weights.

    Args:
        cases: the figures fitted to.
        freedom: what the penalty is divided by.
    """
    vectors, names, labels = _vectors(cases)
    codes = sorted(set(labels))
    fitted = Parallel(n_jobs=2)(delayed(_fit_one)(vectors, labels == code, freedom) for code in codes)
    weights: dict[str, dict[str, float]] = {ANY: {}}
    for code, (usual, row) in zip(codes, fitted, strict=True):
        weights[ANY][code] = usual
        for ordinal in np.flatnonzero(np.abs(row) >= _LEAST):
            weights.setdefault(str(names[ordinal]), {})[code] = float(row[ordinal])
    return weights


def _vectors(cases: list[Case]) -> tuple[csr_matrix, Any, Any]:
    """Return a row of clues for each case and its weakened copy, the names of the clues, and the codes."""
    draw = random.Random(_SEED)
    rows = [dict(case.clues) for case in cases]
    weakened = [
        {
            clue: strength
            for clue, strength in sorted(
                row.items()
            )  # the same draws for the same case, whatever order it comes in
            if clue.startswith(_KEPT_CLUE) or draw.random() > _LEFT_OUT
        }
        for row in rows
    ]
    vectorizer = DictVectorizer(dtype=np.float32)
    vectors = vectorizer.fit_transform(rows + weakened)
    met = np.asarray((vectors > 0).sum(axis=0)).ravel() >= 2 * _MET
    vectors = vectors[:, met].tocsr()
    # liblinear takes no wider ordinals.
    vectors.indices, vectors.indptr = vectors.indices.astype(np.int32), vectors.indptr.astype(np.int32)
    labels = np.array([case.codes[0] for case in cases] * 2)
    return vectors, vectorizer.get_feature_names_out()[met], labels


def _fit_one(vectors: csr_matrix, wanted: Any, freedom: float) -> tuple[float, Any]:
    model = LogisticRegression(
        l1_ratio=1, C=freedom, solver="liblinear", tol=1e-3, max_iter=200, random_state=_SEED
    )
    model.fit(vectors, wanted)
    return float(model.intercept_[0]), model.coef_.ravel()


def write(weights: Mapping[str, Mapping[str, float]], note: str, path: Path = WEIGHTS) -> None:
    """Write weights as the engine reads them, a clue a row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {note}\n")
        for clue, said in sorted(weights.items()):
            pairs = " ".join(f"{code}:{weight:.2f}" for code, weight in sorted(said.items()))
            file.write(f"{clue}\t{pairs}\n")


def main() -> None:
    paths = seen_sets()
    cases = [*cases_of(paths)]
    weights = fit(cases)
    write(weights, f"fitted on {len(cases)} figures of passages with the digest {digest_of(paths)}")
    sys.stdout.write(
        f"{len(cases)} figures, {len(weights)} clues, {sum(map(len, weights.values()))} weights\n"
    )


if __name__ == "__main__":
    main()
