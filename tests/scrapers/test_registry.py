"""Source files: what is accepted, and how a broken one is refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from coso.errors import BadInputError
from scrapers.parse.feedback import standard_status
from scrapers.registry import FAMILIES, PACKAGED_SOURCES, load_registry
from scrapers.sourcefile import (
    ArchiveWay,
    Discovery,
    EarlierParser,
    Endpoint,
    Feedback,
    FeedbackFields,
    FieldSelector,
    Paging,
    Permission,
    Postback,
    Province,
    Retry,
    Selector,
    Selectors,
    Source,
    Topic,
)

GOOD = """\
key: bao-thu
name: Báo Thử
kind: party_newspaper
extends: f5
status: unverified
home_url: https://baothu.vn/
province: {code: "22", frame: "34"}
discovery:
  - {method: listing, url: https://baothu.vn/}
schedule: "0 6 * * *"
licence: test
"""


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Source]:
    def run(text: str) -> Source:
        (tmp_path / "one.yml").write_text(text, encoding="utf-8")
        return load_registry(tmp_path).sources[0]

    return run


def test_a_family_fills_in_and_the_source_has_the_last_word(load: Callable[[str], Source]) -> None:
    more = "selectors:\n  title: h2.own\n  drop: [.own-ad]\ntail_triggers: [Xem tiếp]\n"
    source = load(GOOD + more)
    family = yaml.safe_load((FAMILIES / "f5.yml").read_text(encoding="utf-8"))
    assert [one.css for one in source.selectors.title] == ["h2.own"]
    assert source.selectors.drop == (*family["selectors"]["drop"], ".own-ad")
    assert source.tail_triggers == (*family["tail_triggers"], "Xem tiếp")
    assert source.article_url == family["article_url"]
    assert source.allowed_domains == ("baothu.vn",)


def test_usual_words_for_statuses_need_not_be_listed_and_a_portals_own_win(
    load: Callable[[str], Source],
) -> None:
    portal = GOOD.replace("party_newspaper", "feedback_portal").replace("extends: f5", "extends: feedback")
    feedback = "feedback:\n  channel: Thử\n  external_id: id=(\\d+)\n  fields: {title: h1, status: .tt}\n"
    usual = load(portal + feedback).feedback
    assert usual is not None
    assert {standard_status(usual, word) for word in ("mới tiếp nhận", "Chờ xử lý")} == {"received"}
    assert standard_status(usual, "KHÔNG THUỘC THẨM QUYỀN") == "rejected"
    own = load(
        portal + feedback + "  statuses: {đang xử lý: assigned, Họp liên ngành: in_progress}\n"
    ).feedback
    assert own is not None
    told = [standard_status(own, word) for word in ("Đang xử lý", "Họp liên ngành", "Quá hạn", "Khác")]
    assert told == ["assigned", "in_progress", "overdue", None]


BROKEN: list[tuple[Callable[[str], str], str, str]] = [
    (lambda text: text + "colour: red\n", r"one\.yml, line 12, key colour: unknown key", "remove it"),
    (lambda text: text + "pace_second: 5\n", r"line 12, key pace_second: unknown key", "did you mean pace_seconds"),
    (lambda text: text.replace("licence: test\n", ""), r"one\.yml, key licence: key is missing", "add it"),
    (lambda text: text.replace("f5", "f9"), r"line 4, key extends: unknown family 'f9'", "use one of"),
    (lambda text: text.replace("extends: f5\n", ""), r"key extends is missing", "add extends"),
    (lambda text: text.replace('"22"', '"35"'),
     r"line 7, key province.code: code 35 is that of none of the 34", "mend"),
    (lambda text: text.replace('{code: "22", frame: "34"}', "22"), r"line 7, key province: must hold keys", "mend"),
    (lambda text: text.replace("0 6 * * *", "daily"), r"line 10, key schedule: 'daily' is no cron line", "mend"),
    (lambda text: text.replace("0 6 * * *", "0 24 * * *"),
     r"'24' is outside the hours of a cron line, 0 to 23", "mend"),
    (lambda text: text + "domains: [gov.vn]\n", r"line 12, key domains.0: 'gov.vn' is no single site's", "mend"),
    (lambda text: text + "successor: https://a.vn\n",
     r"line 12, key successor: 'https://a.vn' is no host name", "mend"),
    (lambda text: text + "visiting_hours: 25:00-06:00\n",
     r"line 12, key visiting_hours: '25:00-06:00' are no hours", "mend"),
    (lambda text: text + "topic: {words: ['']}\n", r"line 12, key topic.words.0: must not be empty", "mend"),
    (lambda text: text + "selectors: {titel: h1}\n",
     r"line 12, key selectors.titel: unknown key", "did you mean title"),
    (lambda text: text + "selectors: {title: {css: h1, min: 2}}\n",
     r"key selectors.title.0: min 2 is above max 1", "mend"),
    (lambda text: text + "permission: {status: granted, given_on: 2026-13-05, by: A}\n",
     r"line 12: broken YAML \(month", "mend"),
    (lambda text: text + "permission: {status: granted, given_on: 2026-01-05, expires_on: 2025-01-05, by: A}\n",
     r"line 12, key permission.expires_on: expires_on 2025-01-05 is before given_on 2026-01-05", "mend"),
    (lambda text: text + "pace_seconds: 0\n", r"line 12, key pace_seconds: pace_seconds must be at least 1", "mend"),
    (lambda text: text + "? [a]\n: 1\n", r"line 12: broken YAML \(a list or mapping is no key", "mend"),
    (lambda text: text.replace("f5", "[f5]"), r"line 4, key extends: unknown family \['f5'\]", "use one of"),
    (lambda text: text.replace("extends", "family"), r"line 4, key family", "extends"),
    (lambda text: text.replace('"22"', "22"), r"line 7, key province.code: must be text; put it in quotes", "mend"),
    (lambda text: text.replace("status: unverified", "status: ok"), r"line 5, key status: must be 'verified'", "mend"),
    (lambda text: text + "  bad: [\n", r"one\.yml, line 1\d: broken YAML", "mend the line"),
    (lambda text: text + "key: again\n", r"line 12: broken YAML \(key 'key' given twice\)", "mend the line"),
    (lambda text: text + "article_url: '('\n", r"line 12, key article_url: '\(' is no regular expression", "mend"),
    (lambda text: text + "selectors: {title: 'h1[['}\n", r"'h1\[\[' is no CSS selector", "mend"),
    (lambda text: text + "pace_seconds: 0.1\n", r"pace_seconds must be at least 1", "mend"),
    (lambda text: text.replace("listing, url: https://baothu.vn/", "listing"), r"line 9.*needs a url", "mend"),
    (lambda text: text.replace("url: https://baothu.vn/}", "url: https://other.vn/}"), r"outside the source", "mend"),
    (lambda text: text.replace("kind: party_newspaper", "kind: feedback_portal"), r"feedback goes with kind", "mend"),
    (lambda text: text.replace("kind: party_newspaper", "kind: central"), r"province: null", "mend"),
    (lambda text: text.replace("schedule: \"0 6 * * *\"", "schedule: daily"), r"line 10, key schedule", "mend"),
    (lambda text: text.replace("home_url: https:", "home_url: ftp:"), r"is no http or https address", "mend"),
    (lambda _: "- a list\n", r"one\.yml: holds no keys", "docs/sources.md"),
    (lambda _: "", r"one\.yml: holds no keys", "docs/sources.md"),
    (lambda text: text.replace("baothu.vn/}", "baothu.vn:${PORT}/}"), r"line 9: \$\{PORT\} has no value", "write"),
]  # fmt: skip


@pytest.mark.parametrize(("breaking", "what", "mend"), BROKEN)
def test_a_broken_file_names_place_and_mend(
    breaking: Callable[[str], str], what: str, mend: str, load: Callable[[str], Source]
) -> None:
    with pytest.raises(BadInputError) as caught:
        load(breaking(GOOD))
    assert re.search(what, caught.value.what)
    assert mend in caught.value.mend
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_bytes(b"key: \xff\xfe")
    with pytest.raises(BadInputError, match="byte 5 is not UTF-8"):
        load_registry(tmp_path)


def test_two_sources_of_one_key(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"b\.yml: key 'bao-thu' is also the key of .*a\.yml"):
        load_registry(tmp_path)


def test_folders_without_sources(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="holds no source file"):
        load_registry(tmp_path)
    with pytest.raises(BadInputError, match="is no folder"):
        load_registry(tmp_path / "nowhere")


def test_variables_are_filled_in(tmp_path: Path) -> None:
    text = GOOD.replace("https://baothu.vn/", "http://127.0.0.1:${PORT}/") + "allow_loopback: true\n"
    (tmp_path / "one.yml").write_text(text, encoding="utf-8")
    assert load_registry(tmp_path, {"PORT": "8123"}).sources[0].home_url == "http://127.0.0.1:8123/"


def test_an_unknown_key_is_told_the_nearest() -> None:
    registry = load_registry()
    assert registry.get("baohatinh").name == "Báo và PT-TH Hà Tĩnh"
    with pytest.raises(BadInputError, match=r"unknown source 'baohatin'.*did you mean baohatinh"):
        registry.get("baohatin")
    with pytest.raises(BadInputError, match="coso sources"):
        registry.get("zzzzzzzzzzzzzzzzz")


def test_the_packaged_sources_cover_the_country_and_claim_nothing() -> None:
    sources = load_registry().sources
    papers = [source for source in sources if source.kind == "party_newspaper"]
    new = {source.province.code for source in papers if source.province and source.province.frame == "34"}
    assert len(new) == 34
    assert len(papers) >= 63
    assert {source.status for source in sources} <= {"unverified", "legacy"}
    assert all(source.caveats for source in sources)
    hosts = {source.allowed_domains[0] for source in sources}
    successors = {source.successor for source in papers if source.successor}
    assert successors <= hosts
    assert not any(source.allow_loopback for source in sources)


FACTS = Path(__file__).parents[3] / "shared" / "domain" / "sources.csv"


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts about sites are not part of the checkout")
def test_every_site_known_to_be_in_use_has_a_source_file() -> None:
    by_host = {host.removeprefix("www."): s for s in load_registry().sources for host in s.allowed_domains}
    with FACTS.open(encoding="utf-8", newline="") as handle:
        known = [row for row in csv.DictReader(handle) if row["domain"]]
    assert len(known) > 150
    missing = [row["domain"] for row in known if row["domain"].removeprefix("www.") not in by_host]
    assert missing == []
    for row in known:
        source = by_host[row["domain"].removeprefix("www.")]
        assert (source.status == "legacy") == row["status"].startswith("legacy"), row["domain"]
        if source.province:
            code = row["code_34"] if source.province.frame == "34" else row["code_63"]
            assert source.province.code == code, row["domain"]


def test_files_lie_where_their_province_says() -> None:
    registry = load_registry()
    for key, path in registry.origins.items():
        assert path.parent.parent == PACKAGED_SOURCES
        central = registry.get(key).province is None
        assert (path.parent.name == "central") == central


ARTICLE_MODELS = [Source, Province, Discovery, Paging, Selectors, Selector, Topic, Retry]
WAYS = [ArchiveWay, EarlierParser, Endpoint, Permission, Postback]
MODELS = [*ARTICLE_MODELS, *WAYS, Feedback, FeedbackFields, FieldSelector]


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_in_the_docs(model: Any) -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    keys = {"extends" if key == "family" else key for key in (one.name for one in fields(model))}
    assert {key for key in keys if not re.search(rf"`{key}`|\b{key}:", text)} == set()
