"""The comparison with the domain's files tells what is not declared as they state it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.check_domain import main

UNIT = """
[app]
key = "catalogue"
label = { fr = "Catalogue", en = "Catalogue" }

[[module]]
key = "unit_of_measure"
type = "UnitOfMeasure"
label = { fr = "Unité de mesure", en = "Unit of measure" }
plural = { fr = "Unités de mesure", en = "Units of measure" }
prefix = "UNI"
title = "name"
line_items = false
fields = [
  { name = "name", type = "text", fr = "Nom", en = "Name", required = true, flags = ["quick"] },
  { name = "active", type = "boolean", fr = "Active", en = "Active", flags = ["key"] },
]
relations = [
  { name = "base_unit", target = "unit_of_measure", fr = "Unité de base", en = "Base unit", \
inverse = "derived_units", inverse_fr = "Unités dérivées", inverse_en = "Derived units", \
rollup = false },
]
"""


def told_of(folder: Path, capsys: pytest.CaptureFixture[str], stated: str) -> tuple[int, str]:
    """The exit code for a domain of one file, and all that was printed."""
    (folder / "modules").mkdir()
    (folder / "modules" / "catalogue.toml").write_text(stated)
    code = main([str(folder)])
    return code, "".join(capsys.readouterr())


def test_what_is_declared_as_stated_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = told_of(tmp_path, capsys, UNIT)

    counts = "1 modules, 2 fields, 1 relations, 0 many-to-many relations"
    assert (code, told) == (0, f"All declared: {counts}.\n")


@pytest.mark.parametrize(
    ("stated", "otherwise", "told"),
    [
        ('"UnitOfMeasure"', '"Unit"', "Unit: is not declared"),
        (
            'prefix = "UNI"',
            'prefix = "UDM"',
            "UnitOfMeasure: prefix: 'UDM' in the domain, 'UNI' in the code",
        ),
        (
            "line_items = false",
            "line_items = true",
            "UnitOfMeasure: line_items: True in the domain, False in the code",
        ),
        (
            'title = "name"',
            'title = "{number} {name}"',
            "UnitOfMeasure: title: '{number} {name}' in the domain, '{name}' in the code",
        ),
        (
            'name = "name", type = "text"',
            'name = "name", type = "email"',
            "UnitOfMeasure.name: type: 'email' in the domain, 'str' in the code",
        ),
        (
            'en = "Name", required = true',
            'en = "Name"',
            "UnitOfMeasure.name: required: False in the domain, True in the code",
        ),
        (
            'flags = ["quick"]',
            'flags = ["quick", "unique"]',
            "UnitOfMeasure.name: unique: True in the domain, False in the code",
        ),
        (
            'flags = ["quick"]',
            'flags = ["quick"], unit = "kg"',
            "UnitOfMeasure.name: the domain states 'unit', which is not compared",
        ),
        (
            'name = "active"',
            'name = "in_use"',
            "UnitOfMeasure.in_use: is not declared as a column",
        ),
        (
            '"Derived units"',
            '"Sub-units"',
            "UnitOfMeasure.base_unit: tab: Label(fr='Unités dérivées', en='Sub-units') in the "
            "domain, Label(fr='Unités dérivées', en='Derived units') in the code",
        ),
        (
            "rollup = false",
            "rollup = true",
            "UnitOfMeasure.base_unit: rollup: True in the domain, False in the code",
        ),
    ],
)
def test_what_is_declared_otherwise_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stated: str, otherwise: str, told: str
) -> None:
    assert stated in UNIT

    answer = told_of(tmp_path, capsys, UNIT.replace(stated, otherwise))

    assert answer == (1, f"{told}\n")


def test_a_folder_without_a_domain_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([str(tmp_path)])

    told = f"check_domain: {tmp_path}: has no modules/*.toml; name the folder of the domain\n"
    assert (code, capsys.readouterr().err) == (2, told)


def test_a_file_that_is_no_toml_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = told_of(tmp_path, capsys, "[[module]\n")

    assert code == 2
    assert told.startswith(f"check_domain: {tmp_path}/modules/catalogue.toml: ")
