"""A suite's tables as SQL: what migrations are written from, and what tests of own modules run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import MetaData, create_mock_engine

from db import tables
from db.statements import quoted
from db.suite import Module, Suite

FUNCTIONS = r"""
CREATE FUNCTION fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    replace(replace(replace(
        lower(regexp_replace(normalize(value, NFKD), U&'[\0300-\036F]+', '', 'g')),
        'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
    'ŒÆØøŁłĐđÐðı’‘', 'oaoollddddi''''');

CREATE FUNCTION indexed_value(type text, value jsonb, OUT text text, OUT number numeric,
    OUT moment timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE
-- What an indexed custom field's value is found by.
RETURN (
    CASE WHEN type NOT IN ('Int', 'Decimal', 'Money', 'UnitPrice', 'Percent', 'Date', 'DateTime')
        THEN fold(value #>> '{}') END,
    CASE WHEN type IN ('Int', 'Decimal', 'Money', 'UnitPrice', 'Percent')
        THEN (value #>> '{}')::numeric END,
    CASE type WHEN 'Date' THEN (value #>> '{}')::date::timestamp AT TIME ZONE 'UTC'
        WHEN 'DateTime' THEN (value #>> '{}')::timestamptz END
);

CREATE FUNCTION register_record() RETURNS trigger LANGUAGE plpgsql AS $$
-- Keeps the register of records, whatever writes the module's table.
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO record (id, module, company_id, number, title, owner_id, created_at,
            created_by_id, updated_at, updated_by_id, version, deleted_at)
        VALUES (NEW.id, TG_ARGV[0], NEW.company_id, NEW.number, NEW.title, NEW.owner_id,
            NEW.created_at, NEW.created_by_id, NEW.updated_at, NEW.updated_by_id, NEW.version,
            NEW.deleted_at);
    ELSE
        UPDATE record SET number = NEW.number, title = NEW.title, owner_id = NEW.owner_id,
            updated_at = NEW.updated_at, updated_by_id = NEW.updated_by_id,
            version = NEW.version, deleted_at = NEW.deleted_at,
            last_comment_at = NEW.last_comment_at, last_comment_id = NEW.last_comment_id
        WHERE id = NEW.id;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.custom <> '{}' OR TG_OP = 'UPDATE' AND NEW.custom <> OLD.custom THEN
        DELETE FROM custom_value WHERE record_id = NEW.id;
        INSERT INTO custom_value (field_id, record_id, text, number, moment)
        SELECT field.id, NEW.id, value.* FROM custom_field field,
            indexed_value(field.type, NEW.custom -> field.name) value
        WHERE field.company_id = NEW.company_id AND field.module = TG_ARGV[0]
            AND field.indexed AND field.deleted_at IS NULL
            AND jsonb_typeof(NEW.custom -> field.name) <> 'null';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION note_last_comment() RETURNS trigger LANGUAGE plpgsql AS $$
-- Keeps the number of a comment's replies, and on a record the last comment shown there: a root
-- that is not deleted, or that was and still has replies.
-- Who writes at the same time waits at the lock: the statement after it sees what they wrote.
DECLARE
    commented text;
BEGIN
    IF NEW.parent_id IS NOT NULL THEN
        PERFORM FROM comment WHERE id = NEW.parent_id FOR NO KEY UPDATE;
        UPDATE comment SET reply_count = (
            SELECT count(*) FROM comment reply
            WHERE reply.parent_id = NEW.parent_id AND reply.deleted_at IS NULL
        ) WHERE id = NEW.parent_id;
        RETURN NULL;
    END IF;
    SELECT lower(regexp_replace(module, '(?<!^)(?=[A-Z])', '_', 'g')) INTO commented
    FROM record WHERE id = NEW.record_id;
    EXECUTE format('SELECT FROM %I WHERE id = $1 FOR NO KEY UPDATE', commented)
    USING NEW.record_id;
    EXECUTE format('
        UPDATE %I SET (last_comment_at, last_comment_id) = (
            SELECT created_at, id FROM comment
            WHERE record_id = $1 AND parent_id IS NULL
                AND (deleted_at IS NULL OR reply_count > 0)
            ORDER BY created_at DESC, id DESC LIMIT 1
        ) WHERE id = $1', commented) USING NEW.record_id;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of records is append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION begin_chain() RETURNS trigger LANGUAGE plpgsql AS $$
-- The start of a company's chain, as db/chain.py computes it.
BEGIN
    INSERT INTO chain (company_id, position, hash)
    VALUES (NEW.id, 0, sha256(convert_to('fiches history ' || NEW.id, 'UTF8')));
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER note_last_comment AFTER INSERT OR UPDATE OF deleted_at, reply_count ON comment
FOR EACH ROW EXECUTE FUNCTION note_last_comment();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON change
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON seal
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON seal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER begin_chain AFTER INSERT ON company
FOR EACH ROW EXECUTE FUNCTION begin_chain();

INSERT INTO principal (id, kind, name) OVERRIDING SYSTEM VALUE VALUES (0, 'system', 'Fiches');
"""


def script(suite: Suite) -> str:
    """Everything an empty database needs to hold the suite."""
    parts = [FUNCTIONS, *_tables(tables.metadata), TRIGGERS, module_script(suite)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def module_script(suite: Suite) -> str:
    """The tables and triggers of the suite's modules, on a database that has the rest."""
    triggers = [trigger(module) for module in suite.modules]
    return "\n\n".join([*_tables(suite.metadata), *triggers])


def trigger(module: Module) -> str:
    table = quoted(module.declared.table_name)
    return (
        f"CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON {table}\n"
        f"FOR EACH ROW EXECUTE FUNCTION register_record('{module.name}');"
    )


def _tables(metadata: MetaData) -> Iterator[str]:
    written: list[str] = []

    def write(statement: Any, *_: Any, **__: Any) -> None:
        text = str(statement.compile(dialect=engine.dialect)).strip()
        written.append("\n".join(line.rstrip() for line in text.splitlines()) + ";")

    engine = create_mock_engine("postgresql+asyncpg://", write)
    metadata.create_all(engine, checkfirst=False)
    # SQLAlchemy keeps indexes and late foreign keys in sets: each run would write another script.
    for is_table, run in groupby(written, key=lambda each: each.startswith("CREATE TABLE")):
        statements = list(run)
        yield from statements if is_table else sorted(statements)
