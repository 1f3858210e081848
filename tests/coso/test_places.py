"""Provinces of both frames, by any name and day."""

from __future__ import annotations

from datetime import date

import pytest

from coso import places

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("name", "day", "code", "frame", "canonical"),
    [
        ("Hà Nam", OLD, "35", "63", "Hà Nam"),
        ("Hà Nam", NEW, "37", "34", "Ninh Bình"),
        ("tỉnh Hoà Bình", OLD, "17", "63", "Hòa Bình"),
        ("TP.HCM", NEW, "79", "34", "Hồ Chí Minh"),
        ("Bà Rịa – Vũng Tàu", OLD, "77", "63", "Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên Huế", OLD, "46", "63", "Huế"),
        ("Bắc Giang", NEW, "24", "34", "Bắc Ninh"),
        ("Bắc Ninh", NEW, "24", "34", "Bắc Ninh"),
        ("Bắc Ninh", OLD, "27", "63", "Bắc Ninh"),
        ("Đắc Lắc", OLD, "66", "63", "Đắk Lắk"),
        ("Ðồng Nai", OLD, "75", "63", "Đồng Nai"),
    ],
)
def test_a_name_and_a_day_give_code_and_frame(
    name: str, day: date, code: str, frame: str, canonical: str
) -> None:
    assert places.find_province(name, day) == places.Province(code, frame, canonical)


def test_unknown_names_give_none() -> None:
    assert places.find_province("Atlantis", OLD) is None
    assert places.find_bearer("Atlantis", OLD) is None
    assert places.find_province("Thái Bình Dương", OLD) is None


def test_the_crosswalk_covers_every_old_province_once() -> None:
    old = [province for province in places.provinces().values() if province.frame == "63"]
    assert len(old) == 63
    reached = [
        member for code in {places.successor(p.code).code for p in old} for member in places.members(code)
    ]
    assert sorted(p.code for p in reached) == sorted(p.code for p in old)


def test_frames_change_on_the_day_of_the_reform() -> None:
    assert (places.frame_on(OLD), places.frame_on(NEW), places.frame_on(None)) == ("63", "34", "34")


def test_districts_and_communes_are_found_by_name() -> None:
    (duy_xuyen,) = places.districts()["duy xuyên"]
    assert (duy_xuyen.province_code, duy_xuyen.level) == ("49", "district")
    long_dinh = places.communes()["long định"]
    assert {unit.province_code for unit in long_dinh} >= {"83"}
    assert all(unit.level == "commune" for unit in long_dinh)


def test_the_person_is_not_the_city() -> None:
    assert "hồ chí minh" not in places.province_spellings()
    assert places.province_spellings()["tp.hcm"] == "Hồ Chí Minh"


def test_every_old_commune_lies_in_a_district_of_its_province() -> None:
    """Also those of districts dissolved in 2019 and 2020, which texts of those years name."""
    districts = places.districts_by_code()
    old = [unit for same in places.communes().values() for unit in same if unit.frame == "63"]
    assert len(old) > 10_000
    assert [u for u in old if u.province_code != districts[u.district_code or ""].province_code] == []


def test_a_dissolved_district_gives_way_to_one_of_its_name_that_stood_on() -> None:
    assert [unit.province_code for unit in places.districts()["kì sơn"]] == ["40"]
    assert [unit.province_code for unit in places.districts()["tây trà"]] == ["51"]


@pytest.mark.parametrize(
    ("name", "code", "frame"),
    [
        ("Hà Nam", "35", "63"),
        ("Ninh Bình", "37", "34"),
        ("Thừa Thiên Huế", "46", "34"),
        ("Cao Bằng", "04", "34"),
    ],
)
def test_a_province_that_was_merged_bears_its_name_for_ever(name: str, code: str, frame: str) -> None:
    found = places.find_bearer(name, NEW)
    assert found is not None
    assert (found.code, found.frame) == (code, frame)
