"""The command line: `fiches`, or `python -m graph`.

Every error a person can cure is one line with the cure, and a non-zero exit; a traceback comes
with FICHES_DEBUG only. What a command needs is imported when it runs, so that help is quick.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from db.settings import Settings, load, secret
from db.start_errors import StartError

T = TypeVar("T")

app = typer.Typer(
    help="A company's records as one GraphQL graph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="Who may sign in.", no_args_is_help=True)
app.add_typer(users, name="user")
documents = typer.Typer(help="Documents that clients ask for by id.", no_args_is_help=True)
app.add_typer(documents, name="documents")

Email = Annotated[str, typer.Argument(help="The address the user signs in with.")]


@app.command()
def serve() -> None:
    """Serve /graphql: start the embedded database if there is no other, migrate, listen."""
    from db.embedded import url_of
    from graph.serve import bound, run

    settings = load()
    key = secret(settings)
    with bound(settings) as listener, url_of(settings) as url:
        _migrate(settings, url)
        if settings.demo:
            asyncio.run(_demo(settings, url))
        code = run(settings, url, key, listener)
    raise typer.Exit(code)


@app.command()
def schema() -> None:
    """Print the schema of the graph; needs no database."""
    from graph.schema import printed

    typer.echo(printed().rstrip("\n"))


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version."""
    from db.embedded import url_of

    settings = load()
    with url_of(settings) as url:
        applied = _migrate(settings, url)
    typer.echo(f"Applied: {', '.join(applied)}" if applied else "The database is up to date")


@app.command()
def demo() -> None:
    """Load the demo company, unless it is loaded."""
    _on_database(_demo)


@app.command("import")
def import_(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of the CSV files.", exists=True)
    ],
    mapping: Annotated[
        Path, typer.Option(metavar="FILE", help="Which column is which field.", exists=True)
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything, write nothing.")
    ] = False,
    email: Annotated[
        str,
        typer.Option("--as", metavar="EMAIL", help="Who imports; unset: the first administrator."),
    ] = "",
) -> None:
    """Read CSV files into modules; exit 1 where rows were refused."""
    from db import importing
    from graph.progress import shown

    with shown() as step:
        report = _on_database(
            lambda settings, url: importing.run(
                url, settings, mapping, folder, dry_run=dry_run, email=email, progress=step
            )
        )
    typer.echo(report)
    raise typer.Exit(1 if report.refused else 0)


@app.command()
def export(
    module: Annotated[str, typer.Argument(help="What to export: CustomerInvoice.")],
    kept: Annotated[
        str, typer.Option("--list", metavar="NAME", help="A saved list, by name or id.")
    ] = "",
    filter: Annotated[
        str, typer.Option(metavar="JSON", help="Which records, as the graph filters them.")
    ] = "",
    order: Annotated[str, typer.Option(metavar="JSON", help='[{"dueOn": "ASC"}]')] = "",
    columns: Annotated[
        str,
        typer.Option(
            metavar="A,B", help="Fields, as the graph calls them; unset: the list's, else all."
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; unset: standard output.")
    ] = None,
    delimiter: Annotated[
        str, typer.Option(help="Between cells; unset: ; for who reads French, else a comma.")
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Head columns by names of fields, not labels.")
    ] = False,
    display: Annotated[
        bool, typer.Option("--display", help="Write values as people read them.")
    ] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Write ids of records too.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a mark by which spreadsheets know UTF-8.")
    ] = False,
    email: Annotated[
        str,
        typer.Option("--as", metavar="EMAIL", help="Who exports; unset: the first administrator."),
    ] = "",
) -> None:
    """Write records as CSV, in one snapshot, as the user sees them."""
    from graph import exporting
    from graph.progress import shown

    given = {
        "list": kept,
        "filter": filter,
        "orderBy": order,
        "columns": columns,
        "delimiter": delimiter,
        "header": "names" if names else "labels",
        "values": "display" if display else "machine",
        "ids": ids,
        "bom": bom,
    }
    asked = exporting.asked_of(module, {name: each for name, each in given.items() if each})
    with shown() as step:
        rows = _on_database(
            lambda settings, url: exporting.run(
                settings,
                url,
                asked,
                email=email,
                output=output,
                stream=sys.stdout.buffer,
                step=step,
            )
        )
    typer.echo(f"Exported: {rows}", err=True)


@app.command()
def purge() -> None:
    """Remove for good what was deleted more than FICHES_BIN_DAYS days ago."""
    from db import purging
    from graph.progress import shown
    from graph.schema import suite

    with shown() as step:
        report = _on_database(lambda settings, url: purging.run(url, settings, suite(), step))
    told = f"Purged: {report.purged}. Waiting for what points at them: {report.waiting}"
    typer.echo("Another process is purging now" if report.busy else told)


@users.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="As colleagues read it; unset: the address.")] = "",
    admin: Annotated[bool, typer.Option("--admin", help="May see and do everything.")] = False,
    company: Annotated[
        str, typer.Option(help="Name of the company, made if new; unset: the first.")
    ] = "",
) -> None:
    """Add a user; the password is asked for, or read as one line where there is no terminal."""
    from graph import people

    password = _password()
    _on_database(
        lambda settings, url: people.add(
            settings, url, email=email, name=name, password=password, admin=admin, company=company
        )
    )
    typer.echo(f"Added {email}")


