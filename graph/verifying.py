"""What the command line does to verify the history, and to keep checkpoints of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db.chain import Head
from db.chain_verification import Step, Verified, verified
from db.checkpoints import Checkpoints, NoCheckpoint
from db.migrate import connect
from db.settings import Settings, secret
from db.start_errors import StartError

Say = Callable[[Verified], None]


async def verify(
    settings: Settings,
    url: str,
    *,
    company: str,
    checkpoint: Path | None,
    against: Sequence[Path],
    say: Say,
    step: Step,
) -> bool:
    """Tell `say` of each company, in one snapshot; whether all are intact.

    Only then a checkpoint is written. StartError for a file that is no checkpoint, or that would
    be lost.
    """
    _refuse_to_lose(checkpoint, against, company)
    checkpoints = Checkpoints(secret(settings).encode()) if checkpoint or against else None
    known: dict[int, list[Head]] = defaultdict(list)
    for path in against:
        assert checkpoints is not None
        for id, head in _read(checkpoints, path).items():
            known[id].append(head)
    heads: dict[int, Head] = {}
    intact = True
    connection = await connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            companies = await _named(connection, company)
            async for each in verified(connection, companies, known, step):
                say(each)
                intact = intact and each.bad is None
                if each.company_id is not None:
                    heads[each.company_id] = each.head
    finally:
        await connection.close()
    if checkpoint is not None and intact:
        assert checkpoints is not None
        _write(checkpoint, checkpoints.issue(heads))
    return intact


async def _named(connection: Any, name: str) -> list[int] | None:
    """The companies of that name; None for all, which is without a name."""
    if not name:
        return None
    rows = await connection.fetch("SELECT id FROM company WHERE name = $1", name)
    if not rows:
        raise StartError(f"there is no company named {name}", "write it as the company does")
    return [row["id"] for row in rows]


def _refuse_to_lose(checkpoint: Path | None, against: Sequence[Path], company: str) -> None:
    """An older checkpoint is written over only where all of it was just looked at."""
    if checkpoint is None or not checkpoint.exists():
        return
    if company or checkpoint.resolve() not in {path.resolve() for path in against}:
        raise StartError(
            f"{checkpoint} is there already",
            "name another file; or give it to --against too, without --company, to go on from it",
        )


def _read(checkpoints: Checkpoints, path: Path) -> dict[int, Head]:
    try:
        return checkpoints.read(path.read_text(errors="replace"))
    except NoCheckpoint:
        raise StartError(
            f"{path} is no checkpoint signed with this FICHES_SECRET_KEY",
            "use the file as it was written, and the key of then",
        ) from None
    except OSError as error:
        raise StartError(f"{path} cannot be read ({error.strerror})", "correct it") from error


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(f"{text}\n")
        draft.replace(path)
    except OSError as error:
        raise StartError(f"{path} cannot be written ({error.strerror})", "correct it") from error
