"""What holds for every module of the suite, and for the tables that hold its records."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path

import db
from db.ddl import script
from db.declare import Choice, Column
from db.modules import MODULES, PARTS, apps
from db.suite import COMMON, Suite

SUITE = Suite(MODULES, PARTS)
MIGRATION = Path(db.__file__).parent / "migrations" / "versions" / "0001_initial.sql"


def test_every_relation_is_a_tab_of_its_target() -> None:
    told = {
        (fact.target_name, fact.inverse, module.name)
        for module in SUITE
        for fact in module.facts.values()
        if not isinstance(fact, Column)
    }

    tabs = {
        (module.name, tab.name, tab.module.name)
        for module in SUITE
        for tab in module.tabs.values()
        if not tab.forward
    }

    assert tabs == told


def test_links_are_a_tab_on_both_sides() -> None:
    for module in SUITE:
        for name, fact in module.links.items():
            near, far = module.tabs[name], module.target(fact).tabs[fact.inverse]

            assert (near.key, near.module, near.label) == (
                far.key,
                module.target(fact),
                fact.label,
            )
            assert (far.module, far.forward, near.forward) == (module, False, True)


def test_every_module_holds_its_whole_record_in_one_table() -> None:
    for module in SUITE.modules:
        columns = {column.name: column for column in module.table.columns}

        keys = {relation.foreign_key for relation in module.relations.values()}
        assert {*COMMON, *module.columns, *keys} <= set(columns), module.name
        assert {name: columns[name].nullable for name in module.columns} == {
            name: column.optional or column.readonly for name, column in module.columns.items()
        }, module.name


def test_every_foreign_key_has_an_index_that_serves_its_tab() -> None:
    for module in SUITE:
        leading = {tuple(column.name for column in index.columns) for index in module.table.indexes}

        for relation in module.relations.values():
            assert (relation.foreign_key, "id") in leading, f"{module.name}.{relation.name}"


def test_a_list_of_values_that_several_fields_have_stands_once() -> None:
    lists: defaultdict[object, set[type[Choice]]] = defaultdict(set)

    for module in SUITE:
        for column in module.columns.values():
            if column.choice:
                lists[tuple((each.value, each.label) for each in column.choice)].add(column.choice)

    assert [doubled for doubled in lists.values() if len(doubled) > 1] == []


def test_modules_stand_in_the_order_of_the_menu() -> None:
    menu = [app for app, _ in groupby(module.declared.app for module in SUITE.modules)]

    assert menu == [
        *(apps.SALES, apps.MARKETING, apps.CATALOGUE, apps.PURCHASING, apps.FINANCE, apps.STOCK),
        *(apps.PROJECTS, apps.HR, apps.SUPPORT, apps.MAINTENANCE, apps.POINT_OF_SALE),
    ]


def test_the_first_migration_makes_the_declared_tables() -> None:
    assert MIGRATION.read_text() == script(SUITE), "run `python scripts/initial_migration.py`"
