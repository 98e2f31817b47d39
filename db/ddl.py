"""A suite's tables as SQL: what migrations are written from, and what tests of own modules run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import MetaData, create_mock_engine

from db import tables
from db.kinds import kind_of
from db.rights import READ_FROM
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

CREATE FUNCTION search_words(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(regexp_split_to_array(fold(value),
    '[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00BF\u00D7\u00F7\u2000-\u206F\u3000-\u303F]+'
), '');

CREATE FUNCTION search_phone(value text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
-- The digits of a telephone number as one dials it from abroad and at home. Without a country code
-- it is a French one. Elsewhere most put a 0 in front at home, some nothing: both are kept. How
-- many digits a country code has follows from the first ones (ITU-T E.164).
DECLARE
    international boolean := value ~ '^\s*(\+|00)';
    digits text := regexp_replace(
        CASE WHEN international THEN replace(value, '(0)', '') ELSE value END, '[^0-9]', '', 'g');
    national text;
BEGIN
    IF international THEN
        digits := ltrim(digits, '0');
        national := regexp_replace(digits,
            '^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]'
            '|(2[1-689]|3[578]|42|5[09]|6[789]|8[035789]|9[679])[0-9])', '');
        RETURN CASE WHEN digits ~ '^33' THEN ARRAY[digits, '0' || national]
            ELSE ARRAY[digits, '0' || national, national] END;
    ELSIF digits ~ '^0[1-9]' THEN
        RETURN ARRAY[digits, '33' || substr(digits, 2)];
    END IF;
    RETURN ARRAY[digits];
END $$;

CREATE FUNCTION search_keys(number text, title text, own jsonb, columns text[])
RETURNS TABLE (key text, rank smallint, field text, stored text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
-- What a record is found by. `columns`: the name and kind of each of its `own` that is searched.
-- A title is found by each word, the number in front apart; a number, e-mail or reference from the
-- start of each part on (FAC-2026-00042 by fac202600042, 202600042 and 00042), a number without
-- zeros too (42).
-- Written in steps: as one query it would take longer to plan than all the rest takes.
DECLARE
    words text[] := search_words(number);
BEGIN
    field := 'number';
    rank := 0;
    FOR n IN 1 .. least(cardinality(words), 6) LOOP
        key := left(array_to_string(words[n:], ''), 64);
        RETURN NEXT;
        rank := 1;
    END LOOP;
    key := ltrim(words[cardinality(words)], '0');
    IF key <> '' THEN
        RETURN NEXT;
    END IF;
    field := 'title';
    rank := 2;
    IF starts_with(title, number || ' ') THEN
        title := substr(title, length(number) + 1);
    END IF;
    FOREACH key IN ARRAY search_words(title) LOOP
        key := left(key, 64);
        RETURN NEXT;
    END LOOP;
    FOR i IN 1 .. cardinality(columns) BY 2 LOOP
        field := columns[i];
        stored := own ->> field;
        rank := rank + 1;
        CONTINUE WHEN stored IS NULL;
        IF columns[i + 1] = 'Phone' THEN
            FOREACH key IN ARRAY search_phone(stored) LOOP
                CONTINUE WHEN key = '';
                key := left(key, 64);
                RETURN NEXT;
            END LOOP;
        ELSE
            words := search_words(stored);
            FOR n IN 1 .. least(
                cardinality(words) - CASE columns[i + 1] WHEN 'Email' THEN 1 ELSE 0 END, 6
            ) LOOP
                key := left(array_to_string(words[n:], ''), 64);
                RETURN NEXT;
            END LOOP;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION with_customs(own jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- A record's columns, and beside them its custom fields by their names.
RETURN CASE WHEN own -> 'custom' = '{}' THEN own ELSE own || (
    SELECT jsonb_object_agg('custom.' || key, value) FROM jsonb_each(own -> 'custom')) END;

CREATE FUNCTION write_search_keys() RETURNS trigger LANGUAGE plpgsql AS $$
-- The keys of new records, all that a statement wrote together. Arguments: the module, then the
-- name and kind of each searched column.
BEGIN
    INSERT INTO search_key (record_id, company_id, owner_id, module, key, rank, field, text)
    SELECT row.id, row.company_id, row.owner_id, TG_ARGV[0], each.*
    FROM (SELECT company_id, searched_customs(company_id, TG_ARGV[0]) AS columns
        FROM (SELECT DISTINCT company_id FROM written) companies) own
    JOIN written row USING (company_id), search_keys(row.number, row.title,
        with_customs(to_jsonb(row)), TG_ARGV[1:] || own.columns) each
    WHERE row.deleted_at IS NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION rewrite_search_keys() RETURNS trigger LANGUAGE plpgsql AS $$
-- The keys of a record that changed, or is gone.
BEGIN
    DELETE FROM search_key WHERE record_id = OLD.id;
    IF TG_OP = 'UPDATE' AND NEW.deleted_at IS NULL THEN
        INSERT INTO search_key (record_id, company_id, owner_id, module, key, rank, field, text)
        SELECT NEW.id, NEW.company_id, NEW.owner_id, TG_ARGV[0], each.*
        FROM search_keys(NEW.number, NEW.title, with_customs(to_jsonb(NEW)),
            TG_ARGV[1:] || searched_customs(NEW.company_id, TG_ARGV[0])) each
        ON CONFLICT DO NOTHING;
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

CREATE FUNCTION note_rights_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rights_change (transaction) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
    RETURN NULL;
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
CREATE FUNCTION searched_customs(company bigint, of text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
-- The name and kind of each custom field that a company has searched, one after the other.
RETURN (SELECT coalesce(array_agg(each ORDER BY id, place), '{}') FROM custom_field,
    unnest(ARRAY['custom.' || name, type]) WITH ORDINALITY AS told(each, place)
    WHERE company_id = company AND module = of AND searched AND deleted_at IS NULL);

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

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER begin_chain AFTER INSERT ON company
FOR EACH ROW EXECUTE FUNCTION begin_chain();

INSERT INTO principal (id, kind, name) OVERRIDING SYSTEM VALUE VALUES (0, 'system', 'Fiches');
"""

