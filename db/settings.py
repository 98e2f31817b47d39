"""Settings: read from the environment, prefix `FICHES_`; `fiches doctor` prints them all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from db.start_errors import StartError

PREFIX = "FICHES_"

Level = Literal["critical", "error", "warning", "info", "debug"]


Edition = Literal["draft", "2026"]


class Settings(BaseSettings):
    """All that may differ between two places Fiches runs in.

    Secrets and addresses that may carry a password never show in `repr`. Use `load` where a
    person should read what is wrong; the constructor raises pydantic's `ValidationError`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    database_url: str | None = Field(
        default=None,
        repr=False,
        description="Address of a PostgreSQL 16+ database (postgresql://…); unset: embedded.",
    )
    migration_url: str | None = Field(
        default=None,
        repr=False,
        description="The same database with the role that may change tables; unset: DATABASE_URL.",
    )
    data_dir: Path = Field(
        default=Path(".data"),
        description="Folder of the embedded database and of the generated secret.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes that serve.")
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key that signs tokens and checkpoints, 32 characters or more; unset with the"
        " embedded database: generated once into DATA_DIR.",
    )
    access_minutes: int = Field(
        default=15,
        ge=1,
        le=1440,
        description="Minutes that a token of signIn is valid; refresh gives the next one.",
    )
    session_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="Days without refreshing after which one has to sign in again.",
    )
    demo: bool = Field(
        default=False, description="Load the demo company and open GraphiQL signed in."
    )
    debug: bool = Field(
        default=False, description="Full error texts, tracebacks and costs in answers."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins a browser may call from, separated by commas."
    )
    compiled: bool = Field(
        default=True, description="Compile selections; 0: loaders answer everything."
    )
    pool_size: int = Field(
        default=10, ge=1, le=1000, description="Database connections of one process."
    )
    statement_timeout: int = Field(
        default=10,
        gt=0,
        le=3600,
        description="Seconds one statement may take before it is cancelled.",
    )
    lock_timeout: int = Field(
        default=8,
        gt=0,
        le=3600,
        description="Seconds one statement may wait for what another writes.",
    )
    idle_timeout: int = Field(
        default=60,
        gt=0,
        le=3600,
        description="Seconds a transaction may stand idle before the database ends it.",
    )
    pool_wait: int = Field(
        default=5,
        ge=1,
        le=60,
        description="Seconds an operation waits for a free connection before it is told to come"
        " back (503).",
    )
    request_seconds: int = Field(
        default=60,
        ge=1,
        le=3600,
        description="Seconds that the answer of one operation may take.",
    )
    bin_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days that a deleted record stays in the recycle bin before it is purged.",
    )
    max_body: int = Field(
        default=1_048_576,
        ge=1_024,
        le=104_857_600,
        description="Bytes that the body of a request, or a message on a socket, may have.",
    )
    max_body_seconds: int = Field(
        default=30,
        ge=1,
        le=3_600,
        description="Seconds that the body of a request may take to arrive.",
    )
    max_json_depth: int = Field(
        default=64, ge=4, le=500, description="Levels of lists and objects in a request's JSON."
    )
    max_tokens: int = Field(
        default=10_000, ge=100, le=1_000_000, description="Words and signs of a document."
    )
    max_depth: int = Field(default=20, ge=3, le=150, description="Levels of fields in a document.")
    max_fields: int = Field(
        default=5_000,
        ge=10,
        le=1_000_000,
        description="Fields of a document, fragments counted where spread.",
    )
    max_aliases: int = Field(
        default=200,
        ge=0,
        le=100_000,
        description="Aliases of a document, fragments counted where spread.",
    )
    max_directives: int = Field(
        default=100,
        ge=0,
        le=100_000,
        description="Directives of a document, fragments counted where spread.",
    )
    max_mutations: int = Field(default=5, ge=1, le=1_000, description="Mutations of one document.")
    max_nodes: int = Field(
        default=50_000, ge=100, le=10_000_000, description="Nodes that one operation may ask for."
    )
    max_values: int = Field(
        default=1_000_000,
        ge=100,
        le=1_000_000_000,
        description="Values that one operation may ask for: fields times nodes.",
    )
    max_operations: int = Field(
        default=100, ge=1, le=10_000, description="Operations that one socket carries at once."
    )
    rate_user: int = Field(
        default=0,
        ge=0,
        le=10**12,
        description="Nodes and fields that a user may ask for in a minute; 0: any number.",
    )
    rate_address: int = Field(
        default=0, ge=0, le=10**12, description="The same for one address of the network."
    )
    http_edition: Edition = Field(
        default="draft",
        description="Whose status codes are used: the draft of GraphQL over HTTP, or its first"
        " edition (294 for errors beside data, 422 for what is not valid).",
    )
    trusted_only: bool = Field(
        default=False,
        description="Execute trusted documents only (`fiches documents load`), by their id.",
    )
    apq: bool = Field(
        default=False,
        description="Automatic persisted queries: clients register documents by their hash.",
    )
    log_level: Level = Field(default="info", description="Least serious message that is logged.")

    log_format: Literal["text", "json"] = Field(
        default="json", description="Lines of the log: for people, or JSON for programs."
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="Who reads /metrics gives it as a bearer token; unset: this machine only.",
    )

    @field_validator("database_url", "migration_url")
    @classmethod
    def _postgresql(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("write it as postgresql://user:password@host:port/database")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value) < 32:
            raise ValueError("use 32 characters or more")
        return value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not origin.startswith(("http://", "https://")):
                raise ValueError(f"{origin!r} is no origin: write it as https://app.example.com")
        return value

    @property
    def open(self) -> bool:
        """Whether this is no production: a demo, or a developer at work."""
        return self.demo or self.debug

    @property
    def page(self) -> bool:
        """Whether GraphiQL is served: it sends documents that nobody loaded before."""
        return self.open and not self.trusted_only

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return self.database_url is None


def load() -> Settings:
    """The settings of this process; StartError names the first variable that does not fit."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        cure = first["msg"].removeprefix("Value error, ")
        raise StartError(f"{name} does not fit", cure[:1].lower() + cure[1:]) from error


def unknown(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Variables with the prefix that name no setting: most often a slip of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


def secret(settings: Settings) -> str:
    """The key that signs tokens.

    With the embedded database one is generated at the first call and kept in
    `DATA_DIR/secret`, readable by its owner only. StartError where a database is named but
    no key, or where the folder cannot be written.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    if not settings.embedded:
        raise StartError(
            "FICHES_DATABASE_URL is set and FICHES_SECRET_KEY is not",
            "set FICHES_SECRET_KEY to a secret of 32 characters or more,"
            " the same on every server of this database",
        )
    return _kept(settings.data_dir / "secret")


def _kept(path: Path) -> str:
    """The key in `path`, written there first if need be; of two writers one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                # A link appears whole or not at all, and never replaces a key already in use.
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text()
    except OSError as error:
        raise StartError(
            f"{path} cannot be read or written ({error.strerror})",
            "make FICHES_DATA_DIR a folder of the user that runs Fiches",
        ) from error
