"""Fits the network by which figures are compared with annotated ones: ``python tests/extraction/likeness_fitting.py``.

Every figure of the passages that anybody may look into (none of those kept closed or blind) is a case: its clues, and
the code it was annotated with, ``none`` where it is no fact. Three small networks (scikit-learn) are fitted to all of
them, each from a draw of its own, and put side by side as one. In every round some of the clues are left out at random, so that
no code hangs on a single word. The draws are seeded: on one machine the same passages, words and rules give the same file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.neural_network import MLPClassifier

from extraction.document import Clues
from extraction.likeness import NONE
from extraction.likeness.clues import named
from extraction.likeness.network import NETWORK
from extraction.reader import prepare, read_drafts

GOLD = Path(__file__).parent / "gold"
#: Sets of something else than passages with figures.
_OTHER_SETS = ("forms", "narrative")
#: Sets that nobody looks into, and so nothing is fitted to.
_UNSEEN = ("blind", "offtopic_third", "offtopic_blind")
#: How many networks are fitted, with how many units each, in how many rounds; the share of clues left out in a round.
_NETWORKS, _UNITS, _ROUNDS, _LEFT_OUT = 3, 40, 6, 0.4
#: In how many cases a clue must be met, and how many of those are kept that move the units most.
_MET, _KEPT = 5, 30_000
#: Sentences of the tests, each of which says in few words what many passages seldom meet, and how often each counts.
_ASSERTED, _TIMES = "asserted", 3
#: Largest step of what is written in eight bits.
_STEPS = 127
#: Clues that are never left out: the kind of the unit says what a number can be at all.
_KEPT_CLUE = "unit="


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
    for path in chain.from_iterable([path] * (_TIMES if path.stem == _ASSERTED else 1) for path in paths):
        for row in path.read_text(encoding="utf-8").splitlines():
            yield from _cases_in(json.loads(row))


def _cases_in(passage: dict[str, Any]) -> Iterator[Case]:
    sights: list[Any] = []
    document = prepare(
        passage["text"], passage.get("title"), passage.get("published"), passage.get("source_province")
    )
    read_drafts(document, sights.append, guessing=False)
    for sight in sights:
        if sight.passed_over or sight.clues is None:
            continue
        start, end = document.folded.start(sight.figure.start), document.folded.end(sight.figure.number.end)
        told = [g for g in passage.get("facts") or [] if min(end, g["end"]) > max(start, g["start"])]
        codes = (told[0]["metric"], *((told[0].get("alt") or {}).get("metric") or ())) if told else (NONE,)
        yield Case(
            _strengths(sight.clues),
            tuple(NONE if code == "other" else code for code in codes),
            sight.draft is not None,
        )


def _strengths(clues: Clues) -> dict[str, float]:
    """Return how strongly each clue is there, all its places taken together."""
    strengths: dict[str, float] = {}
    for name, strength in named(clues):
        strengths[name] = strengths.get(name, 0.0) + strength
    return strengths


class Fitted(NamedTuple):
    """A network as it was fitted.

    Attributes:
        clues: names of the clues.
        codes: the codes.
        moves: for each clue how it moves the units.
        start: where the units stand before any clue.
        speaks: for each unit how much it speaks for each code.
        usual: for each code what speaks for it with no unit above zero.
    """

    clues: list[str]
    codes: list[str]
    moves: Any
    start: Any
    speaks: Any
    usual: Any

    def spoken_for(self, clues: Mapping[str, float]) -> Any:
        """Return how much the clues of a case speak for each code."""
        known = [(ordinal, clues[clue]) for ordinal, clue in enumerate(self.clues) if clue in clues]
        units = self.start + sum(strength * self.moves[ordinal] for ordinal, strength in known)
        return np.maximum(units, 0) @ self.speaks + self.usual


def fit(cases: list[Case]) -> Fitted:
    """Return the network fitted to cases."""
    vectorizer = DictVectorizer(dtype=np.float32)
    vectors = vectorizer.fit_transform([case.clues for case in cases])
    met = np.asarray((vectors > 0).sum(axis=0)).ravel() >= _MET
    names = vectorizer.get_feature_names_out()[met]
    stays = np.array([name.startswith(_KEPT_CLUE) for name in names])
    codes = np.array([case.codes[0] for case in cases])
    draws = range(1, _NETWORKS + 1)
    fitted = Parallel(n_jobs=2)(
        delayed(_fit_one)(vectors[:, met].tocsr(), codes, stays, draw) for draw in draws
    )
    moves = np.concatenate([net.coefs_[0] for net in fitted], axis=1)
    most = np.sort(np.argsort(-np.linalg.norm(moves, axis=1), kind="stable")[:_KEPT])
    return Fitted(
        [str(name) for name in names[most]],
        [str(code) for code in fitted[0].classes_],
        moves[most],
        np.concatenate([net.intercepts_[0] for net in fitted]),
        np.concatenate([net.coefs_[1] for net in fitted]) / _NETWORKS,
        np.mean([net.intercepts_[1] for net in fitted], axis=0),
    )


def _fit_one(vectors: csr_matrix, codes: Any, stays: Any, draw: int) -> MLPClassifier:
    """Fit one network; every other round sees the cases as they are, too."""
    drawn = np.random.default_rng(draw)
    net = MLPClassifier((_UNITS,), alpha=1e-4, learning_rate_init=1e-3, batch_size=256, random_state=draw)
    classes = np.unique(codes)
    for turn in range(_ROUNDS):
        seen = vectors.copy()
        seen.data = seen.data * ((drawn.random(seen.nnz) > _LEFT_OUT) | stays[seen.indices])
        whole = turn % 2 == 0
        rows = vstack([vectors, seen]).tocsr() if whole else seen
        order = drawn.permutation(rows.shape[0])
        net.partial_fit(rows[order], np.tile(codes, 1 + whole)[order], classes=classes)
    return net


def write(fitted: Fitted, note: str, path: Path = NETWORK) -> None:
    """Write a network as the engine reads it (``extraction.likeness.network``), how clues move the units in eight bits."""
    step = float(np.abs(fitted.moves).max()) / _STEPS
    np.savez_compressed(
        path,
        note=_bytes([note]),
        clues=_bytes(fitted.clues),
        codes=_bytes(fitted.codes),
        moves=np.round(fitted.moves / step).astype(np.int8),
        step=np.float32(step),
        start=np.asarray(fitted.start, dtype=np.float32),
        speaks=np.asarray(fitted.speaks, dtype=np.float32),
        usual=np.asarray(fitted.usual, dtype=np.float32),
    )


def _bytes(lines: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def main() -> None:
    paths = seen_sets()
    cases = [*cases_of(paths)]
    fitted = fit(cases)
    write(fitted, f"fitted on {len(cases)} figures of passages with the digest {digest_of(paths)}")
    sys.stdout.write(f"{len(cases)} figures, {len(fitted.clues)} clues, {len(fitted.start)} units\n")


if __name__ == "__main__":
    main()
