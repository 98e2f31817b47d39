"""What the command line does to verify the history, and to keep checkpoints of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.chain import Head
from db.chain_verification import Step, Verified, verified
from db.checkpoints import Checkpoints, NoCheckpoint
from db.migrate import connect
from db.settings import Settings, secret
from db.start_errors import StartError


async def verify(
    settings: Settings,
    url: str,
    *,
    company: str,
    checkpoint: Path | None,
    against: Sequence[Path],
    step: Step,
) -> list[Verified]:
    """What is found of each company, in one snapshot; a checkpoint is written if all are intact.

    StartError for a file that is no checkpoint, or that would be lost.
    """
    _refuse_to_lose(checkpoint, against, company)
    known: dict[int, list[Head]] = defaultdict(list)
    for path in against:
        for id, head in _read(_signer(settings), path).items():
            known[id].append(head)
    signer = _signer(settings) if checkpoint else None
    connection = await connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            companies = await _named(connection, company)
            found = [each async for each in verified(connection, companies, known, step)]
    finally:
        await connection.close()
    if checkpoint and signer and all(each.bad is None for each in found):
        heads = {each.company_id: each.head for each in found if each.company_id is not None}
        _write(checkpoint, signer.issue(heads))
    return found


def _signer(settings: Settings) -> Checkpoints:
    """Asked for where there are checkpoints only: to verify, nobody needs the key."""
    return Checkpoints(secret(settings).encode())


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