@users.command("password")
def change_password(email: Email) -> None:
    """Give a user a new password, asked for as by `add`, and sign them out everywhere."""
    from graph import people

    password = _password()
    _on_database(
        lambda settings, url: people.password(settings, url, email=email, password=password)
    )
    typer.echo(f"Changed the password of {email}")


@app.command()
def token(
    email: Email,
    hours: Annotated[int, typer.Option(min=1, help="How long it is valid.")] = 12,
    days: Annotated[
        int, typer.Option(min=0, max=366, help="How long it is valid, instead of hours.")
    ] = 0,
) -> None:
    """Print a token that signs requests as this user: `Authorization: Bearer TOKEN`."""
    from graph import people

    lifetime = timedelta(days=days) if days else timedelta(hours=hours)
    typer.echo(
        _on_database(
            lambda settings, url: people.token(settings, url, email=email, lifetime=lifetime)
        )
    )


@app.command("verify-history")
def verify_history(
    company: Annotated[str, typer.Option(help="Name of the company; unset: all.")] = "",
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where all is intact, write here, signed, how far it goes."
        ),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="A checkpoint written before: nothing of it may be gone; may be repeated.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Verify that no change in the history was altered; exit 1 naming the first that was."""
    from graph import verifying
    from graph.progress import shown

    with shown() as step:
        found = _on_database(
            lambda settings, url: verifying.verify(
                settings,
                url,
                company=company,
                checkpoint=checkpoint,
                against=against or [],
                step=step,
            )
        )
    for each in found:
        typer.echo(str(each), err=each.bad is not None)
    raise typer.Exit(1 if any(each.bad for each in found) else 0)


@documents.command("load")
def load_documents(
    manifest: Annotated[
        Path,
        typer.Argument(help="What graphql-codegen, Apollo or Relay wrote.", exists=True),
    ],
) -> None:
    """Keep the documents of a manifest, all or none; each must be valid in this schema."""
    from graph import manifests
    from graph.app import schema as built
    from graph.schema import suite

    known, added = _on_database(
        lambda settings, url: manifests.load(settings, url, manifest, built(suite())._schema)
    )
    typer.echo(f"Loaded: {known} documents, {added} of them new")


@documents.command("list")
def list_documents() -> None:
    """List the documents that are kept: when they were loaded, id, name."""
    from graph import manifests

    for each in _on_database(manifests.listed):
        typer.echo(f"{each.loaded_at:%Y-%m-%d %H:%M}  {each.id}  {each.name}")


@documents.command("forget")
def forget_documents(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Which.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Keep documents no longer; processes that serve go on with them for a minute."""
    from graph import manifests

    gone = _on_database(lambda settings, url: manifests.forget(settings, url, ids or [], every))
    typer.echo(f"Forgotten: {len(gone)}")


@app.command()
def doctor() -> None:
    """Print versions, settings, database and what is wrong; exit 1 if something is."""
    from graph.doctor import examine

    raise typer.Exit(examine(typer.echo))


def main() -> None:
    """The entry point of the `fiches` script."""
    _stop_cleanly()
    try:
        app()
    except Exception as error:
        if os.environ.get("FICHES_DEBUG", "").lower() in ("1", "true", "yes", "on"):
            raise
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    from db.errors import FichesError

    if isinstance(error, StartError):
        told = str(error)
    elif isinstance(error, FichesError):
        told = "; ".join(problem.message("en") for problem in error.problems)
    else:
        told = f"{type(error).__name__}: {error} (FICHES_DEBUG=1 shows where)"
    print("fiches:", " ".join(told.split()), file=sys.stderr)
    sys.exit(1)


def _stop_cleanly() -> None:
    """Turn the signals that end a process into an exit that stops what it started."""
    from graph.serve import Terminated

    def stop(number: int, _: object) -> NoReturn:
        raise Terminated(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        # nohup has SIGHUP ignored, and means it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def _migrate(settings: Settings, url: str) -> list[str]:
    from db.migrate import upgrade
    from db.privileges import application_role

    role = application_role(settings.database_url, settings.migration_url)
    return upgrade(settings.migration_url or url, application=role)


async def _demo(settings: Settings, url: str) -> None:
    from db.demo import load as load_demo
    from graph.progress import shown

    with shown() as step:
        await load_demo(url, settings, step)


def _on_database(act: Callable[[Settings, str], Coroutine[Any, Any, T]]) -> T:
    """What `act` gives for the settings and their database, started and migrated if need be."""
    from db.embedded import url_of

    settings = load()
    with url_of(settings) as url:
        _migrate(settings, url)
        return asyncio.run(act(settings, url))


def _password() -> str:
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = getpass.getpass("Password: ")
        if given != getpass.getpass("Once more: "):
            raise StartError("the two passwords differ", "give the same one twice")
    if not given:
        raise StartError("there is no password", "type one, or send it as one line")
    return given


if __name__ == "__main__":
    main()
