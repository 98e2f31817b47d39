"""What the global search should find, in plain Python: the model it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.model import fold


@dataclass
class Known:
    """A record as the search knows it. `others`: its searched fields in declared order, each with
    how it is searched (`phone`, `email` or `reference`) and what it holds.
    """

    id: int
    module: str
    owner: int
    number: str
    title: str
    others: Sequence[tuple[str, str, str | None]] = ()
    deleted: bool = False

    def found_by(self) -> set[tuple[str, int, str]]:
        """What it is found by: each with its rank, and the field it is of."""
        number = words(self.number)
        found = {(key, min(i, 1), "number") for i, key in enumerate(starts(number))}
        found.add((number[-1].lstrip("0"), 1, "number"))
        found |= {(word, 2, "title") for word in words(self.title.removeprefix(f"{self.number} "))}
        for rank, (name, kind, value) in enumerate(self.others, start=3):
            if value is None:
                continue
            if kind == "phone":
                keys = dialled(value)
            elif kind == "email":
                keys = starts(words(value))[:-1]
            else:
                keys = starts(words(value))
            found |= {(key, rank, name) for key in keys}
        return {each for each in found if each[0]}


def words(text: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in fold(text)).split()


def starts(parts: Sequence[str]) -> list[str]:
    """The parts run together, from each of them on."""
    return ["".join(parts[i:]) for i in range(len(parts))]


def dialled(phone: str) -> list[str]:
    """A French number, from abroad and at home."""
    home = re.sub(
        r"^(\+|00)33", "0", re.sub(r"\D", "", phone.replace("(0)", "").replace("+", "00"))
    )
    return [home, f"33{home[1:]}"]


@dataclass
class Expected:
    """The hits of one module: those in order, then those in any order. Each is an id and the field
    it was found by, which depends for the latter on which word is the rarest: None.
    """

    ordered: list[tuple[int, str]] = field(default_factory=list)
    others: set[int] = field(default_factory=set)
    quality: int = 2


def expected(text: str, records: Iterable[Known]) -> dict[str, Expected]:
    """What the text finds among records that one may see, by module."""
    asked = words(text)
    if not asked:
        return {}
    together = ["".join(asked)]
    phone = re.fullmatch(r"[+0][\d\s().\-/]*", text.strip()) is not None
    if phone and text.strip().startswith("+"):
        together.append("".join(words(text.replace("(0)", ""))))
    found: dict[str, Expected] = {}
    for known in (each for each in records if not each.deleted):
        mine = found.setdefault(known.module, Expected())
        if any(key.startswith(whole) for whole in together for key, _, _ in known.found_by()):
            continue
        if not phone and all(
            any(k.startswith(word) for k, _, _ in known.found_by()) for word in asked
        ):
            mine.others.add(known.id)
    for whole in dict.fromkeys(together):
        best = sorted(
            (key, rank, -known.id, name, known.module)
            for known in records
            if not known.deleted
            for key, rank, name in known.found_by()
            if key.startswith(whole)
        )
        for key, rank, id, name, module in best:
            mine = found[module]
            if -id not in [seen for seen, _ in mine.ordered]:
                mine.ordered.append((-id, name))
                quality = (0 if rank == 0 else 1) if key == whole else 2
                mine.quality = min(mine.quality, quality)
    return {name: each for name, each in found.items() if each.ordered or each.others}


def told(answer: Any) -> dict[str, list[tuple[int, str]]]:
    """What the service found, in the model's terms, in the order of its groups."""
    return {
        group["module"]: [(int(hit["record"]["id"]), hit["matchedField"]) for hit in group["hits"]]
        for group in answer["groups"]
    }
