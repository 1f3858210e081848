"""YAML written by hand: what a lenient reader would guess is refused with its file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coso.errors import BadInputError
from coso.yamlfile import read_yaml


def write(folder: Path, text: str) -> Path:
    path = folder / "one.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: broken YAML .key 'a' given twice"),
        ("a:\n- {b: 1, b: 2}\n", "line 2: broken YAML .key 'b' given twice"),
        ("on: 1\ndays:\n  2026-13-05\n", "line 3: broken YAML .month must be in 1..12"),
        ("n: 0x_\n", "line 1: broken YAML .invalid literal"),
        ("? [a]\n: 1\n", "line 1: broken YAML .a list or mapping is no key"),
        ("a: &it {b: *it}\n", "line 1: broken YAML"),
        ("a: [\n", "broken YAML"),
        ("a: !!python/object/apply:os.getcwd []\n", "line 1: broken YAML"),
    ],
)
def test_what_is_no_plain_yaml_is_named_with_its_line(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=f"one.yml, {says}" if says.startswith("line") else says):
        read_yaml(write(tmp_path, text))


def test_plain_yaml_is_read(tmp_path: Path) -> None:
    text = "base: &base {hour: 8, when: digest}\nmine: {<<: *base, hour: 9}\nday: 2026-03-05\nlist: [1, 0.5, yes, ~]\n"
    assert read_yaml(write(tmp_path, text)) == {
        "base": {"hour": 8, "when": "digest"},
        "mine": {"hour": 9, "when": "digest"},
        "day": date(2026, 3, 5),
        "list": [1, 0.5, True, None],
    }
    assert read_yaml(write(tmp_path, "")) is None


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        read_yaml(tmp_path / "none.yml")
    (tmp_path / "one.yml").write_bytes(b"key: \xff\xfe")
    with pytest.raises(BadInputError, match="byte 5 is not UTF-8"):
        read_yaml(tmp_path / "one.yml")