RIGHTS_TRIGGERS = "\n\n".join(
    f"CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR "
    f"UPDATE{f' OF {columns}' if columns else ''} ON {table}\n"
    f"FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();"
    for table, columns in READ_FROM.items()
)


def script(suite: Suite) -> str:
    """Everything an empty database needs to hold the suite."""
    parts = [
        FUNCTIONS,
        *_tables(tables.metadata),
        TRIGGERS,
        RIGHTS_TRIGGERS,
        module_script(suite),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def module_script(suite: Suite) -> str:
    """The tables and triggers of the suite's modules, on a database that has the rest."""
    triggers = [
        each for module in suite.modules for each in (trigger(module), search_triggers(module))
    ]
    return "\n\n".join([*_tables(suite.metadata), *triggers])


def trigger(module: Module) -> str:
    table = quoted(module.declared.table_name)
    return (
        f"CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON {table}\n"
        f"FOR EACH ROW EXECUTE FUNCTION register_record('{module.name}');"
    )


def search_triggers(module: Module) -> str:
    """What keeps the keys that records are found by.

    New records together, which is what many at once cost least by. The server looks at the
    condition on changes by itself: one that leaves the keys as they are calls no function.
    """
    table = quoted(module.declared.table_name)
    columns = ["number", "title", "owner_id", "deleted_at", "custom", *module.searched]
    changed = "\n    OR ".join(
        f"OLD.{quoted(name)} IS DISTINCT FROM NEW.{quoted(name)}" for name in columns
    )
    arguments = [module.name]
    for name, column in module.searched.items():
        arguments += [name, kind_of(column.type).name]
    given = ", ".join(f"'{each}'" for each in arguments)
    rewrite = f"EXECUTE FUNCTION rewrite_search_keys({given});"
    return (
        f"CREATE TRIGGER search_keys_written AFTER INSERT ON {table}\n"
        f"REFERENCING NEW TABLE AS written FOR EACH STATEMENT\n"
        f"EXECUTE FUNCTION write_search_keys({given});\n\n"
        f"CREATE TRIGGER search_keys_changed AFTER UPDATE ON {table}\n"
        f"FOR EACH ROW WHEN (\n    {changed}\n) {rewrite}\n\n"
        f"CREATE TRIGGER search_keys_gone AFTER DELETE ON {table}\n"
        f"FOR EACH ROW {rewrite}"
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
