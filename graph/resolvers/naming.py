"""Modules as clients name them."""

from __future__ import annotations

from collections.abc import Collection

from strawberry import UNSET

from db.errors import BadUserInput, Path
from db.suite import Module, Suite


def module_named(suite: Suite, name: str, path: Path = ("module",)) -> Module:
    """The module of this name. Raises BadUserInput, for parts too."""
    found = suite.get(name)
    if found is None or found.part:
        raise BadUserInput(path, accepted=", ".join(each.name for each in suite.modules))
    return found


def modules_named(suite: Suite, names: Collection[str] | None) -> list[Module]:
    """The modules of these names in menu order, all unless any are given. Raises BadUserInput."""
    if names is None or names is UNSET:
        return list(suite.modules)
    wanted = {module_named(suite, name, ("modules",)) for name in names}
    return [module for module in suite.modules if module in wanted]
