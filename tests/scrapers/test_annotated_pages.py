"""The benchmark on annotated pages: what it counts, and what it says of a folder it cannot use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scraper_pages import CAPTION, FIRST, SAPO, SECOND, TITLE, page

from benchmarks.scrapers.annotated import load_pages, measure_ours
from benchmarks.scrapers.scoring import numbers_kept, words_kept
from coso.errors import BadInputError

HEAD = f"title: {TITLE}\ndate: 2024-12-19\nurl: https://www.khong-biet.example/tin-1.html\n"
BODY = f"""<h1>{TITLE}</h1><div>19/12/2024 18:10</div><p>{SAPO}</p><div class="text"><p>{FIRST}</p>
<figure><img src="a.jpg"><figcaption>{CAPTION}</figcaption></figure><p>{SECOND}</p></div>"""


def test_words_and_numbers_are_counted_as_often_as_they_occur() -> None:
    kept = words_kept("một hai hai ba", "hai hai hai một")
    assert (kept.right, kept.expected, kept.strange) == (3, 4, 1)
    assert kept.f1 == pytest.approx(2 * 3 / (3 + 1 + 4))
    numbers = numbers_kept("30/4 có 1.145 và 97,5%", "30/4 có 1.145 và 97.5%")
    assert (numbers.right, numbers.strange, numbers.recall) == (2, 1, pytest.approx(2 / 3))


def test_what_stands_beside_the_text_counts_neither_way() -> None:
    beside = "Ảnh: Minh Thử"
    without, with_it = (
        words_kept("một hai", "một hai", beside),
        words_kept("một hai Ảnh: Minh Thử", "một hai", beside),
    )
    assert without == with_it
    assert words_kept("một hai Ảnh: Minh Thử Thử", "một hai", beside).strange == 1


def test_a_folder_is_read_and_measured(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(BODY), encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{HEAD}\n{SAPO}\n{FIRST}\n~ {CAPTION}\n{SECOND}\n", encoding="utf-8")
    (tmp_path / "b.html").write_text(page(BODY.replace("19/12/2024 18:10", "")), encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        f"title: Khác\ndate: -\n\n{SAPO}\n{FIRST} 1.234\n{SECOND}\n", encoding="utf-8"
    )
    told = measure_ours(tmp_path, each=True)["coso"]
    assert (told["pages"], told["titles_right"]) == (2, 1)
    assert (told["dates_right"], told["dates_absent"], told["dates_wrong"]) == (2, 0, 0)
    assert told["each"]["a"]["f1"] == 1
    assert 0.9 < told["each"]["b"]["recall"] < 1
    assert told["numbers_recall"] < told["numbers_precision"] == 1


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "holds no page"),
        ({"a.html": "<p>"}, "a.html has no a.txt beside it"),
        ({"a.txt": HEAD}, "a.txt has no a.html beside it"),
        ({"a.html": "<p>", "a.txt": f"{HEAD}\n"}, "lacks its title, its date or its text"),
        (
            {"a.html": "<p>", "a.txt": "title: T\ndate: 19/12/2024\n\nText"},
            "lacks its title, its date or its text",
        ),
        (
            {"a.html": "<p>", "a.txt": "title: T\nText at once"},
            "line 2: 'Text at once' is no line of the head",
        ),
    ],
    ids=["empty", "no_text", "no_page", "nothing_said", "day", "head"],
)
def test_a_folder_that_cannot_be_used_is_refused(files: dict[str, str], problem: str, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=re.escape(problem)):
        load_pages(tmp_path)


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is no folder"):
        load_pages(tmp_path / "none")
