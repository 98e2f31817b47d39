"""Text made of a row's cells: a column, a template of columns, or the first of several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAMED = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Template:
    """`"Company"` is that column; `"{FirstName} {LastName}"` is text around columns."""

    written: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(NAMED.findall(self.written)) or (self.written,)

    def fill(self, cells: Mapping[str, str]) -> str:
        """The text without white space around it; "" where every column of it is empty."""
        columns = self.columns
        if columns == (self.written,):
            return cells.get(self.written, "").strip()
        if not any(cells.get(column, "").strip() for column in columns):
            return ""
        filled = NAMED.sub(lambda named: cells.get(named[1], "").strip(), self.written)
        return re.sub(" {2,}", " ", filled).strip()


@dataclass(frozen=True)
class Source:
    """Templates tried in turn: the first that gives text is taken. `constant` stands for all."""

    templates: tuple[Template, ...] = ()
    constant: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns read, each once, in the order written."""
        return tuple(dict.fromkeys(name for each in self.templates for name in each.columns))

    def fill(self, cells: Mapping[str, str]) -> str:
        for template in self.templates:
            if text := template.fill(cells):
                return text
        return self.constant
