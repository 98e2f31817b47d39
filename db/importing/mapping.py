"""The mapping that a person writes, read and held against the modules and the files.

All that is wrong with it is told at once, before any row is read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final, get_args

from db.customs import Having, declared
from db.importing import fields
from db.importing.fields import Place
from db.importing.formats import Format
from db.importing.plan import Existing, Field, Lines, Parts, Plan, Table
from db.importing.problems import MappingError, Problems
from db.importing.reading import CsvFile, opened
from db.posting import POSTED
from db.suite import Module, Suite

FILE: Final = ("encoding", "delimiter", "decimal")
FORM: Final = (*FILE, "exported", "dates")
"""How a file is written: keys of [files], of a table and of its lines."""
LINES: Final = ("file", "by", "fields", *FORM)
TABLE: Final = (
    "name",
    "file",
    "module",
    "key",
    "distinct",
    "match",
    "existing",
    "validate",
    "fields",
    "lines",
    *FORM,
)


def load(path: Path, folder: Path, suite: Suite, zone: tzinfo, having: Having = declared) -> Plan:
    """The mapping in `path`, for the files of `folder`. Moments without offset are in `zone`;
    `having` says which custom fields modules have.

    Raises MappingError, or StartError where a file cannot be read.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(path, [f"cannot be read ({error})"]) from None
    reading = _Mapping(folder, suite, zone, having)
    plan = reading.plan(written)
    if reading.problems:
        raise MappingError(path, reading.problems)
    return plan


@dataclass
class _Mapping:
    """Reads a mapping once: notes what is wrong and goes on."""

    folder: Path
    suite: Suite
    zone: tzinfo
    having: Having = declared
    defaults: Mapping[str, Any] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[tuple[Any, ...], CsvFile] = field(default_factory=dict)
    used: dict[CsvFile, set[str]] = field(default_factory=dict)

    def plan(self, written: Mapping[str, Any]) -> Plan:
        self.problems.table("the mapping", written, ("files", "table"))
        self.defaults = self.problems.table("[files]", written.get("files", {}), FORM)
        tables = written.get("table")
        if not isinstance(tables, list) or not tables:
            self.problems.say("the mapping", "has no [[table]]")
            tables = []
        for each in tables:
            self._table(each)
        unused = {
            file: tuple(name for name in file.header if name not in names)
            for file, names in self.used.items()
        }
        return Plan(tuple(self.tables.values()), unused)

    def _table(self, given: Any) -> None:
        if not isinstance(given, Mapping):
            self.problems.say("[[table]]", "is a table of keys")
            return
        name = str(given.get("name") or Path(str(given.get("file", "?"))).stem)
        where = f"table {name}"
        written = {**self.defaults, **self.problems.table(where, given, TABLE)}
        if name in self.tables:
            self.problems.say(where, "is there twice: give one of them another name")
        module, file = self._module(where, written), self._file(where, written)
        if module is None or file is None:
            return
        place = self._place(where, file, module, written)
        key = fields.source(place.at("key"), written["key"]) if "key" in written else None
        if key is not None:
            # Its rows may point at each other.
            place = replace(place, tables={**place.tables, name: module})
        found = fields.fields(place, written.get("fields"))
        distinct = self.problems.flag(where, written, "distinct")
        validate = self.problems.flag(where, written, "validate")
        existing = written.get("existing", "skip")
        if key is None and (distinct or "lines" in written):
            place.say("needs a key for distinct rows and for lines")
        if validate and module.name not in POSTED:
            place.at("validate").say(f"{module.name} is not validated")
        if existing not in get_args(Existing):
            place.at("existing").say("is skip, update or merge")
        self.tables[name] = Table(
            name=name,
            file=file,
            module=module,
            fields=found,
            key=key,
            distinct=distinct,
            match=_match(place, written, found),
            existing=existing,
            validate=validate,
            lines=self._lines(place, written["lines"]) if "lines" in written else None,
        )

    def _module(self, where: str, written: Mapping[str, Any]) -> Module | None:
        name = written.get("module")
        names = [module.name for module in self.suite.modules]
        if name not in names:
            self.problems.unknown(f"{where}, module", name, "module", names)
            return None
        module = self.suite[name]
        if module.declared.by_actions:
            self.problems.say(f"{where}, module", f"{name} is written by the service only")
            return None
        return module

    def _file(self, where: str, written: Mapping[str, Any]) -> CsvFile | None:
        name = written.get("file")
        encoding, delimiter, decimal = how = [written.get(key, "") for key in FILE]
        exported = self.problems.flag(where, written, "exported")
        if not isinstance(name, str) or not name:
            self.problems.say(where, 'has no file: write file = "….csv"')
        elif not isinstance(encoding, str):
            self.problems.say(f"{where}, encoding", "is a text, like cp1252")
        elif not isinstance(delimiter, str) or len(delimiter) > 1:
            self.problems.say(f"{where}, delimiter", "is one character")
        elif decimal not in ("", ".", ","):
            self.problems.say(f"{where}, decimal", 'is "." or ","')
        elif not (self.folder / name).is_file():
            self.problems.say(f"{where}, file", f"{name} is not in {self.folder}")
        else:
            key = (name, *how, exported)
            if key not in self.files:
                path = self.folder / name
                self.files[key] = opened(path, encoding, delimiter, decimal, exported=exported)
            return self.files[key]
        return None

    def _place(
        self, where: str, file: CsvFile, module: Module, written: Mapping[str, Any]
    ) -> Place:
        place = Place(
            where=where,
            file=file,
            module=module,
            form=Format(file.decimal, (), self.zone),
            tables={each.name: each.module for each in self.tables.values() if each.key},
            problems=self.problems,
            used=self.used.setdefault(file, set()),
            having=self.having,
        )
        dates = {key: written[key] for key in ("dates",) if key in written}
        return replace(place, form=fields.form(place, dates))

    def _lines(self, document: Place, given: Any) -> Lines | None:
        where = f"{document.where}, lines"
        if not document.module.declared.lines:
            self.problems.say(where, f"{document.module.name} has no line items")
            return None
        written = {**self.defaults, **self.problems.table(where, given, LINES)}
        file, module = self._file(where, written), self.suite["LineItem"]
        if file is None:
            return None
        place = self._place(where, file, module, written)
        by = fields.source(place.at("by"), written.get("by"))
        found = fields.fields(place, written.get("fields"))
        return Lines(file, module, by, found) if by else None


def _match(
    place: Place, written: Mapping[str, Any], found: Mapping[str, Field]
) -> tuple[tuple[str, ...], ...]:
    """As declared; unless declared, each unique field by itself, in the catalogue's order, within
    the first relation that the module requires.
    """
    module = place.module
    if "match" not in written:
        within = [each.name for each in module.relations.values() if each.required][:1]
        unique = [each.name for each in module.columns.values() if each.unique]
        groups = tuple((*within, name) for name in unique if name in found)
        if not groups:
            place.say(
                "needs match = [fields by which a record that is there is known again], or "
                "match = [] to create a record for every row at each run"
            )
        return groups
    given = written["match"]
    names = tuple(map(str, given if isinstance(given, list) else [given]))
    for name in names:
        if name not in found or isinstance(found[name], Parts):
            place.at("match").unknown(name, "field mapped here", found)
    return (names,) if names else ()
