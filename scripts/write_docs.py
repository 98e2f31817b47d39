"""The pages of docs/ that say what the code says: settings, errors and commands.

`python -m scripts.write_docs` writes them; a test compares them with the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from db.errors import ErrorCode
from db.settings import PREFIX, Settings
from graph.__main__ import app

DOCS = Path(__file__).resolve().parent.parent / "docs"

SETTINGS = """\
# Settings

From the environment, read when a process starts. `fiches doctor` shows those of this machine, and
what does not fit; a variable with the prefix that is no setting is told too.

| variable | unless set | what |
|---|---|---|
"""
ERRORS = """\
# Errors

Whatever is refused has a code for programs, a message for people (in the language of
`Accept-Language`, else the viewer's own) and a path.

- A mutation that refuses its input answers with `errors { path code message conflict { … } }` in
  its payload, every problem at once, and has written nothing.
- All else stands in `errors` of the answer, with `extensions.code`; `extensions.problems` has the
  places where there are several. What could be answered is in `data` beside it.
- A record that one may not see is told like one that is not there.

| code | what |
|---|---|
"""
GRAPHQL = {
    "GRAPHQL_PARSE_FAILED": "The document is none; `locations` says where.",
    "GRAPHQL_VALIDATION_FAILED": "The document, or a variable, does not fit the schema.",
}
STATUSES = """
Statuses of HTTP are those of [limits](limits.md); where nothing could be answered, 401 with
`UNAUTHENTICATED`, 429 and `Retry-After` with `RATE_LIMITED`, 503 and `Retry-After` with
`UNAVAILABLE` ([operating](operating.md)).
"""
COMMANDS = """\
# Commands

`fiches COMMAND`, or `python -m graph COMMAND`. Errors are one line that says what to do, and an
exit code other than 0.
"""


def settings() -> str:
    return SETTINGS + "".join(
        f"| `{PREFIX}{name.upper()}` | {_default(field.default)} | {field.description} |\n"
        for name, field in Settings.model_fields.items()
    )


def _default(value: object) -> str:
    if value is None or value is PydanticUndefined or isinstance(value, SecretStr) or value == ():
        return ""
    return f"`{int(value) if isinstance(value, bool) else value}`"


def errors() -> str:
    codes = {code.value: code.description for code in ErrorCode} | GRAPHQL
    return ERRORS + "".join(f"| `{code}` | {text} |\n" for code, text in codes.items()) + STATUSES


def commands() -> str:
    return COMMANDS + "".join(_told(typer.main.get_command(app), "fiches"))


def _told(command: Any, name: str) -> Iterator[str]:
    inner: Mapping[str, Any] = getattr(command, "commands", {})
    if not inner:
        yield f"\n## `{name}`\n\n{(command.help or '').strip()}\n"
        options = [each for each in command.params if each.name != "help"]
        if options:
            yield "\n| | |\n|---|---|\n"
        for each in options:
            if each.param_type_name == "argument":
                called = each.metavar or each.name.upper()
            else:
                called = " ".join(filter(None, (each.opts[0], each.metavar)))
            yield f"| `{called}` | {each.help or ''} |\n"
    for part, each in inner.items():
        yield from _told(each, f"{name} {part}")


PAGES = {"settings.md": settings, "errors.md": errors, "commands.md": commands}

if __name__ == "__main__":
    for name, text in PAGES.items():
        (DOCS / name).write_text(text(), encoding="utf-8")
