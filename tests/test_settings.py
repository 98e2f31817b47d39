"""Settings: what the environment may say, and what a person reads where it says nonsense."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from db.settings import PREFIX, Settings, load, secret, unknown
from db.start_errors import StartError

LONG = "a secret of more than thirty-two characters"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without a setting; those a test sets are gone after it."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_an_empty_environment_means_the_embedded_database_on_loopback() -> None:
    settings = load()

    assert settings.embedded
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.data_dir == Path(".data")
    assert (settings.demo, settings.debug, settings.compiled) == (False, False, True)


def test_every_setting_is_read_from_its_variable(environment: pytest.MonkeyPatch) -> None:
    values = {
        "database_url": "postgresql://me@here/records",
        "migration_url": "postgresql://owner@here/records",
        "data_dir": "/srv/fiches",
        "host": "::1",
        "port": "9000",
        "workers": "3",
        "secret_key": LONG,
        "access_minutes": "5",
        "session_days": "7",
        "demo": "1",
        "debug": "true",
        "cors_origins": "https://a.example, http://b.example/,",
        "compiled": "0",
        "pool_size": "5",
        "statement_timeout": "30",
        "lock_timeout": "4",
        "idle_timeout": "20",
        "pool_wait": "2",
        "request_seconds": "40",
        "bin_days": "7",
        "max_body": "1048576",
        "max_body_seconds": "30",
        "max_json_depth": "64",
        "max_tokens": "10000",
        "max_depth": "20",
        "max_fields": "5000",
        "max_aliases": "200",
        "max_directives": "100",
        "max_mutations": "5",
        "max_nodes": "50000",
        "max_values": "1000000",
        "max_operations": "100",
        "rate_user": "1000000",
        "rate_address": "5000000",
        "http_edition": "2026",
        "trusted_only": "1",
        "apq": "1",
        "log_level": "warning",
        "log_format": "text",
        "metrics_token": LONG,
    }
    assert set(values) == set(Settings.model_fields)
    for name, value in values.items():
        environment.setenv(PREFIX + name.upper(), value)

    settings = load()

    assert settings.model_fields_set == set(values)
    assert settings.cors_origins == ("https://a.example", "http://b.example")
    assert settings.compiled is False
    assert secret(settings) == LONG


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("PORT", "many", "valid integer"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("DATABASE_URL", "mysql://me@here/x", "postgresql://user:password@host:port/database"),
        ("SECRET_KEY", "short", "32 characters"),
        ("CORS_ORIGINS", "example.com", "https://app.example.com"),
        ("LOG_LEVEL", "loud", "'critical', 'error', 'warning', 'info' or 'debug'"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_would(
    environment: pytest.MonkeyPatch, name: str, value: str, cure: str
) -> None:
    environment.setenv(PREFIX + name, value)

    with pytest.raises(StartError) as refused:
        load()

    assert refused.value.message == f"FICHES_{name} does not fit"
    assert cure in refused.value.cure
    assert "\n" not in str(refused.value)


def test_addresses_and_secrets_do_not_show_in_print(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("FICHES_DATABASE_URL", "postgresql://me:hunter2@here/records")
    environment.setenv("FICHES_SECRET_KEY", LONG)

    assert "hunter2" not in repr(load())
    assert LONG not in repr(load())


def test_a_variable_that_is_no_setting_is_found() -> None:
    assert unknown({"FICHES_PROT": "1", "FICHES_PORT": "1", "PATH": "/"}) == ["FICHES_PROT"]


def test_the_embedded_database_gets_a_key_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")

    first = secret(settings)

    assert len(first) >= 32
    assert secret(settings) == first
    [file] = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_named_database_needs_a_key() -> None:
    with pytest.raises(StartError, match="FICHES_SECRET_KEY is not: set FICHES_SECRET_KEY"):
        secret(Settings(database_url="postgresql://me@here/records"))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartError, match="FICHES_DATA_DIR"):
        secret(Settings(data_dir=tmp_path / "file" / "data"))
