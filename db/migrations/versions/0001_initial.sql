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

CREATE SEQUENCE record_id AS BIGINT;

CREATE TABLE company (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	name TEXT NOT NULL,
	siren TEXT,
	vat_number TEXT,
	currency TEXT DEFAULT 'EUR' NOT NULL,
	language TEXT DEFAULT 'fr' NOT NULL,
	time_zone TEXT DEFAULT 'Europe/Paris' NOT NULL,
	customised BIGINT DEFAULT '0' NOT NULL,
	CONSTRAINT pk_company PRIMARY KEY (id)
);

CREATE TABLE principal (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	kind TEXT CONSTRAINT ck_principal_kind CHECK (kind IN ('user', 'team', 'role', 'system')),
	name TEXT NOT NULL,
	CONSTRAINT pk_principal PRIMARY KEY (id)
);

CREATE TABLE sign_in_failure (
	key BYTEA NOT NULL,
	failures INTEGER NOT NULL,
	free_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sign_in_failure PRIMARY KEY (key)
);

CREATE INDEX ix_sign_in_failure_free_at ON sign_in_failure (free_at);

CREATE TABLE trusted_document (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	query TEXT NOT NULL,
	loaded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_trusted_document PRIMARY KEY (id)
);

CREATE TABLE rights_change (
	transaction xid8 NOT NULL,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_rights_change PRIMARY KEY (transaction)
);

CREATE INDEX ix_rights_change_at ON rights_change (at);

CREATE TABLE search_key (
	record_id BIGINT NOT NULL,
	company_id BIGINT NOT NULL,
	owner_id BIGINT NOT NULL,
	rank SMALLINT NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	module TEXT COLLATE "C" NOT NULL,
	field TEXT NOT NULL,
	text TEXT,
	CONSTRAINT pk_search_key PRIMARY KEY (record_id, key, rank)
);

CREATE INDEX ix_search_key_module ON search_key (company_id, module, key, rank, record_id DESC);

CREATE INDEX ix_search_key_owner ON search_key (company_id, owner_id, module, key, rank, record_id DESC);

CREATE TABLE seal (
	company_id BIGINT NOT NULL,
	position BIGINT NOT NULL,
	change_id BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_seal PRIMARY KEY (company_id, position),
	CONSTRAINT uq_seal_change_id UNIQUE (change_id)
);

CREATE TABLE outbox (
	xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	company_id BIGINT NOT NULL,
	record_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	kind TEXT NOT NULL,
	change_id BIGINT NOT NULL,
	comment_id BIGINT,
	CONSTRAINT pk_outbox PRIMARY KEY (xid, id)
);

CREATE TABLE custom_field (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	label_fr TEXT NOT NULL,
	label_en TEXT NOT NULL,
	choices JSONB,
	"default" JSONB,
	required BOOLEAN NOT NULL,
	indexed BOOLEAN NOT NULL,
	searched BOOLEAN NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_custom_field PRIMARY KEY (id),
	CONSTRAINT fk_custom_field_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE UNIQUE INDEX uq_custom_field_name ON custom_field (company_id, module, name);

CREATE TABLE layout (
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	version INTEGER NOT NULL,
	layout JSONB,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	by_id BIGINT NOT NULL,
	CONSTRAINT pk_layout PRIMARY KEY (company_id, module, version),
	CONSTRAINT fk_layout_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE TABLE app_user (
	id BIGINT NOT NULL,
	email TEXT NOT NULL,
	password_hash TEXT,
	company_id BIGINT NOT NULL,
	administrator BOOLEAN DEFAULT false NOT NULL,
	configures BOOLEAN DEFAULT false NOT NULL,
	active BOOLEAN DEFAULT true NOT NULL,
	language TEXT DEFAULT 'fr' NOT NULL,
	time_zone TEXT,
	date_format TEXT,
	number_format TEXT,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_app_user PRIMARY KEY (id),
	CONSTRAINT fk_app_user_id FOREIGN KEY(id) REFERENCES principal (id),
	CONSTRAINT fk_app_user_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE UNIQUE INDEX uq_app_user_email ON app_user (lower(email));

CREATE TABLE role (
	id BIGINT NOT NULL,
	company_id BIGINT NOT NULL,
	parent_id BIGINT,
	CONSTRAINT pk_role PRIMARY KEY (id),
	CONSTRAINT fk_role_id FOREIGN KEY(id) REFERENCES principal (id),
	CONSTRAINT fk_role_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_role_parent_id FOREIGN KEY(parent_id) REFERENCES role (id)
);

CREATE INDEX ix_role_company_id ON role (company_id);

CREATE INDEX ix_role_parent_id ON role (parent_id);

CREATE TABLE team (
	id BIGINT NOT NULL,
	company_id BIGINT NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_team PRIMARY KEY (id),
	CONSTRAINT fk_team_id FOREIGN KEY(id) REFERENCES principal (id),
	CONSTRAINT fk_team_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE INDEX ix_team_company_id ON team (company_id);

CREATE TABLE profile (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	grants JSONB NOT NULL,
	fields JSONB DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_profile PRIMARY KEY (id),
	CONSTRAINT fk_profile_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE UNIQUE INDEX uq_profile_company_id_name ON profile (company_id, fold(name) COLLATE "C");

CREATE TABLE team_member (
	team_id BIGINT NOT NULL,
	member_id BIGINT NOT NULL,
	CONSTRAINT pk_team_member PRIMARY KEY (team_id, member_id),
	CONSTRAINT fk_team_member_team_id FOREIGN KEY(team_id) REFERENCES principal (id),
	CONSTRAINT fk_team_member_member_id FOREIGN KEY(member_id) REFERENCES principal (id)
);

CREATE INDEX ix_team_member_member_id ON team_member (member_id);

CREATE TABLE sharing (
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	writes BOOLEAN DEFAULT false NOT NULL,
	CONSTRAINT pk_sharing PRIMARY KEY (company_id, module),
	CONSTRAINT fk_sharing_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE TABLE sharing_rule (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	from_id BIGINT NOT NULL,
	to_id BIGINT NOT NULL,
	writes BOOLEAN DEFAULT false NOT NULL,
	CONSTRAINT pk_sharing_rule PRIMARY KEY (id),
	CONSTRAINT fk_sharing_rule_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_sharing_rule_from_id FOREIGN KEY(from_id) REFERENCES principal (id),
	CONSTRAINT fk_sharing_rule_to_id FOREIGN KEY(to_id) REFERENCES principal (id)
);

CREATE UNIQUE INDEX uq_sharing_rule ON sharing_rule (company_id, to_id, module, from_id);

CREATE TABLE record (
	id BIGINT NOT NULL,
	module TEXT NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	purged_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_record PRIMARY KEY (id),
	CONSTRAINT fk_record_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_record_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id)
);

CREATE INDEX ix_record_company_id_deleted_at_id ON record (company_id, deleted_at, id) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;

CREATE INDEX ix_record_company_id_id ON record (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_record_company_id_module_id ON record (company_id, module, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_record_company_id_number ON record (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_record_company_id_title ON record (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_record_owner_id_deleted_at_id ON record (owner_id, deleted_at, id) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;

CREATE INDEX ix_record_owner_id_id ON record (owner_id, id);

CREATE TABLE tag (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	owner_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	color TEXT NOT NULL,
	shared BOOLEAN DEFAULT false NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_tag PRIMARY KEY (id),
	CONSTRAINT fk_tag_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_tag_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id)
);

CREATE UNIQUE INDEX uq_tag_private ON tag (company_id, owner_id, fold(name) COLLATE "C") WHERE NOT shared;

CREATE UNIQUE INDEX uq_tag_shared ON tag (company_id, fold(name) COLLATE "C") WHERE shared;

CREATE TABLE chain (
	company_id BIGINT NOT NULL,
	position BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_chain PRIMARY KEY (company_id),
	CONSTRAINT fk_chain_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE TABLE event (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	actor_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	name TEXT NOT NULL,
	fields JSONB NOT NULL,
	address TEXT,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT fk_event_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_event_actor_id FOREIGN KEY(actor_id) REFERENCES principal (id)
);

CREATE INDEX ix_event_company_id_id ON event (company_id, id);

CREATE INDEX ix_event_company_id_kind_id ON event (company_id, kind, id);

CREATE TABLE counter (
	company_id BIGINT NOT NULL,
	series TEXT NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_counter PRIMARY KEY (company_id, series),
	CONSTRAINT fk_counter_company_id FOREIGN KEY(company_id) REFERENCES company (id)
);

CREATE TABLE idempotency (
	user_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	digest TEXT NOT NULL,
	result JSONB,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_idempotency PRIMARY KEY (user_id, key),
	CONSTRAINT fk_idempotency_user_id FOREIGN KEY(user_id) REFERENCES principal (id)
);

CREATE INDEX ix_idempotency_at ON idempotency (at);

CREATE TABLE saved_list (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	columns JSONB,
	filter JSONB,
	order_by JSONB,
	shared BOOLEAN DEFAULT false NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_saved_list PRIMARY KEY (id),
	CONSTRAINT fk_saved_list_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_saved_list_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id)
);

CREATE INDEX ix_saved_list_company_id_module_name ON saved_list (company_id, module, fold(name) COLLATE "C") WHERE shared;

CREATE UNIQUE INDEX uq_saved_list_owner_id_company_id_module_name ON saved_list (owner_id, company_id, module, fold(name) COLLATE "C");

CREATE TABLE session (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	user_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	device TEXT NOT NULL,
	address TEXT NOT NULL,
	family_hash BYTEA,
	refresh_hash BYTEA,
	CONSTRAINT pk_session PRIMARY KEY (id),
	CONSTRAINT fk_session_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
	CONSTRAINT uq_session_family_hash UNIQUE (family_hash)
);

CREATE INDEX ix_session_expires_at ON session (expires_at);

CREATE INDEX ix_session_user_id_used_at ON session (user_id, used_at);

CREATE TABLE api_key (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	user_id BIGINT NOT NULL,
	company_id BIGINT,
	name TEXT NOT NULL,
	hint TEXT NOT NULL,
	hash BYTEA NOT NULL,
	scopes TEXT[] NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE,
	last_used_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_api_key PRIMARY KEY (id),
	CONSTRAINT fk_api_key_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
	CONSTRAINT fk_api_key_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT uq_api_key_hash UNIQUE (hash)
);

CREATE INDEX ix_api_key_user_id ON api_key (user_id);

CREATE TABLE membership (
	user_id BIGINT NOT NULL,
	company_id BIGINT NOT NULL,
	role_id BIGINT,
	profile_id BIGINT,
	CONSTRAINT pk_membership PRIMARY KEY (user_id, company_id),
	CONSTRAINT fk_membership_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
	CONSTRAINT fk_membership_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_membership_role_id FOREIGN KEY(role_id) REFERENCES role (id),
	CONSTRAINT fk_membership_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE INDEX ix_membership_profile_id ON membership (profile_id);

CREATE INDEX ix_membership_role_id ON membership (role_id);

CREATE TABLE record_share (
	record_id BIGINT NOT NULL,
	principal_id BIGINT NOT NULL,
	writes BOOLEAN NOT NULL,
	CONSTRAINT pk_record_share PRIMARY KEY (record_id, principal_id),
	CONSTRAINT fk_record_share_record_id FOREIGN KEY(record_id) REFERENCES record (id),
	CONSTRAINT fk_record_share_principal_id FOREIGN KEY(principal_id) REFERENCES principal (id)
);

CREATE INDEX ix_record_share_principal_id ON record_share (principal_id);

CREATE TABLE custom_value (
	field_id BIGINT NOT NULL,
	record_id BIGINT NOT NULL,
	text TEXT,
	number NUMERIC,
	moment TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_custom_value PRIMARY KEY (field_id, record_id),
	CONSTRAINT fk_custom_value_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id),
	CONSTRAINT fk_custom_value_record_id FOREIGN KEY(record_id) REFERENCES record (id)
);

CREATE INDEX ix_custom_value_field_id_moment ON custom_value (field_id, moment, record_id) WHERE moment IS NOT NULL;

CREATE INDEX ix_custom_value_field_id_number ON custom_value (field_id, number, record_id) WHERE number IS NOT NULL;

CREATE INDEX ix_custom_value_field_id_text ON custom_value (field_id, text COLLATE "C", record_id) WHERE text IS NOT NULL;

CREATE INDEX ix_custom_value_record_id ON custom_value (record_id);

CREATE TABLE link (
	relation TEXT NOT NULL,
	from_id BIGINT NOT NULL,
	to_id BIGINT NOT NULL,
	CONSTRAINT pk_link PRIMARY KEY (relation, from_id, to_id),
	CONSTRAINT fk_link_from_id FOREIGN KEY(from_id) REFERENCES record (id),
	CONSTRAINT fk_link_to_id FOREIGN KEY(to_id) REFERENCES record (id)
);

CREATE INDEX ix_link_relation_to_id_from_id ON link (relation, to_id, from_id);

CREATE TABLE comment (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	record_id BIGINT NOT NULL,
	parent_id BIGINT,
	author_id BIGINT NOT NULL,
	body TEXT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	edited_at TIMESTAMP WITH TIME ZONE,
	deleted_at TIMESTAMP WITH TIME ZONE,
	reply_count INTEGER DEFAULT '0' NOT NULL,
	CONSTRAINT pk_comment PRIMARY KEY (id),
	CONSTRAINT fk_comment_record_id FOREIGN KEY(record_id) REFERENCES record (id),
	CONSTRAINT fk_comment_parent_id FOREIGN KEY(parent_id) REFERENCES comment (id),
	CONSTRAINT fk_comment_author_id FOREIGN KEY(author_id) REFERENCES principal (id)
);

CREATE INDEX ix_comment_parent_id_created_at_id ON comment (parent_id, created_at, id) WHERE parent_id IS NOT NULL;

CREATE INDEX ix_comment_record_id_created_at_id ON comment (record_id, created_at, id) WHERE parent_id IS NULL;

CREATE TABLE tag_share (
	tag_id BIGINT NOT NULL,
	principal_id BIGINT NOT NULL,
	writes BOOLEAN NOT NULL,
	CONSTRAINT pk_tag_share PRIMARY KEY (tag_id, principal_id),
	CONSTRAINT fk_tag_share_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE,
	CONSTRAINT fk_tag_share_principal_id FOREIGN KEY(principal_id) REFERENCES principal (id)
);

CREATE INDEX ix_tag_share_principal_id ON tag_share (principal_id);

CREATE TABLE tagging (
	tag_id BIGINT NOT NULL,
	record_id BIGINT NOT NULL,
	created_by_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	CONSTRAINT pk_tagging PRIMARY KEY (tag_id, record_id),
	CONSTRAINT fk_tagging_tag_id FOREIGN KEY(tag_id) REFERENCES tag (id),
	CONSTRAINT fk_tagging_record_id FOREIGN KEY(record_id) REFERENCES record (id),
	CONSTRAINT fk_tagging_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id)
);

CREATE INDEX ix_tagging_record_id_tag_id ON tagging (record_id, tag_id);

CREATE TABLE change (
	id BIGINT GENERATED BY DEFAULT AS IDENTITY,
	record_id BIGINT NOT NULL,
	at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	actor_id BIGINT NOT NULL,
	operation TEXT NOT NULL,
	origin TEXT NOT NULL,
	version INTEGER,
	fields JSONB NOT NULL,
	CONSTRAINT pk_change PRIMARY KEY (id),
	CONSTRAINT fk_change_record_id FOREIGN KEY(record_id) REFERENCES record (id),
	CONSTRAINT fk_change_actor_id FOREIGN KEY(actor_id) REFERENCES principal (id)
);

CREATE INDEX ix_change_record_id_id ON change (record_id, id);

CREATE TABLE list_share (
	list_id BIGINT NOT NULL,
	principal_id BIGINT NOT NULL,
	writes BOOLEAN NOT NULL,
	CONSTRAINT pk_list_share PRIMARY KEY (list_id, principal_id),
	CONSTRAINT fk_list_share_list_id FOREIGN KEY(list_id) REFERENCES saved_list (id) ON DELETE CASCADE,
	CONSTRAINT fk_list_share_principal_id FOREIGN KEY(principal_id) REFERENCES principal (id)
);

CREATE INDEX ix_list_share_principal_id ON list_share (principal_id);

CREATE TABLE default_list (
	user_id BIGINT NOT NULL,
	company_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	list_id BIGINT NOT NULL,
	CONSTRAINT pk_default_list PRIMARY KEY (user_id, company_id, module),
	CONSTRAINT fk_default_list_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
	CONSTRAINT fk_default_list_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_default_list_list_id FOREIGN KEY(list_id) REFERENCES saved_list (id) ON DELETE CASCADE
);

CREATE INDEX ix_default_list_list_id ON default_list (list_id);

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

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF hash, user_id, company_id, scopes, expires_at ON api_key
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON app_user
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON company
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON list_share
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON membership
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON principal
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON profile
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON record_share
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON role
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON sharing
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON sharing_rule
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON tag_share
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TRIGGER rights_changed AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE ON team_member
FOR EACH STATEMENT EXECUTE FUNCTION note_rights_change();

CREATE TABLE price_list (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	active BOOLEAN NOT NULL,
	starts_on DATE,
	ends_on DATE,
	currency TEXT,
	tax_basis TEXT,
	default_discount_rate NUMERIC(9, 4),
	fallback_price_list_id BIGINT,
	CONSTRAINT pk_price_list PRIMARY KEY (id),
	CONSTRAINT fk_price_list_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_price_list_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_fallback_price_list_id FOREIGN KEY(fallback_price_list_id) REFERENCES price_list (id)
);

COMMENT ON COLUMN price_list.active IS 'Active';

COMMENT ON COLUMN price_list.code IS 'Code';

COMMENT ON COLUMN price_list.currency IS 'Devise';

COMMENT ON COLUMN price_list.default_discount_rate IS 'Remise par défaut';

COMMENT ON COLUMN price_list.ends_on IS 'Applicable jusqu’au';

COMMENT ON COLUMN price_list.name IS 'Nom';

COMMENT ON COLUMN price_list.starts_on IS 'Applicable à partir du';

COMMENT ON COLUMN price_list.tax_basis IS 'Prix exprimés';

CREATE INDEX ix_price_list_code_fold ON price_list (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_price_list_company_id_id ON price_list (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_price_list_currency_fold ON price_list (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_price_list_fallback_price_list_id_id ON price_list (fallback_price_list_id, id);

CREATE INDEX ix_price_list_fallback_price_list_id_last ON price_list (fallback_price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_price_list_name_fold ON price_list (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_price_list_number_fold ON price_list (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_price_list_owner_id_id ON price_list (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_price_list_title_fold ON price_list (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_price_list_code ON price_list (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_price_list_number ON price_list (company_id, number);

CREATE TABLE item_family (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	nature TEXT,
	valuation_method TEXT,
	default_margin_rate NUMERIC(9, 4),
	active BOOLEAN NOT NULL,
	parent_family_id BIGINT,
	CONSTRAINT pk_item_family PRIMARY KEY (id),
	CONSTRAINT fk_item_family_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_item_family_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_item_family_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_item_family_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_item_family_parent_family_id FOREIGN KEY(parent_family_id) REFERENCES item_family (id)
);

COMMENT ON COLUMN item_family.active IS 'Active';

COMMENT ON COLUMN item_family.code IS 'Code';

COMMENT ON COLUMN item_family.default_margin_rate IS 'Taux de marge par défaut';

COMMENT ON COLUMN item_family.name IS 'Nom';

COMMENT ON COLUMN item_family.nature IS 'Nature';

COMMENT ON COLUMN item_family.valuation_method IS 'Méthode de valorisation';

CREATE INDEX ix_item_family_code_fold ON item_family (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_item_family_company_id_id ON item_family (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_item_family_name_fold ON item_family (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_item_family_number_fold ON item_family (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_item_family_owner_id_id ON item_family (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_item_family_parent_family_id_id ON item_family (parent_family_id, id);

CREATE INDEX ix_item_family_parent_family_id_last ON item_family (parent_family_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_family_title_fold ON item_family (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_item_family_code ON item_family (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_item_family_number ON item_family (company_id, number);

CREATE TABLE unit_of_measure (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	symbol TEXT NOT NULL,
	unece_code TEXT,
	dimension TEXT,
	ratio NUMERIC(18, 6),
	decimal_places INTEGER,
	active BOOLEAN NOT NULL,
	base_unit_id BIGINT,
	CONSTRAINT pk_unit_of_measure PRIMARY KEY (id),
	CONSTRAINT fk_unit_of_measure_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_unit_of_measure_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_unit_of_measure_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_unit_of_measure_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_unit_of_measure_base_unit_id FOREIGN KEY(base_unit_id) REFERENCES unit_of_measure (id)
);

COMMENT ON COLUMN unit_of_measure.active IS 'Active';

COMMENT ON COLUMN unit_of_measure.decimal_places IS 'Nombre de décimales';

COMMENT ON COLUMN unit_of_measure.dimension IS 'Grandeur';

COMMENT ON COLUMN unit_of_measure.name IS 'Nom';

COMMENT ON COLUMN unit_of_measure.ratio IS 'Rapport à l’unité de base';

COMMENT ON COLUMN unit_of_measure.symbol IS 'Symbole';

COMMENT ON COLUMN unit_of_measure.unece_code IS 'Code UN/CEFACT (Rec. 20)';

CREATE INDEX ix_unit_of_measure_base_unit_id_id ON unit_of_measure (base_unit_id, id);

CREATE INDEX ix_unit_of_measure_base_unit_id_last ON unit_of_measure (base_unit_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_unit_of_measure_company_id_id ON unit_of_measure (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_unit_of_measure_name_fold ON unit_of_measure (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_unit_of_measure_number_fold ON unit_of_measure (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_unit_of_measure_owner_id_id ON unit_of_measure (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_unit_of_measure_symbol_fold ON unit_of_measure (company_id, fold(symbol) COLLATE "C");

CREATE INDEX ix_unit_of_measure_title_fold ON unit_of_measure (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_unit_of_measure_unece_code_fold ON unit_of_measure (company_id, fold(unece_code) COLLATE "C");

CREATE UNIQUE INDEX uq_unit_of_measure_number ON unit_of_measure (company_id, number);

CREATE UNIQUE INDEX uq_unit_of_measure_unece_code ON unit_of_measure (company_id, unece_code) WHERE deleted_at IS NULL;

CREATE TABLE ledger_account (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	account_number TEXT NOT NULL,
	name TEXT NOT NULL,
	account_class TEXT,
	account_type TEXT,
	letterable BOOLEAN,
	bank_reconcilable BOOLEAN,
	active BOOLEAN NOT NULL,
	statement_line TEXT,
	total_debit NUMERIC(18, 2),
	total_credit NUMERIC(18, 2),
	balance NUMERIC(18, 2),
	parent_account_id BIGINT,
	CONSTRAINT pk_ledger_account PRIMARY KEY (id),
	CONSTRAINT fk_ledger_account_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_ledger_account_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_ledger_account_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ledger_account_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ledger_account_parent_account_id FOREIGN KEY(parent_account_id) REFERENCES ledger_account (id)
);

COMMENT ON COLUMN ledger_account.account_class IS 'Classe';

COMMENT ON COLUMN ledger_account.account_number IS 'Numéro de compte';

COMMENT ON COLUMN ledger_account.account_type IS 'Type de compte';

COMMENT ON COLUMN ledger_account.active IS 'Actif';

COMMENT ON COLUMN ledger_account.balance IS 'Solde';

COMMENT ON COLUMN ledger_account.bank_reconcilable IS 'Rapprochable';

COMMENT ON COLUMN ledger_account.letterable IS 'Lettrable';

COMMENT ON COLUMN ledger_account.name IS 'Intitulé';

COMMENT ON COLUMN ledger_account.statement_line IS 'Rubrique des états financiers';

COMMENT ON COLUMN ledger_account.total_credit IS 'Total crédit';

COMMENT ON COLUMN ledger_account.total_debit IS 'Total débit';

CREATE INDEX ix_ledger_account_account_number_fold ON ledger_account (company_id, fold(account_number) COLLATE "C");

CREATE INDEX ix_ledger_account_company_id_id ON ledger_account (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ledger_account_name_fold ON ledger_account (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_ledger_account_number_fold ON ledger_account (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_ledger_account_owner_id_id ON ledger_account (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ledger_account_parent_account_id_id ON ledger_account (parent_account_id, id);

CREATE INDEX ix_ledger_account_parent_account_id_last ON ledger_account (parent_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ledger_account_statement_line_fold ON ledger_account (company_id, fold(statement_line) COLLATE "C");

CREATE INDEX ix_ledger_account_title_fold ON ledger_account (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_ledger_account_account_number ON ledger_account (company_id, account_number) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_ledger_account_number ON ledger_account (company_id, number);

CREATE TABLE fiscal_year (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	status TEXT NOT NULL,
	accounting_basis TEXT,
	vat_regime TEXT,
	locked_until DATE,
	net_result NUMERIC(18, 2),
	opening_balances_posted BOOLEAN,
	closed_at TIMESTAMP WITH TIME ZONE,
	previous_year_id BIGINT,
	CONSTRAINT pk_fiscal_year PRIMARY KEY (id),
	CONSTRAINT fk_fiscal_year_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_fiscal_year_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_fiscal_year_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_fiscal_year_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_fiscal_year_previous_year_id FOREIGN KEY(previous_year_id) REFERENCES fiscal_year (id)
);

COMMENT ON COLUMN fiscal_year.accounting_basis IS 'Mode de comptabilité';

COMMENT ON COLUMN fiscal_year.closed_at IS 'Clôturé le';

COMMENT ON COLUMN fiscal_year.ends_on IS 'Date de clôture';

COMMENT ON COLUMN fiscal_year.locked_until IS 'Écritures verrouillées jusqu’au';

COMMENT ON COLUMN fiscal_year.name IS 'Nom de l’exercice';

COMMENT ON COLUMN fiscal_year.net_result IS 'Résultat net';

COMMENT ON COLUMN fiscal_year.opening_balances_posted IS 'À-nouveaux passés';

COMMENT ON COLUMN fiscal_year.starts_on IS 'Date d’ouverture';

COMMENT ON COLUMN fiscal_year.status IS 'Statut';

COMMENT ON COLUMN fiscal_year.vat_regime IS 'Régime de TVA';

CREATE INDEX ix_fiscal_year_company_id_id ON fiscal_year (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_fiscal_year_name_fold ON fiscal_year (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_fiscal_year_number_fold ON fiscal_year (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_fiscal_year_owner_id_id ON fiscal_year (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_fiscal_year_previous_year_id_id ON fiscal_year (previous_year_id, id);

CREATE INDEX ix_fiscal_year_previous_year_id_last ON fiscal_year (previous_year_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_fiscal_year_title_fold ON fiscal_year (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_fiscal_year_number ON fiscal_year (company_id, number);

CREATE TABLE vat_return_box (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	code TEXT NOT NULL,
	label TEXT NOT NULL,
	form TEXT NOT NULL,
	section TEXT,
	amount_kind TEXT,
	formula TEXT,
	sort_order INTEGER,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_vat_return_box PRIMARY KEY (id),
	CONSTRAINT fk_vat_return_box_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_vat_return_box_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_vat_return_box_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_vat_return_box_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id)
);

COMMENT ON COLUMN vat_return_box.active IS 'Active';

COMMENT ON COLUMN vat_return_box.amount_kind IS 'Montant reporté';

COMMENT ON COLUMN vat_return_box.code IS 'Case';

COMMENT ON COLUMN vat_return_box.form IS 'Formulaire';

COMMENT ON COLUMN vat_return_box.formula IS 'Formule';

COMMENT ON COLUMN vat_return_box.label IS 'Libellé';

COMMENT ON COLUMN vat_return_box.section IS 'Section';

COMMENT ON COLUMN vat_return_box.sort_order IS 'Ordre';

CREATE INDEX ix_vat_return_box_code_fold ON vat_return_box (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_vat_return_box_company_id_id ON vat_return_box (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_vat_return_box_formula_fold ON vat_return_box (company_id, fold(formula) COLLATE "C");

CREATE INDEX ix_vat_return_box_label_fold ON vat_return_box (company_id, fold(label) COLLATE "C");

CREATE INDEX ix_vat_return_box_number_fold ON vat_return_box (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_vat_return_box_owner_id_id ON vat_return_box (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_vat_return_box_title_fold ON vat_return_box (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_vat_return_box_code ON vat_return_box (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_vat_return_box_number ON vat_return_box (company_id, number);

CREATE TABLE storage_site (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	site_type TEXT,
	region TEXT,
	holds_stock BOOLEAN,
	sells_on_site BOOLEAN,
	default_site BOOLEAN,
	address JSONB,
	phone TEXT,
	email TEXT,
	map_url TEXT,
	stock_value NUMERIC(18, 2),
	active BOOLEAN NOT NULL,
	parent_site_id BIGINT,
	site_manager_id BIGINT,
	CONSTRAINT pk_storage_site PRIMARY KEY (id)
);

COMMENT ON COLUMN storage_site.active IS 'Actif';

COMMENT ON COLUMN storage_site.address IS 'Adresse';

COMMENT ON COLUMN storage_site.code IS 'Code';

COMMENT ON COLUMN storage_site.default_site IS 'Site par défaut';

COMMENT ON COLUMN storage_site.email IS 'E-mail';

COMMENT ON COLUMN storage_site.holds_stock IS 'Entrepôt ou stock';

COMMENT ON COLUMN storage_site.map_url IS 'Lien de géolocalisation';

COMMENT ON COLUMN storage_site.name IS 'Nom du site';

COMMENT ON COLUMN storage_site.phone IS 'Téléphone';

COMMENT ON COLUMN storage_site.region IS 'Région';

COMMENT ON COLUMN storage_site.sells_on_site IS 'Lieu de vente';

COMMENT ON COLUMN storage_site.site_type IS 'Type';

COMMENT ON COLUMN storage_site.stock_value IS 'Valeur du stock';

CREATE INDEX ix_storage_site_code_fold ON storage_site (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_storage_site_company_id_id ON storage_site (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_storage_site_email_fold ON storage_site (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_storage_site_name_fold ON storage_site (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_storage_site_number_fold ON storage_site (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_storage_site_owner_id_id ON storage_site (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_storage_site_parent_site_id_id ON storage_site (parent_site_id, id);

CREATE INDEX ix_storage_site_parent_site_id_last ON storage_site (parent_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_storage_site_phone_fold ON storage_site (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_storage_site_region_fold ON storage_site (company_id, fold(region) COLLATE "C");

CREATE INDEX ix_storage_site_site_manager_id_id ON storage_site (site_manager_id, id);

CREATE INDEX ix_storage_site_site_manager_id_last ON storage_site (site_manager_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_storage_site_title_fold ON storage_site (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_storage_site_code ON storage_site (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_storage_site_number ON storage_site (company_id, number);

CREATE TABLE person (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	first_name TEXT NOT NULL,
	last_name TEXT NOT NULL,
	birth_name TEXT,
	employee_number TEXT,
	person_type TEXT,
	status TEXT NOT NULL,
	job_title TEXT,
	birthdate DATE,
	work_email TEXT,
	work_phone TEXT,
	personal_email TEXT,
	personal_phone TEXT,
	home_address JSONB,
	social_security_number TEXT,
	hired_on DATE,
	departed_on DATE,
	manager_id BIGINT,
	workplace_id BIGINT,
	CONSTRAINT pk_person PRIMARY KEY (id)
);

COMMENT ON COLUMN person.birth_name IS 'Nom de naissance';

COMMENT ON COLUMN person.birthdate IS 'Date de naissance';

COMMENT ON COLUMN person.departed_on IS 'Date de sortie';

COMMENT ON COLUMN person.employee_number IS 'Matricule';

COMMENT ON COLUMN person.first_name IS 'Prénom';

COMMENT ON COLUMN person.hired_on IS 'Date d’entrée';

COMMENT ON COLUMN person.home_address IS 'Adresse personnelle';

COMMENT ON COLUMN person.job_title IS 'Fonction';

COMMENT ON COLUMN person.last_name IS 'Nom d’usage';

COMMENT ON COLUMN person.person_type IS 'Type';

COMMENT ON COLUMN person.personal_email IS 'E-mail personnel';

COMMENT ON COLUMN person.personal_phone IS 'Téléphone personnel';

COMMENT ON COLUMN person.social_security_number IS 'N° de sécurité sociale';

COMMENT ON COLUMN person.status IS 'Statut';

COMMENT ON COLUMN person.work_email IS 'E-mail professionnel';

COMMENT ON COLUMN person.work_phone IS 'Téléphone professionnel';

CREATE INDEX ix_person_birth_name_fold ON person (company_id, fold(birth_name) COLLATE "C");

CREATE INDEX ix_person_company_id_id ON person (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_person_employee_number_fold ON person (company_id, fold(employee_number) COLLATE "C");

CREATE INDEX ix_person_first_name_fold ON person (company_id, fold(first_name) COLLATE "C");

CREATE INDEX ix_person_job_title_fold ON person (company_id, fold(job_title) COLLATE "C");

CREATE INDEX ix_person_last_name_fold ON person (company_id, fold(last_name) COLLATE "C");

CREATE INDEX ix_person_manager_id_id ON person (manager_id, id);

CREATE INDEX ix_person_manager_id_last ON person (manager_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_person_number_fold ON person (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_person_owner_id_id ON person (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_person_personal_email_fold ON person (company_id, fold(personal_email) COLLATE "C");

CREATE INDEX ix_person_personal_phone_fold ON person (company_id, fold(personal_phone) COLLATE "C");

CREATE INDEX ix_person_social_security_number_fold ON person (company_id, fold(social_security_number) COLLATE "C");

CREATE INDEX ix_person_title_fold ON person (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_person_work_email_fold ON person (company_id, fold(work_email) COLLATE "C");

CREATE INDEX ix_person_work_phone_fold ON person (company_id, fold(work_phone) COLLATE "C");

CREATE INDEX ix_person_workplace_id_id ON person (workplace_id, id);

CREATE INDEX ix_person_workplace_id_last ON person (workplace_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_person_employee_number ON person (company_id, employee_number) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_person_number ON person (company_id, number);

CREATE UNIQUE INDEX uq_person_social_security_number ON person (company_id, social_security_number) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_person_work_email ON person (company_id, work_email) WHERE deleted_at IS NULL;

CREATE TABLE employment_contract_template (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	contract_type TEXT NOT NULL,
	professional_status TEXT,
	collective_agreement TEXT,
	weekly_hours NUMERIC(18, 6),
	trial_period_days INTEGER,
	notice_period_days INTEGER,
	body TEXT,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_employment_contract_template PRIMARY KEY (id),
	CONSTRAINT fk_employment_contract_template_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_employment_contract_template_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_employment_contract_template_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_employment_contract_template_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id)
);

COMMENT ON COLUMN employment_contract_template.active IS 'Actif';

COMMENT ON COLUMN employment_contract_template.body IS 'Texte du contrat';

COMMENT ON COLUMN employment_contract_template.collective_agreement IS 'Convention collective (IDCC)';

COMMENT ON COLUMN employment_contract_template.contract_type IS 'Type de contrat';

COMMENT ON COLUMN employment_contract_template.name IS 'Nom du modèle';

COMMENT ON COLUMN employment_contract_template.notice_period_days IS 'Préavis (jours)';

COMMENT ON COLUMN employment_contract_template.professional_status IS 'Statut professionnel';

COMMENT ON COLUMN employment_contract_template.trial_period_days IS 'Période d’essai (jours)';

COMMENT ON COLUMN employment_contract_template.weekly_hours IS 'Durée hebdomadaire (heures)';

CREATE INDEX ix_employment_contract_template_collective_agreement_fold ON employment_contract_template (company_id, fold(collective_agreement) COLLATE "C");

CREATE INDEX ix_employment_contract_template_company_id_id ON employment_contract_template (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_employment_contract_template_name_fold ON employment_contract_template (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_employment_contract_template_number_fold ON employment_contract_template (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_employment_contract_template_owner_id_id ON employment_contract_template (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_employment_contract_template_title_fold ON employment_contract_template (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_employment_contract_template_number ON employment_contract_template (company_id, number);

CREATE TABLE workplace (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	workplace_type TEXT,
	siret TEXT,
	address JSONB,
	phone TEXT,
	email TEXT,
	capacity INTEGER,
	active BOOLEAN NOT NULL,
	storage_site_id BIGINT,
	CONSTRAINT pk_workplace PRIMARY KEY (id)
);

COMMENT ON COLUMN workplace.active IS 'Actif';

COMMENT ON COLUMN workplace.address IS 'Adresse';

COMMENT ON COLUMN workplace.capacity IS 'Capacité d’accueil';

COMMENT ON COLUMN workplace.code IS 'Code';

COMMENT ON COLUMN workplace.email IS 'E-mail';

COMMENT ON COLUMN workplace.name IS 'Nom';

COMMENT ON COLUMN workplace.phone IS 'Téléphone';

COMMENT ON COLUMN workplace.siret IS 'SIRET';

COMMENT ON COLUMN workplace.workplace_type IS 'Type';

CREATE INDEX ix_workplace_code_fold ON workplace (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_workplace_company_id_id ON workplace (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_workplace_email_fold ON workplace (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_workplace_name_fold ON workplace (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_workplace_number_fold ON workplace (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_workplace_owner_id_id ON workplace (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_workplace_phone_fold ON workplace (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_workplace_siret_fold ON workplace (company_id, fold(siret) COLLATE "C");

CREATE INDEX ix_workplace_storage_site_id_id ON workplace (storage_site_id, id);

CREATE INDEX ix_workplace_storage_site_id_last ON workplace (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_workplace_title_fold ON workplace (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_workplace_code ON workplace (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_workplace_number ON workplace (company_id, number);

CREATE TABLE absence_type (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT NOT NULL,
	payroll_code TEXT,
	unit TEXT,
	day_count_basis TEXT,
	paid BOOLEAN,
	balance_managed BOOLEAN,
	monthly_accrual NUMERIC(18, 6),
	year_start_month INTEGER,
	max_carry_over NUMERIC(18, 6),
	requires_approval BOOLEAN,
	requires_document BOOLEAN,
	negative_balance_allowed BOOLEAN,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_absence_type PRIMARY KEY (id),
	CONSTRAINT fk_absence_type_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_absence_type_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_absence_type_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_absence_type_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id)
);

COMMENT ON COLUMN absence_type.active IS 'Active';

COMMENT ON COLUMN absence_type.balance_managed IS 'Avec solde';

COMMENT ON COLUMN absence_type.code IS 'Code';

COMMENT ON COLUMN absence_type.day_count_basis IS 'Décompte';

COMMENT ON COLUMN absence_type.max_carry_over IS 'Report maximal';

COMMENT ON COLUMN absence_type.monthly_accrual IS 'Acquisition mensuelle';

COMMENT ON COLUMN absence_type.name IS 'Nom';

COMMENT ON COLUMN absence_type.negative_balance_allowed IS 'Solde négatif autorisé';

COMMENT ON COLUMN absence_type.paid IS 'Rémunérée';

COMMENT ON COLUMN absence_type.payroll_code IS 'Code paie';

COMMENT ON COLUMN absence_type.requires_approval IS 'Soumise à validation';

COMMENT ON COLUMN absence_type.requires_document IS 'Justificatif obligatoire';

COMMENT ON COLUMN absence_type.unit IS 'Unité';

COMMENT ON COLUMN absence_type.year_start_month IS 'Mois de début de période';

CREATE INDEX ix_absence_type_code_fold ON absence_type (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_absence_type_company_id_id ON absence_type (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_absence_type_name_fold ON absence_type (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_absence_type_number_fold ON absence_type (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_absence_type_owner_id_id ON absence_type (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_absence_type_payroll_code_fold ON absence_type (company_id, fold(payroll_code) COLLATE "C");

CREATE INDEX ix_absence_type_title_fold ON absence_type (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_absence_type_code ON absence_type (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_absence_type_number ON absence_type (company_id, number);

CREATE TABLE customer_account (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	account_type TEXT,
	siren TEXT,
	siret TEXT,
	vat_number TEXT,
	industry TEXT,
	phone TEXT,
	email TEXT,
	website TEXT,
	billing_address JSONB,
	shipping_address JSONB,
	payment_terms TEXT,
	auxiliary_account_number TEXT,
	e_invoicing_address TEXT,
	credit_limit NUMERIC(18, 2),
	balance_due NUMERIC(18, 2),
	parent_account_id BIGINT,
	price_list_id BIGINT,
	CONSTRAINT pk_customer_account PRIMARY KEY (id),
	CONSTRAINT fk_customer_account_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_account_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_account_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_account_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_account_parent_account_id FOREIGN KEY(parent_account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_account_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id)
);

COMMENT ON COLUMN customer_account.account_type IS 'Type';

COMMENT ON COLUMN customer_account.auxiliary_account_number IS 'Compte auxiliaire';

COMMENT ON COLUMN customer_account.balance_due IS 'Solde dû';

COMMENT ON COLUMN customer_account.billing_address IS 'Adresse de facturation';

COMMENT ON COLUMN customer_account.credit_limit IS 'Encours autorisé';

COMMENT ON COLUMN customer_account.e_invoicing_address IS 'Adresse de facturation électronique';

COMMENT ON COLUMN customer_account.email IS 'E-mail';

COMMENT ON COLUMN customer_account.industry IS 'Secteur d’activité';

COMMENT ON COLUMN customer_account.name IS 'Nom du compte';

COMMENT ON COLUMN customer_account.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN customer_account.phone IS 'Téléphone';

COMMENT ON COLUMN customer_account.shipping_address IS 'Adresse de livraison';

COMMENT ON COLUMN customer_account.siren IS 'SIREN';

COMMENT ON COLUMN customer_account.siret IS 'SIRET';

COMMENT ON COLUMN customer_account.vat_number IS 'N° de TVA intracommunautaire';

COMMENT ON COLUMN customer_account.website IS 'Site web';

CREATE INDEX ix_customer_account_auxiliary_account_number_fold ON customer_account (company_id, fold(auxiliary_account_number) COLLATE "C");

CREATE INDEX ix_customer_account_company_id_id ON customer_account (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_account_e_invoicing_address_fold ON customer_account (company_id, fold(e_invoicing_address) COLLATE "C");

CREATE INDEX ix_customer_account_email_fold ON customer_account (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_customer_account_name_fold ON customer_account (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_customer_account_number_fold ON customer_account (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_account_owner_id_id ON customer_account (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_account_parent_account_id_id ON customer_account (parent_account_id, id);

CREATE INDEX ix_customer_account_parent_account_id_last ON customer_account (parent_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_account_phone_fold ON customer_account (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_customer_account_price_list_id_id ON customer_account (price_list_id, id);

CREATE INDEX ix_customer_account_price_list_id_last ON customer_account (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_account_siren_fold ON customer_account (company_id, fold(siren) COLLATE "C");

CREATE INDEX ix_customer_account_siret_fold ON customer_account (company_id, fold(siret) COLLATE "C");

CREATE INDEX ix_customer_account_title_fold ON customer_account (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_customer_account_vat_number_fold ON customer_account (company_id, fold(vat_number) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_account_auxiliary_account_number ON customer_account (company_id, auxiliary_account_number) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_customer_account_number ON customer_account (company_id, number);

CREATE UNIQUE INDEX uq_customer_account_siret ON customer_account (company_id, siret) WHERE deleted_at IS NULL;

CREATE TABLE supplier (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	status TEXT NOT NULL,
	siren TEXT,
	siret TEXT,
	vat_number TEXT,
	phone TEXT,
	email TEXT,
	website TEXT,
	address JSONB,
	payment_terms TEXT,
	payment_method TEXT,
	auxiliary_account_number TEXT,
	our_customer_number TEXT,
	lead_time_days INTEGER,
	minimum_order_amount NUMERIC(18, 2),
	balance_due NUMERIC(18, 2),
	default_expense_account_id BIGINT,
	CONSTRAINT pk_supplier PRIMARY KEY (id),
	CONSTRAINT fk_supplier_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_supplier_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_default_expense_account_id FOREIGN KEY(default_expense_account_id) REFERENCES ledger_account (id)
);

COMMENT ON COLUMN supplier.address IS 'Adresse';

COMMENT ON COLUMN supplier.auxiliary_account_number IS 'Compte auxiliaire';

COMMENT ON COLUMN supplier.balance_due IS 'Solde dû';

COMMENT ON COLUMN supplier.email IS 'E-mail';

COMMENT ON COLUMN supplier.lead_time_days IS 'Délai de livraison (jours)';

COMMENT ON COLUMN supplier.minimum_order_amount IS 'Minimum de commande';

COMMENT ON COLUMN supplier.name IS 'Nom du fournisseur';

COMMENT ON COLUMN supplier.our_customer_number IS 'Notre n° de client';

COMMENT ON COLUMN supplier.payment_method IS 'Mode de règlement';

COMMENT ON COLUMN supplier.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN supplier.phone IS 'Téléphone';

COMMENT ON COLUMN supplier.siren IS 'SIREN';

COMMENT ON COLUMN supplier.siret IS 'SIRET';

COMMENT ON COLUMN supplier.status IS 'Statut';

COMMENT ON COLUMN supplier.vat_number IS 'N° de TVA intracommunautaire';

COMMENT ON COLUMN supplier.website IS 'Site web';

CREATE INDEX ix_supplier_auxiliary_account_number_fold ON supplier (company_id, fold(auxiliary_account_number) COLLATE "C");

CREATE INDEX ix_supplier_company_id_id ON supplier (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_default_expense_account_id_id ON supplier (default_expense_account_id, id);

CREATE INDEX ix_supplier_default_expense_account_id_last ON supplier (default_expense_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_email_fold ON supplier (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_supplier_name_fold ON supplier (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_supplier_number_fold ON supplier (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_supplier_our_customer_number_fold ON supplier (company_id, fold(our_customer_number) COLLATE "C");

CREATE INDEX ix_supplier_owner_id_id ON supplier (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_phone_fold ON supplier (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_supplier_siren_fold ON supplier (company_id, fold(siren) COLLATE "C");

CREATE INDEX ix_supplier_siret_fold ON supplier (company_id, fold(siret) COLLATE "C");

CREATE INDEX ix_supplier_title_fold ON supplier (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_supplier_vat_number_fold ON supplier (company_id, fold(vat_number) COLLATE "C");

CREATE UNIQUE INDEX uq_supplier_auxiliary_account_number ON supplier (company_id, auxiliary_account_number) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_supplier_number ON supplier (company_id, number);

CREATE UNIQUE INDEX uq_supplier_siret ON supplier (company_id, siret) WHERE deleted_at IS NULL;

CREATE TABLE journal (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	journal_type TEXT NOT NULL,
	active BOOLEAN NOT NULL,
	locked_until DATE,
	next_entry_number INTEGER,
	contra_account_id BIGINT,
	CONSTRAINT pk_journal PRIMARY KEY (id),
	CONSTRAINT fk_journal_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_journal_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_journal_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_journal_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_journal_contra_account_id FOREIGN KEY(contra_account_id) REFERENCES ledger_account (id)
);

COMMENT ON COLUMN journal.active IS 'Actif';

COMMENT ON COLUMN journal.code IS 'Code journal';

COMMENT ON COLUMN journal.journal_type IS 'Type';

COMMENT ON COLUMN journal.locked_until IS 'Verrouillé jusqu’au';

COMMENT ON COLUMN journal.name IS 'Libellé du journal';

COMMENT ON COLUMN journal.next_entry_number IS 'Prochain numéro d’écriture';

CREATE INDEX ix_journal_code_fold ON journal (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_journal_company_id_id ON journal (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_journal_contra_account_id_id ON journal (contra_account_id, id);

CREATE INDEX ix_journal_contra_account_id_last ON journal (contra_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_journal_name_fold ON journal (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_journal_number_fold ON journal (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_journal_owner_id_id ON journal (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_journal_title_fold ON journal (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_journal_code ON journal (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_journal_number ON journal (company_id, number);

CREATE TABLE tax_rate (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT NOT NULL,
	rate NUMERIC(9, 4) NOT NULL,
	tax_category TEXT,
	due_basis TEXT,
	exemption_notice TEXT,
	starts_on DATE,
	ends_on DATE,
	active BOOLEAN NOT NULL,
	collected_account_id BIGINT,
	deductible_account_id BIGINT,
	CONSTRAINT pk_tax_rate PRIMARY KEY (id),
	CONSTRAINT fk_tax_rate_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_tax_rate_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_tax_rate_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_tax_rate_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_tax_rate_collected_account_id FOREIGN KEY(collected_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_tax_rate_deductible_account_id FOREIGN KEY(deductible_account_id) REFERENCES ledger_account (id)
);

COMMENT ON COLUMN tax_rate.active IS 'Actif';

COMMENT ON COLUMN tax_rate.code IS 'Code';

COMMENT ON COLUMN tax_rate.due_basis IS 'Exigibilité';

COMMENT ON COLUMN tax_rate.ends_on IS 'En vigueur jusqu’au';

COMMENT ON COLUMN tax_rate.exemption_notice IS 'Mention d’exonération';

COMMENT ON COLUMN tax_rate.name IS 'Nom';

COMMENT ON COLUMN tax_rate.rate IS 'Taux';

COMMENT ON COLUMN tax_rate.starts_on IS 'En vigueur à partir du';

COMMENT ON COLUMN tax_rate.tax_category IS 'Catégorie de TVA';

CREATE INDEX ix_tax_rate_code_fold ON tax_rate (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_tax_rate_collected_account_id_id ON tax_rate (collected_account_id, id);

CREATE INDEX ix_tax_rate_collected_account_id_last ON tax_rate (collected_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_tax_rate_company_id_id ON tax_rate (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_tax_rate_deductible_account_id_id ON tax_rate (deductible_account_id, id);

CREATE INDEX ix_tax_rate_deductible_account_id_last ON tax_rate (deductible_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_tax_rate_exemption_notice_fold ON tax_rate (company_id, fold(exemption_notice) COLLATE "C");

CREATE INDEX ix_tax_rate_name_fold ON tax_rate (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_tax_rate_number_fold ON tax_rate (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_tax_rate_owner_id_id ON tax_rate (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_tax_rate_title_fold ON tax_rate (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_tax_rate_code ON tax_rate (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_tax_rate_number ON tax_rate (company_id, number);

CREATE TABLE storage_location (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	location_type TEXT NOT NULL,
	virtual_storage BOOLEAN,
	barcode TEXT,
	position_code TEXT,
	max_weight NUMERIC(18, 6),
	picking_order INTEGER,
	quantity_on_hand NUMERIC(18, 6),
	stock_value NUMERIC(18, 2),
	active BOOLEAN NOT NULL,
	storage_site_id BIGINT NOT NULL,
	parent_location_id BIGINT,
	CONSTRAINT pk_storage_location PRIMARY KEY (id),
	CONSTRAINT fk_storage_location_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_storage_location_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_storage_location_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_storage_location_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_storage_location_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_storage_location_parent_location_id FOREIGN KEY(parent_location_id) REFERENCES storage_location (id)
);

COMMENT ON COLUMN storage_location.active IS 'Actif';

COMMENT ON COLUMN storage_location.barcode IS 'Code-barres';

COMMENT ON COLUMN storage_location.code IS 'Code interne';

COMMENT ON COLUMN storage_location.location_type IS 'Type d’emplacement';

COMMENT ON COLUMN storage_location.max_weight IS 'Charge maximale (kg)';

COMMENT ON COLUMN storage_location.name IS 'Nom';

COMMENT ON COLUMN storage_location.picking_order IS 'Ordre de prélèvement';

COMMENT ON COLUMN storage_location.position_code IS 'Allée, travée, niveau';

COMMENT ON COLUMN storage_location.quantity_on_hand IS 'Quantité en stock';

COMMENT ON COLUMN storage_location.stock_value IS 'Valeur du stock';

COMMENT ON COLUMN storage_location.virtual_storage IS 'Stockage virtuel';

CREATE INDEX ix_storage_location_barcode_fold ON storage_location (company_id, fold(barcode) COLLATE "C");

CREATE INDEX ix_storage_location_code_fold ON storage_location (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_storage_location_company_id_id ON storage_location (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_storage_location_name_fold ON storage_location (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_storage_location_number_fold ON storage_location (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_storage_location_owner_id_id ON storage_location (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_storage_location_parent_location_id_id ON storage_location (parent_location_id, id);

CREATE INDEX ix_storage_location_parent_location_id_last ON storage_location (parent_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_storage_location_position_code_fold ON storage_location (company_id, fold(position_code) COLLATE "C");

CREATE INDEX ix_storage_location_storage_site_id_id ON storage_location (storage_site_id, id);

CREATE INDEX ix_storage_location_storage_site_id_last ON storage_location (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_storage_location_title_fold ON storage_location (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_storage_location_barcode ON storage_location (company_id, storage_site_id, barcode) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_storage_location_code ON storage_location (company_id, storage_site_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_storage_location_number ON storage_location (company_id, number);

CREATE TABLE department (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	cost_centre TEXT,
	phone TEXT,
	email TEXT,
	headcount INTEGER,
	active BOOLEAN NOT NULL,
	parent_department_id BIGINT,
	manager_id BIGINT,
	workplace_id BIGINT,
	CONSTRAINT pk_department PRIMARY KEY (id),
	CONSTRAINT fk_department_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_department_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_department_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_department_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_department_parent_department_id FOREIGN KEY(parent_department_id) REFERENCES department (id),
	CONSTRAINT fk_department_manager_id FOREIGN KEY(manager_id) REFERENCES person (id),
	CONSTRAINT fk_department_workplace_id FOREIGN KEY(workplace_id) REFERENCES workplace (id)
);

COMMENT ON COLUMN department.active IS 'Actif';

COMMENT ON COLUMN department.code IS 'Code';

COMMENT ON COLUMN department.cost_centre IS 'Section analytique';

COMMENT ON COLUMN department.email IS 'E-mail';

COMMENT ON COLUMN department.headcount IS 'Effectif';

COMMENT ON COLUMN department.name IS 'Nom du service';

COMMENT ON COLUMN department.phone IS 'Téléphone';

CREATE INDEX ix_department_code_fold ON department (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_department_company_id_id ON department (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_department_cost_centre_fold ON department (company_id, fold(cost_centre) COLLATE "C");

CREATE INDEX ix_department_email_fold ON department (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_department_manager_id_id ON department (manager_id, id);

CREATE INDEX ix_department_manager_id_last ON department (manager_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_department_name_fold ON department (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_department_number_fold ON department (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_department_owner_id_id ON department (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_department_parent_department_id_id ON department (parent_department_id, id);

CREATE INDEX ix_department_parent_department_id_last ON department (parent_department_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_department_phone_fold ON department (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_department_title_fold ON department (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_department_workplace_id_id ON department (workplace_id, id);

CREATE INDEX ix_department_workplace_id_last ON department (workplace_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_department_code ON department (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_department_number ON department (company_id, number);

CREATE TABLE leave_allocation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	quantity NUMERIC(18, 6) NOT NULL,
	kind TEXT NOT NULL,
	effective_on DATE NOT NULL,
	period_start DATE,
	period_end DATE,
	reason TEXT,
	person_id BIGINT NOT NULL,
	absence_type_id BIGINT NOT NULL,
	CONSTRAINT pk_leave_allocation PRIMARY KEY (id),
	CONSTRAINT fk_leave_allocation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_leave_allocation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_allocation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_allocation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_allocation_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_leave_allocation_absence_type_id FOREIGN KEY(absence_type_id) REFERENCES absence_type (id)
);

COMMENT ON COLUMN leave_allocation.effective_on IS 'Date d’effet';

COMMENT ON COLUMN leave_allocation.kind IS 'Nature';

COMMENT ON COLUMN leave_allocation.period_end IS 'Fin de la période de droits';

COMMENT ON COLUMN leave_allocation.period_start IS 'Début de la période de droits';

COMMENT ON COLUMN leave_allocation.quantity IS 'Quantité';

COMMENT ON COLUMN leave_allocation.reason IS 'Motif';

CREATE INDEX ix_leave_allocation_absence_type_id_id ON leave_allocation (absence_type_id, id);

CREATE INDEX ix_leave_allocation_absence_type_id_last ON leave_allocation (absence_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_allocation_company_id_id ON leave_allocation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_leave_allocation_number_fold ON leave_allocation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_leave_allocation_owner_id_id ON leave_allocation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_leave_allocation_person_id_id ON leave_allocation (person_id, id);

CREATE INDEX ix_leave_allocation_person_id_last ON leave_allocation (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_allocation_reason_fold ON leave_allocation (company_id, fold(reason) COLLATE "C");

CREATE INDEX ix_leave_allocation_title_fold ON leave_allocation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_leave_allocation_number ON leave_allocation (company_id, number);

CREATE TABLE store (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	store_type TEXT,
	status TEXT NOT NULL,
	address JSONB,
	phone TEXT,
	email TEXT,
	opening_hours TEXT,
	software_version TEXT,
	last_synced_at TIMESTAMP WITH TIME ZONE,
	storage_site_id BIGINT NOT NULL,
	price_list_id BIGINT,
	store_manager_id BIGINT,
	CONSTRAINT pk_store PRIMARY KEY (id),
	CONSTRAINT fk_store_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_store_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_store_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_store_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_store_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_store_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_store_store_manager_id FOREIGN KEY(store_manager_id) REFERENCES person (id)
);

COMMENT ON COLUMN store.address IS 'Adresse';

COMMENT ON COLUMN store.code IS 'Code';

COMMENT ON COLUMN store.email IS 'E-mail';

COMMENT ON COLUMN store.last_synced_at IS 'Dernière synchronisation';

COMMENT ON COLUMN store.name IS 'Nom du point de vente';

COMMENT ON COLUMN store.opening_hours IS 'Horaires d’ouverture';

COMMENT ON COLUMN store.phone IS 'Téléphone';

COMMENT ON COLUMN store.software_version IS 'Version du logiciel de caisse';

COMMENT ON COLUMN store.status IS 'Statut';

COMMENT ON COLUMN store.store_type IS 'Type';

CREATE INDEX ix_store_code_fold ON store (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_store_company_id_id ON store (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_store_email_fold ON store (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_store_name_fold ON store (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_store_number_fold ON store (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_store_opening_hours_fold ON store (company_id, fold(opening_hours) COLLATE "C");

CREATE INDEX ix_store_owner_id_id ON store (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_store_phone_fold ON store (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_store_price_list_id_id ON store (price_list_id, id);

CREATE INDEX ix_store_price_list_id_last ON store (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_store_software_version_fold ON store (company_id, fold(software_version) COLLATE "C");

CREATE INDEX ix_store_storage_site_id_id ON store (storage_site_id, id);

CREATE INDEX ix_store_storage_site_id_last ON store (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_store_store_manager_id_id ON store (store_manager_id, id);

CREATE INDEX ix_store_store_manager_id_last ON store (store_manager_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_store_title_fold ON store (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_store_code ON store (company_id, storage_site_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_store_number ON store (company_id, number);

CREATE TABLE contact (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	salutation TEXT,
	first_name TEXT,
	last_name TEXT NOT NULL,
	job_title TEXT,
	role TEXT,
	email TEXT,
	phone TEXT,
	mobile TEXT,
	birthdate DATE,
	mailing_address JSONB,
	language TEXT,
	invoice_recipient BOOLEAN,
	email_opt_out BOOLEAN,
	sms_opt_out BOOLEAN,
	portal_enabled BOOLEAN,
	account_id BIGINT,
	supplier_id BIGINT,
	reports_to_id BIGINT,
	CONSTRAINT pk_contact PRIMARY KEY (id),
	CONSTRAINT fk_contact_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_contact_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_contact_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_contact_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_contact_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_contact_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_contact_reports_to_id FOREIGN KEY(reports_to_id) REFERENCES contact (id)
);

COMMENT ON COLUMN contact.birthdate IS 'Date de naissance';

COMMENT ON COLUMN contact.email IS 'E-mail';

COMMENT ON COLUMN contact.email_opt_out IS 'Refus des e-mails';

COMMENT ON COLUMN contact.first_name IS 'Prénom';

COMMENT ON COLUMN contact.invoice_recipient IS 'Destinataire des factures';

COMMENT ON COLUMN contact.job_title IS 'Fonction';

COMMENT ON COLUMN contact.language IS 'Langue';

COMMENT ON COLUMN contact.last_name IS 'Nom';

COMMENT ON COLUMN contact.mailing_address IS 'Adresse postale';

COMMENT ON COLUMN contact.mobile IS 'Mobile';

COMMENT ON COLUMN contact.phone IS 'Téléphone';

COMMENT ON COLUMN contact.portal_enabled IS 'Accès au portail client';

COMMENT ON COLUMN contact.role IS 'Rôle';

COMMENT ON COLUMN contact.salutation IS 'Civilité';

COMMENT ON COLUMN contact.sms_opt_out IS 'Refus des SMS';

CREATE INDEX ix_contact_account_id_id ON contact (account_id, id);

CREATE INDEX ix_contact_account_id_last ON contact (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_contact_company_id_id ON contact (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_contact_email_fold ON contact (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_contact_first_name_fold ON contact (company_id, fold(first_name) COLLATE "C");

CREATE INDEX ix_contact_job_title_fold ON contact (company_id, fold(job_title) COLLATE "C");

CREATE INDEX ix_contact_last_name_fold ON contact (company_id, fold(last_name) COLLATE "C");

CREATE INDEX ix_contact_mobile_fold ON contact (company_id, fold(mobile) COLLATE "C");

CREATE INDEX ix_contact_number_fold ON contact (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_contact_owner_id_id ON contact (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_contact_phone_fold ON contact (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_contact_reports_to_id_id ON contact (reports_to_id, id);

CREATE INDEX ix_contact_reports_to_id_last ON contact (reports_to_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_contact_supplier_id_id ON contact (supplier_id, id);

CREATE INDEX ix_contact_supplier_id_last ON contact (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_contact_title_fold ON contact (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_contact_email ON contact (company_id, email) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_contact_number ON contact (company_id, number);

CREATE TABLE product (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	sku TEXT,
	barcode TEXT,
	active BOOLEAN NOT NULL,
	sale_price NUMERIC(18, 2),
	purchase_price NUMERIC(18, 2),
	average_cost NUMERIC(18, 2),
	manufacturer TEXT,
	supplier_reference TEXT,
	tracking TEXT,
	weight NUMERIC(18, 6),
	warranty_months INTEGER,
	reorder_level NUMERIC(18, 6),
	quantity_on_hand NUMERIC(18, 6),
	quantity_available NUMERIC(18, 6),
	quantity_on_order NUMERIC(18, 6),
	item_family_id BIGINT,
	unit_of_measure_id BIGINT,
	sale_tax_rate_id BIGINT,
	purchase_tax_rate_id BIGINT,
	main_supplier_id BIGINT,
	default_location_id BIGINT,
	CONSTRAINT pk_product PRIMARY KEY (id),
	CONSTRAINT fk_product_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_product_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_product_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_product_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_product_item_family_id FOREIGN KEY(item_family_id) REFERENCES item_family (id),
	CONSTRAINT fk_product_unit_of_measure_id FOREIGN KEY(unit_of_measure_id) REFERENCES unit_of_measure (id),
	CONSTRAINT fk_product_sale_tax_rate_id FOREIGN KEY(sale_tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_product_purchase_tax_rate_id FOREIGN KEY(purchase_tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_product_main_supplier_id FOREIGN KEY(main_supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_product_default_location_id FOREIGN KEY(default_location_id) REFERENCES storage_location (id)
);

COMMENT ON COLUMN product.active IS 'Actif';

COMMENT ON COLUMN product.average_cost IS 'Coût unitaire moyen pondéré';

COMMENT ON COLUMN product.barcode IS 'Code-barres (GTIN)';

COMMENT ON COLUMN product.manufacturer IS 'Fabricant';

COMMENT ON COLUMN product.name IS 'Nom du produit';

COMMENT ON COLUMN product.purchase_price IS 'Prix d’achat HT';

COMMENT ON COLUMN product.quantity_available IS 'Quantité disponible';

COMMENT ON COLUMN product.quantity_on_hand IS 'Quantité en stock';

COMMENT ON COLUMN product.quantity_on_order IS 'Quantité attendue';

COMMENT ON COLUMN product.reorder_level IS 'Seuil de réapprovisionnement';

COMMENT ON COLUMN product.sale_price IS 'Prix de vente HT';

COMMENT ON COLUMN product.sku IS 'Référence';

COMMENT ON COLUMN product.supplier_reference IS 'Référence fournisseur';

COMMENT ON COLUMN product.tracking IS 'Suivi';

COMMENT ON COLUMN product.warranty_months IS 'Garantie (mois)';

COMMENT ON COLUMN product.weight IS 'Poids (kg)';

CREATE INDEX ix_product_barcode_fold ON product (company_id, fold(barcode) COLLATE "C");

CREATE INDEX ix_product_company_id_id ON product (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_product_default_location_id_id ON product (default_location_id, id);

CREATE INDEX ix_product_default_location_id_last ON product (default_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_product_item_family_id_id ON product (item_family_id, id);

CREATE INDEX ix_product_item_family_id_last ON product (item_family_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_product_main_supplier_id_id ON product (main_supplier_id, id);

CREATE INDEX ix_product_main_supplier_id_last ON product (main_supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_product_manufacturer_fold ON product (company_id, fold(manufacturer) COLLATE "C");

CREATE INDEX ix_product_name_fold ON product (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_product_number_fold ON product (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_product_owner_id_id ON product (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_product_purchase_tax_rate_id_id ON product (purchase_tax_rate_id, id);

CREATE INDEX ix_product_purchase_tax_rate_id_last ON product (purchase_tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_product_sale_tax_rate_id_id ON product (sale_tax_rate_id, id);

CREATE INDEX ix_product_sale_tax_rate_id_last ON product (sale_tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_product_sku_fold ON product (company_id, fold(sku) COLLATE "C");

CREATE INDEX ix_product_supplier_reference_fold ON product (company_id, fold(supplier_reference) COLLATE "C");

CREATE INDEX ix_product_title_fold ON product (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_product_unit_of_measure_id_id ON product (unit_of_measure_id, id);

CREATE INDEX ix_product_unit_of_measure_id_last ON product (unit_of_measure_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_product_barcode ON product (company_id, barcode) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_product_number ON product (company_id, number);

CREATE UNIQUE INDEX uq_product_sku ON product (company_id, sku) WHERE deleted_at IS NULL;

CREATE TABLE service (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	active BOOLEAN NOT NULL,
	sale_price NUMERIC(18, 2),
	purchase_price NUMERIC(18, 2),
	pricing_basis TEXT,
	default_duration_hours NUMERIC(18, 6),
	sold_from DATE,
	sold_until DATE,
	item_family_id BIGINT,
	unit_of_measure_id BIGINT,
	sale_tax_rate_id BIGINT,
	purchase_tax_rate_id BIGINT,
	main_supplier_id BIGINT,
	CONSTRAINT pk_service PRIMARY KEY (id),
	CONSTRAINT fk_service_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_service_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_service_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_service_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_service_item_family_id FOREIGN KEY(item_family_id) REFERENCES item_family (id),
	CONSTRAINT fk_service_unit_of_measure_id FOREIGN KEY(unit_of_measure_id) REFERENCES unit_of_measure (id),
	CONSTRAINT fk_service_sale_tax_rate_id FOREIGN KEY(sale_tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_service_purchase_tax_rate_id FOREIGN KEY(purchase_tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_service_main_supplier_id FOREIGN KEY(main_supplier_id) REFERENCES supplier (id)
);

COMMENT ON COLUMN service.active IS 'Actif';

COMMENT ON COLUMN service.code IS 'Référence';

COMMENT ON COLUMN service.default_duration_hours IS 'Durée standard (heures)';

COMMENT ON COLUMN service.name IS 'Nom du service';

COMMENT ON COLUMN service.pricing_basis IS 'Base de facturation';

COMMENT ON COLUMN service.purchase_price IS 'Prix d’achat HT';

COMMENT ON COLUMN service.sale_price IS 'Prix de vente HT';

COMMENT ON COLUMN service.sold_from IS 'Commercialisé à partir du';

COMMENT ON COLUMN service.sold_until IS 'Commercialisé jusqu’au';

CREATE INDEX ix_service_code_fold ON service (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_service_company_id_id ON service (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_service_item_family_id_id ON service (item_family_id, id);

CREATE INDEX ix_service_item_family_id_last ON service (item_family_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_main_supplier_id_id ON service (main_supplier_id, id);

CREATE INDEX ix_service_main_supplier_id_last ON service (main_supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_name_fold ON service (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_service_number_fold ON service (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_service_owner_id_id ON service (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_service_purchase_tax_rate_id_id ON service (purchase_tax_rate_id, id);

CREATE INDEX ix_service_purchase_tax_rate_id_last ON service (purchase_tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_sale_tax_rate_id_id ON service (sale_tax_rate_id, id);

CREATE INDEX ix_service_sale_tax_rate_id_last ON service (sale_tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_title_fold ON service (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_service_unit_of_measure_id_id ON service (unit_of_measure_id, id);

CREATE INDEX ix_service_unit_of_measure_id_last ON service (unit_of_measure_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_service_code ON service (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_service_number ON service (company_id, number);

CREATE TABLE manual_entry (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	label TEXT NOT NULL,
	entry_date DATE NOT NULL,
	document_reference TEXT,
	entry_type TEXT,
	status TEXT NOT NULL,
	reversal_on DATE,
	total_debit NUMERIC(18, 2),
	total_credit NUMERIC(18, 2),
	journal_id BIGINT NOT NULL,
	fiscal_year_id BIGINT NOT NULL,
	reversed_entry_id BIGINT,
	CONSTRAINT pk_manual_entry PRIMARY KEY (id),
	CONSTRAINT fk_manual_entry_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_manual_entry_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_manual_entry_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_manual_entry_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_manual_entry_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id),
	CONSTRAINT fk_manual_entry_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
	CONSTRAINT fk_manual_entry_reversed_entry_id FOREIGN KEY(reversed_entry_id) REFERENCES manual_entry (id)
);

COMMENT ON COLUMN manual_entry.document_reference IS 'Référence de la pièce';

COMMENT ON COLUMN manual_entry.entry_date IS 'Date comptable';

COMMENT ON COLUMN manual_entry.entry_type IS 'Nature';

COMMENT ON COLUMN manual_entry.label IS 'Libellé';

COMMENT ON COLUMN manual_entry.reversal_on IS 'Extourne prévue le';

COMMENT ON COLUMN manual_entry.status IS 'Statut';

COMMENT ON COLUMN manual_entry.total_credit IS 'Total crédit';

COMMENT ON COLUMN manual_entry.total_debit IS 'Total débit';

CREATE INDEX ix_manual_entry_company_id_id ON manual_entry (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_manual_entry_document_reference_fold ON manual_entry (company_id, fold(document_reference) COLLATE "C");

CREATE INDEX ix_manual_entry_fiscal_year_id_id ON manual_entry (fiscal_year_id, id);

CREATE INDEX ix_manual_entry_fiscal_year_id_last ON manual_entry (fiscal_year_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_manual_entry_journal_id_id ON manual_entry (journal_id, id);

CREATE INDEX ix_manual_entry_journal_id_last ON manual_entry (journal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_manual_entry_label_fold ON manual_entry (company_id, fold(label) COLLATE "C");

CREATE INDEX ix_manual_entry_number_fold ON manual_entry (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_manual_entry_owner_id_id ON manual_entry (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_manual_entry_reversed_entry_id_id ON manual_entry (reversed_entry_id, id);

CREATE INDEX ix_manual_entry_reversed_entry_id_last ON manual_entry (reversed_entry_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_manual_entry_title_fold ON manual_entry (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_manual_entry_number ON manual_entry (company_id, number);

CREATE TABLE bank_account (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	account_holder TEXT,
	bank_name TEXT,
	iban TEXT NOT NULL,
	bic TEXT,
	creditor_identifier TEXT,
	currency TEXT,
	opening_balance NUMERIC(18, 2),
	opening_balance_on DATE,
	current_balance NUMERIC(18, 2),
	unreconciled_amount NUMERIC(18, 2),
	feed_type TEXT,
	last_synced_at TIMESTAMP WITH TIME ZONE,
	active BOOLEAN NOT NULL,
	ledger_account_id BIGINT,
	journal_id BIGINT,
	CONSTRAINT pk_bank_account PRIMARY KEY (id),
	CONSTRAINT fk_bank_account_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_bank_account_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_account_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_account_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_account_ledger_account_id FOREIGN KEY(ledger_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_bank_account_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id)
);

COMMENT ON COLUMN bank_account.account_holder IS 'Titulaire';

COMMENT ON COLUMN bank_account.active IS 'Actif';

COMMENT ON COLUMN bank_account.bank_name IS 'Banque';

COMMENT ON COLUMN bank_account.bic IS 'BIC';

COMMENT ON COLUMN bank_account.creditor_identifier IS 'Identifiant créancier SEPA (ICS)';

COMMENT ON COLUMN bank_account.currency IS 'Devise';

COMMENT ON COLUMN bank_account.current_balance IS 'Solde bancaire';

COMMENT ON COLUMN bank_account.feed_type IS 'Alimentation';

COMMENT ON COLUMN bank_account.iban IS 'IBAN';

COMMENT ON COLUMN bank_account.last_synced_at IS 'Dernière synchronisation';

COMMENT ON COLUMN bank_account.name IS 'Nom du compte';

COMMENT ON COLUMN bank_account.opening_balance IS 'Solde d’ouverture';

COMMENT ON COLUMN bank_account.opening_balance_on IS 'Date du solde d’ouverture';

COMMENT ON COLUMN bank_account.unreconciled_amount IS 'Montant à rapprocher';

CREATE INDEX ix_bank_account_account_holder_fold ON bank_account (company_id, fold(account_holder) COLLATE "C");

CREATE INDEX ix_bank_account_bank_name_fold ON bank_account (company_id, fold(bank_name) COLLATE "C");

CREATE INDEX ix_bank_account_bic_fold ON bank_account (company_id, fold(bic) COLLATE "C");

CREATE INDEX ix_bank_account_company_id_id ON bank_account (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_account_creditor_identifier_fold ON bank_account (company_id, fold(creditor_identifier) COLLATE "C");

CREATE INDEX ix_bank_account_currency_fold ON bank_account (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_bank_account_iban_fold ON bank_account (company_id, fold(iban) COLLATE "C");

CREATE INDEX ix_bank_account_journal_id_id ON bank_account (journal_id, id);

CREATE INDEX ix_bank_account_journal_id_last ON bank_account (journal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_account_ledger_account_id_id ON bank_account (ledger_account_id, id);

CREATE INDEX ix_bank_account_ledger_account_id_last ON bank_account (ledger_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_account_name_fold ON bank_account (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_bank_account_number_fold ON bank_account (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_bank_account_owner_id_id ON bank_account (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_account_title_fold ON bank_account (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_bank_account_iban ON bank_account (company_id, iban) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_bank_account_number ON bank_account (company_id, number);

CREATE TABLE third_party_bank_account (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	account_holder TEXT NOT NULL,
	iban TEXT NOT NULL,
	bic TEXT,
	bank_name TEXT,
	currency TEXT,
	verified_on DATE,
	preferred BOOLEAN,
	active BOOLEAN NOT NULL,
	account_id BIGINT,
	supplier_id BIGINT,
	person_id BIGINT,
	CONSTRAINT pk_third_party_bank_account PRIMARY KEY (id),
	CONSTRAINT fk_third_party_bank_account_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_third_party_bank_account_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_third_party_bank_account_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_third_party_bank_account_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_third_party_bank_account_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_third_party_bank_account_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_third_party_bank_account_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

COMMENT ON COLUMN third_party_bank_account.account_holder IS 'Titulaire';

COMMENT ON COLUMN third_party_bank_account.active IS 'Actif';

COMMENT ON COLUMN third_party_bank_account.bank_name IS 'Banque';

COMMENT ON COLUMN third_party_bank_account.bic IS 'BIC';

COMMENT ON COLUMN third_party_bank_account.currency IS 'Devise';

COMMENT ON COLUMN third_party_bank_account.iban IS 'IBAN';

COMMENT ON COLUMN third_party_bank_account.preferred IS 'Compte par défaut';

COMMENT ON COLUMN third_party_bank_account.verified_on IS 'Coordonnées vérifiées le';

CREATE INDEX ix_third_party_bank_account_account_holder_fold ON third_party_bank_account (company_id, fold(account_holder) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_account_id_id ON third_party_bank_account (account_id, id);

CREATE INDEX ix_third_party_bank_account_account_id_last ON third_party_bank_account (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_third_party_bank_account_bank_name_fold ON third_party_bank_account (company_id, fold(bank_name) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_bic_fold ON third_party_bank_account (company_id, fold(bic) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_company_id_id ON third_party_bank_account (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_third_party_bank_account_currency_fold ON third_party_bank_account (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_iban_fold ON third_party_bank_account (company_id, fold(iban) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_number_fold ON third_party_bank_account (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_third_party_bank_account_owner_id_id ON third_party_bank_account (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_third_party_bank_account_person_id_id ON third_party_bank_account (person_id, id);

CREATE INDEX ix_third_party_bank_account_person_id_last ON third_party_bank_account (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_third_party_bank_account_supplier_id_id ON third_party_bank_account (supplier_id, id);

CREATE INDEX ix_third_party_bank_account_supplier_id_last ON third_party_bank_account (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_third_party_bank_account_title_fold ON third_party_bank_account (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_third_party_bank_account_iban ON third_party_bank_account (company_id, iban) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_third_party_bank_account_number ON third_party_bank_account (company_id, number);

CREATE TABLE employment_contract (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	contract_type TEXT NOT NULL,
	status TEXT NOT NULL,
	job_title TEXT,
	starts_on DATE NOT NULL,
	ends_on DATE,
	trial_ends_on DATE,
	professional_status TEXT,
	classification TEXT,
	weekly_hours NUMERIC(18, 6),
	working_time_rate NUMERIC(9, 4),
	gross_monthly_salary NUMERIC(18, 2),
	loaded_hourly_cost NUMERIC(18, 2),
	notice_period_days INTEGER,
	fixed_term_reason TEXT,
	signed_on DATE,
	end_reason TEXT,
	person_id BIGINT NOT NULL,
	template_id BIGINT,
	department_id BIGINT,
	workplace_id BIGINT,
	previous_contract_id BIGINT,
	CONSTRAINT pk_employment_contract PRIMARY KEY (id),
	CONSTRAINT fk_employment_contract_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_employment_contract_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_employment_contract_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_employment_contract_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_employment_contract_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_employment_contract_template_id FOREIGN KEY(template_id) REFERENCES employment_contract_template (id),
	CONSTRAINT fk_employment_contract_department_id FOREIGN KEY(department_id) REFERENCES department (id),
	CONSTRAINT fk_employment_contract_workplace_id FOREIGN KEY(workplace_id) REFERENCES workplace (id),
	CONSTRAINT fk_employment_contract_previous_contract_id FOREIGN KEY(previous_contract_id) REFERENCES employment_contract (id)
);

COMMENT ON COLUMN employment_contract.classification IS 'Classification ou coefficient';

COMMENT ON COLUMN employment_contract.contract_type IS 'Type de contrat';

COMMENT ON COLUMN employment_contract.end_reason IS 'Motif de fin';

COMMENT ON COLUMN employment_contract.ends_on IS 'Date de fin';

COMMENT ON COLUMN employment_contract.fixed_term_reason IS 'Motif de recours au CDD';

COMMENT ON COLUMN employment_contract.gross_monthly_salary IS 'Salaire brut mensuel';

COMMENT ON COLUMN employment_contract.job_title IS 'Poste';

COMMENT ON COLUMN employment_contract.loaded_hourly_cost IS 'Coût horaire chargé';

COMMENT ON COLUMN employment_contract.notice_period_days IS 'Préavis (jours)';

COMMENT ON COLUMN employment_contract.professional_status IS 'Statut professionnel';

COMMENT ON COLUMN employment_contract.signed_on IS 'Date de signature';

COMMENT ON COLUMN employment_contract.starts_on IS 'Date de début';

COMMENT ON COLUMN employment_contract.status IS 'Statut';

COMMENT ON COLUMN employment_contract.trial_ends_on IS 'Fin de période d’essai';

COMMENT ON COLUMN employment_contract.weekly_hours IS 'Durée hebdomadaire (heures)';

COMMENT ON COLUMN employment_contract.working_time_rate IS 'Taux d’activité';

CREATE INDEX ix_employment_contract_classification_fold ON employment_contract (company_id, fold(classification) COLLATE "C");

CREATE INDEX ix_employment_contract_company_id_id ON employment_contract (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_employment_contract_department_id_id ON employment_contract (department_id, id);

CREATE INDEX ix_employment_contract_department_id_last ON employment_contract (department_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_employment_contract_fixed_term_reason_fold ON employment_contract (company_id, fold(fixed_term_reason) COLLATE "C");

CREATE INDEX ix_employment_contract_job_title_fold ON employment_contract (company_id, fold(job_title) COLLATE "C");

CREATE INDEX ix_employment_contract_number_fold ON employment_contract (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_employment_contract_owner_id_id ON employment_contract (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_employment_contract_person_id_id ON employment_contract (person_id, id);

CREATE INDEX ix_employment_contract_person_id_last ON employment_contract (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_employment_contract_previous_contract_id_id ON employment_contract (previous_contract_id, id);

CREATE INDEX ix_employment_contract_previous_contract_id_last ON employment_contract (previous_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_employment_contract_template_id_id ON employment_contract (template_id, id);

CREATE INDEX ix_employment_contract_template_id_last ON employment_contract (template_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_employment_contract_title_fold ON employment_contract (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_employment_contract_workplace_id_id ON employment_contract (workplace_id, id);

CREATE INDEX ix_employment_contract_workplace_id_last ON employment_contract (workplace_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_employment_contract_number ON employment_contract (company_id, number);

CREATE TABLE department_assignment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	role TEXT,
	starts_on DATE NOT NULL,
	ends_on DATE,
	allocation_rate NUMERIC(9, 4),
	primary_assignment BOOLEAN,
	status TEXT,
	person_id BIGINT NOT NULL,
	department_id BIGINT NOT NULL,
	CONSTRAINT pk_department_assignment PRIMARY KEY (id),
	CONSTRAINT fk_department_assignment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_department_assignment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_department_assignment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_department_assignment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_department_assignment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_department_assignment_department_id FOREIGN KEY(department_id) REFERENCES department (id)
);

COMMENT ON COLUMN department_assignment.allocation_rate IS 'Quotité';

COMMENT ON COLUMN department_assignment.ends_on IS 'Date de fin';

COMMENT ON COLUMN department_assignment.primary_assignment IS 'Affectation principale';

COMMENT ON COLUMN department_assignment.role IS 'Rôle dans le service';

COMMENT ON COLUMN department_assignment.starts_on IS 'Date de début';

COMMENT ON COLUMN department_assignment.status IS 'Statut';

CREATE INDEX ix_department_assignment_company_id_id ON department_assignment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_department_assignment_department_id_id ON department_assignment (department_id, id);

CREATE INDEX ix_department_assignment_department_id_last ON department_assignment (department_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_department_assignment_number_fold ON department_assignment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_department_assignment_owner_id_id ON department_assignment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_department_assignment_person_id_id ON department_assignment (person_id, id);

CREATE INDEX ix_department_assignment_person_id_last ON department_assignment (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_department_assignment_role_fold ON department_assignment (company_id, fold(role) COLLATE "C");

CREATE INDEX ix_department_assignment_title_fold ON department_assignment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_department_assignment_number ON department_assignment (company_id, number);

CREATE TABLE skills_matrix (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	assessed_on DATE NOT NULL,
	status TEXT NOT NULL,
	next_review_on DATE,
	coverage_rate NUMERIC(9, 4),
	versatility_rate NUMERIC(9, 4),
	critical_activity_count INTEGER,
	department_id BIGINT NOT NULL,
	assessor_id BIGINT,
	CONSTRAINT pk_skills_matrix PRIMARY KEY (id),
	CONSTRAINT fk_skills_matrix_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_skills_matrix_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_skills_matrix_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_skills_matrix_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_skills_matrix_department_id FOREIGN KEY(department_id) REFERENCES department (id),
	CONSTRAINT fk_skills_matrix_assessor_id FOREIGN KEY(assessor_id) REFERENCES person (id)
);

COMMENT ON COLUMN skills_matrix.assessed_on IS 'Date d’évaluation';

COMMENT ON COLUMN skills_matrix.coverage_rate IS 'Taux de couverture';

COMMENT ON COLUMN skills_matrix.critical_activity_count IS 'Activités critiques';

COMMENT ON COLUMN skills_matrix.next_review_on IS 'Prochaine évaluation';

COMMENT ON COLUMN skills_matrix.status IS 'Statut';

COMMENT ON COLUMN skills_matrix.versatility_rate IS 'Taux de polyvalence';

CREATE INDEX ix_skills_matrix_assessor_id_id ON skills_matrix (assessor_id, id);

CREATE INDEX ix_skills_matrix_assessor_id_last ON skills_matrix (assessor_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_skills_matrix_company_id_id ON skills_matrix (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_skills_matrix_department_id_id ON skills_matrix (department_id, id);

CREATE INDEX ix_skills_matrix_department_id_last ON skills_matrix (department_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_skills_matrix_number_fold ON skills_matrix (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_skills_matrix_owner_id_id ON skills_matrix (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_skills_matrix_title_fold ON skills_matrix (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_skills_matrix_number ON skills_matrix (company_id, number);

CREATE TABLE cash_register (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	register_number TEXT NOT NULL,
	status TEXT,
	current_balance NUMERIC(18, 2),
	default_float NUMERIC(18, 2),
	price_display TEXT,
	accepted_payment_methods JSONB,
	cash_rounding NUMERIC(18, 6),
	receipt_width TEXT,
	receipt_footer TEXT,
	print_automatically BOOLEAN,
	theme_colour TEXT,
	last_closed_at TIMESTAMP WITH TIME ZONE,
	store_id BIGINT NOT NULL,
	journal_id BIGINT,
	ledger_account_id BIGINT,
	walk_in_account_id BIGINT,
	CONSTRAINT pk_cash_register PRIMARY KEY (id),
	CONSTRAINT fk_cash_register_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_cash_register_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_register_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_register_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_register_store_id FOREIGN KEY(store_id) REFERENCES store (id),
	CONSTRAINT fk_cash_register_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id),
	CONSTRAINT fk_cash_register_ledger_account_id FOREIGN KEY(ledger_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_cash_register_walk_in_account_id FOREIGN KEY(walk_in_account_id) REFERENCES customer_account (id)
);

COMMENT ON COLUMN cash_register.accepted_payment_methods IS 'Modes de règlement acceptés';

COMMENT ON COLUMN cash_register.cash_rounding IS 'Arrondi des espèces';

COMMENT ON COLUMN cash_register.current_balance IS 'Fonds en caisse';

COMMENT ON COLUMN cash_register.default_float IS 'Fonds de caisse par défaut';

COMMENT ON COLUMN cash_register.last_closed_at IS 'Dernière clôture';

COMMENT ON COLUMN cash_register.name IS 'Nom de la caisse';

COMMENT ON COLUMN cash_register.price_display IS 'Affichage des prix';

COMMENT ON COLUMN cash_register.print_automatically IS 'Impression automatique';

COMMENT ON COLUMN cash_register.receipt_footer IS 'Pied de ticket';

COMMENT ON COLUMN cash_register.receipt_width IS 'Format du ticket';

COMMENT ON COLUMN cash_register.register_number IS 'Numéro de caisse';

COMMENT ON COLUMN cash_register.status IS 'Statut';

COMMENT ON COLUMN cash_register.theme_colour IS 'Couleur de l’interface';

CREATE INDEX ix_cash_register_company_id_id ON cash_register (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_register_journal_id_id ON cash_register (journal_id, id);

CREATE INDEX ix_cash_register_journal_id_last ON cash_register (journal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_register_ledger_account_id_id ON cash_register (ledger_account_id, id);

CREATE INDEX ix_cash_register_ledger_account_id_last ON cash_register (ledger_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_register_name_fold ON cash_register (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_cash_register_number_fold ON cash_register (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_cash_register_owner_id_id ON cash_register (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_register_register_number_fold ON cash_register (company_id, fold(register_number) COLLATE "C");

CREATE INDEX ix_cash_register_store_id_id ON cash_register (store_id, id);

CREATE INDEX ix_cash_register_store_id_last ON cash_register (store_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_register_theme_colour_fold ON cash_register (company_id, fold(theme_colour) COLLATE "C");

CREATE INDEX ix_cash_register_title_fold ON cash_register (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_cash_register_walk_in_account_id_id ON cash_register (walk_in_account_id, id);

CREATE INDEX ix_cash_register_walk_in_account_id_last ON cash_register (walk_in_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_cash_register_number ON cash_register (company_id, number);

CREATE UNIQUE INDEX uq_cash_register_register_number ON cash_register (company_id, store_id, register_number) WHERE deleted_at IS NULL;

CREATE TABLE price_list_item (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	strategy TEXT NOT NULL,
	min_quantity NUMERIC(18, 6) NOT NULL,
	unit_price NUMERIC(18, 6),
	discount_rate NUMERIC(9, 4),
	flat_fee NUMERIC(18, 2),
	group_by TEXT,
	starts_on DATE,
	ends_on DATE,
	price_list_id BIGINT NOT NULL,
	product_id BIGINT,
	service_id BIGINT,
	item_family_id BIGINT,
	unit_of_measure_id BIGINT,
	CONSTRAINT pk_price_list_item PRIMARY KEY (id),
	CONSTRAINT fk_price_list_item_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_price_list_item_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_item_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_item_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_price_list_item_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_price_list_item_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_price_list_item_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_price_list_item_item_family_id FOREIGN KEY(item_family_id) REFERENCES item_family (id),
	CONSTRAINT fk_price_list_item_unit_of_measure_id FOREIGN KEY(unit_of_measure_id) REFERENCES unit_of_measure (id)
);

COMMENT ON COLUMN price_list_item.discount_rate IS 'Remise';

COMMENT ON COLUMN price_list_item.ends_on IS 'Applicable jusqu’au';

COMMENT ON COLUMN price_list_item.flat_fee IS 'Forfait de la tranche';

COMMENT ON COLUMN price_list_item.group_by IS 'Regrouper par';

COMMENT ON COLUMN price_list_item.min_quantity IS 'À partir de la quantité';

COMMENT ON COLUMN price_list_item.starts_on IS 'Applicable à partir du';

COMMENT ON COLUMN price_list_item.strategy IS 'Stratégie de tarification';

COMMENT ON COLUMN price_list_item.unit_price IS 'Prix unitaire';

CREATE INDEX ix_price_list_item_company_id_id ON price_list_item (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_price_list_item_group_by_fold ON price_list_item (company_id, fold(group_by) COLLATE "C");

CREATE INDEX ix_price_list_item_item_family_id_id ON price_list_item (item_family_id, id);

CREATE INDEX ix_price_list_item_item_family_id_last ON price_list_item (item_family_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_price_list_item_number_fold ON price_list_item (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_price_list_item_owner_id_id ON price_list_item (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_price_list_item_price_list_id_id ON price_list_item (price_list_id, id);

CREATE INDEX ix_price_list_item_price_list_id_last ON price_list_item (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_price_list_item_product_id_id ON price_list_item (product_id, id);

CREATE INDEX ix_price_list_item_product_id_last ON price_list_item (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_price_list_item_service_id_id ON price_list_item (service_id, id);

CREATE INDEX ix_price_list_item_service_id_last ON price_list_item (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_price_list_item_title_fold ON price_list_item (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_price_list_item_unit_of_measure_id_id ON price_list_item (unit_of_measure_id, id);

CREATE INDEX ix_price_list_item_unit_of_measure_id_last ON price_list_item (unit_of_measure_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_price_list_item_number ON price_list_item (company_id, number);

CREATE TABLE campaign (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	campaign_type TEXT,
	status TEXT NOT NULL,
	starts_on DATE,
	ends_on DATE,
	target_audience TEXT,
	target_size INTEGER,
	expected_response_rate NUMERIC(9, 4),
	budget NUMERIC(18, 2),
	expected_cost NUMERIC(18, 2),
	actual_cost NUMERIC(18, 2),
	expected_revenue NUMERIC(18, 2),
	actual_revenue NUMERIC(18, 2),
	forecast_margin NUMERIC(18, 2),
	forecast_margin_rate NUMERIC(9, 4),
	actual_margin NUMERIC(18, 2),
	product_id BIGINT,
	service_id BIGINT,
	CONSTRAINT pk_campaign PRIMARY KEY (id),
	CONSTRAINT fk_campaign_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_campaign_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_campaign_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_campaign_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_campaign_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_campaign_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

COMMENT ON COLUMN campaign.actual_cost IS 'Coût réel';

COMMENT ON COLUMN campaign.actual_margin IS 'Marge réelle';

COMMENT ON COLUMN campaign.actual_revenue IS 'Chiffre d’affaires réalisé';

COMMENT ON COLUMN campaign.budget IS 'Budget';

COMMENT ON COLUMN campaign.campaign_type IS 'Type';

COMMENT ON COLUMN campaign.ends_on IS 'Date de fin';

COMMENT ON COLUMN campaign.expected_cost IS 'Coût prévu';

COMMENT ON COLUMN campaign.expected_response_rate IS 'Taux de réponse attendu';

COMMENT ON COLUMN campaign.expected_revenue IS 'Chiffre d’affaires prévu';

COMMENT ON COLUMN campaign.forecast_margin IS 'Marge prévisionnelle';

COMMENT ON COLUMN campaign.forecast_margin_rate IS 'Taux de marge prévisionnelle';

COMMENT ON COLUMN campaign.name IS 'Nom de la campagne';

COMMENT ON COLUMN campaign.starts_on IS 'Date de début';

COMMENT ON COLUMN campaign.status IS 'Statut';

COMMENT ON COLUMN campaign.target_audience IS 'Cible';

COMMENT ON COLUMN campaign.target_size IS 'Taille de la cible';

CREATE INDEX ix_campaign_company_id_id ON campaign (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_campaign_name_fold ON campaign (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_campaign_number_fold ON campaign (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_campaign_owner_id_id ON campaign (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_campaign_product_id_id ON campaign (product_id, id);

CREATE INDEX ix_campaign_product_id_last ON campaign (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_campaign_service_id_id ON campaign (service_id, id);

CREATE INDEX ix_campaign_service_id_last ON campaign (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_campaign_target_audience_fold ON campaign (company_id, fold(target_audience) COLLATE "C");

CREATE INDEX ix_campaign_title_fold ON campaign (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_campaign_number ON campaign (company_id, number);

CREATE TABLE accounting_strategy (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	context TEXT NOT NULL,
	priority INTEGER,
	territory TEXT,
	payment_method TEXT,
	starts_on DATE,
	ends_on DATE,
	active BOOLEAN NOT NULL,
	ledger_account_id BIGINT NOT NULL,
	journal_id BIGINT,
	item_family_id BIGINT,
	product_id BIGINT,
	service_id BIGINT,
	tax_rate_id BIGINT,
	account_id BIGINT,
	supplier_id BIGINT,
	CONSTRAINT pk_accounting_strategy PRIMARY KEY (id),
	CONSTRAINT fk_accounting_strategy_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_accounting_strategy_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_strategy_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_strategy_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_strategy_ledger_account_id FOREIGN KEY(ledger_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_accounting_strategy_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id),
	CONSTRAINT fk_accounting_strategy_item_family_id FOREIGN KEY(item_family_id) REFERENCES item_family (id),
	CONSTRAINT fk_accounting_strategy_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_accounting_strategy_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_accounting_strategy_tax_rate_id FOREIGN KEY(tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_accounting_strategy_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_accounting_strategy_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
);

COMMENT ON COLUMN accounting_strategy.active IS 'Active';

COMMENT ON COLUMN accounting_strategy.context IS 'Contexte';

COMMENT ON COLUMN accounting_strategy.ends_on IS 'Applicable jusqu’au';

COMMENT ON COLUMN accounting_strategy.name IS 'Nom de la stratégie';

COMMENT ON COLUMN accounting_strategy.payment_method IS 'Mode de règlement';

COMMENT ON COLUMN accounting_strategy.priority IS 'Priorité';

COMMENT ON COLUMN accounting_strategy.starts_on IS 'Applicable à partir du';

COMMENT ON COLUMN accounting_strategy.territory IS 'Territoire';

CREATE INDEX ix_accounting_strategy_account_id_id ON accounting_strategy (account_id, id);

CREATE INDEX ix_accounting_strategy_account_id_last ON accounting_strategy (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_company_id_id ON accounting_strategy (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_accounting_strategy_item_family_id_id ON accounting_strategy (item_family_id, id);

CREATE INDEX ix_accounting_strategy_item_family_id_last ON accounting_strategy (item_family_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_journal_id_id ON accounting_strategy (journal_id, id);

CREATE INDEX ix_accounting_strategy_journal_id_last ON accounting_strategy (journal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_ledger_account_id_id ON accounting_strategy (ledger_account_id, id);

CREATE INDEX ix_accounting_strategy_ledger_account_id_last ON accounting_strategy (ledger_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_name_fold ON accounting_strategy (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_accounting_strategy_number_fold ON accounting_strategy (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_accounting_strategy_owner_id_id ON accounting_strategy (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_accounting_strategy_product_id_id ON accounting_strategy (product_id, id);

CREATE INDEX ix_accounting_strategy_product_id_last ON accounting_strategy (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_service_id_id ON accounting_strategy (service_id, id);

CREATE INDEX ix_accounting_strategy_service_id_last ON accounting_strategy (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_supplier_id_id ON accounting_strategy (supplier_id, id);

CREATE INDEX ix_accounting_strategy_supplier_id_last ON accounting_strategy (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_tax_rate_id_id ON accounting_strategy (tax_rate_id, id);

CREATE INDEX ix_accounting_strategy_tax_rate_id_last ON accounting_strategy (tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_strategy_title_fold ON accounting_strategy (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_accounting_strategy_number ON accounting_strategy (company_id, number);

CREATE TABLE sepa_mandate (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	mandate_reference TEXT,
	scheme TEXT,
	frequency TEXT,
	status TEXT NOT NULL,
	signed_on DATE,
	first_collected_on DATE,
	last_collected_on DATE,
	revoked_on DATE,
	account_id BIGINT NOT NULL,
	debtor_bank_account_id BIGINT NOT NULL,
	creditor_bank_account_id BIGINT,
	CONSTRAINT pk_sepa_mandate PRIMARY KEY (id),
	CONSTRAINT fk_sepa_mandate_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_sepa_mandate_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_sepa_mandate_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_sepa_mandate_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_sepa_mandate_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_sepa_mandate_debtor_bank_account_id FOREIGN KEY(debtor_bank_account_id) REFERENCES third_party_bank_account (id),
	CONSTRAINT fk_sepa_mandate_creditor_bank_account_id FOREIGN KEY(creditor_bank_account_id) REFERENCES bank_account (id)
);

COMMENT ON COLUMN sepa_mandate.first_collected_on IS 'Premier prélèvement';

COMMENT ON COLUMN sepa_mandate.frequency IS 'Fréquence';

COMMENT ON COLUMN sepa_mandate.last_collected_on IS 'Dernier prélèvement';

COMMENT ON COLUMN sepa_mandate.mandate_reference IS 'Référence unique du mandat (RUM)';

COMMENT ON COLUMN sepa_mandate.revoked_on IS 'Date de révocation';

COMMENT ON COLUMN sepa_mandate.scheme IS 'Type de mandat';

COMMENT ON COLUMN sepa_mandate.signed_on IS 'Date de signature';

COMMENT ON COLUMN sepa_mandate.status IS 'Statut';

CREATE INDEX ix_sepa_mandate_account_id_id ON sepa_mandate (account_id, id);

CREATE INDEX ix_sepa_mandate_account_id_last ON sepa_mandate (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sepa_mandate_company_id_id ON sepa_mandate (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_sepa_mandate_creditor_bank_account_id_id ON sepa_mandate (creditor_bank_account_id, id);

CREATE INDEX ix_sepa_mandate_creditor_bank_account_id_last ON sepa_mandate (creditor_bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sepa_mandate_debtor_bank_account_id_id ON sepa_mandate (debtor_bank_account_id, id);

CREATE INDEX ix_sepa_mandate_debtor_bank_account_id_last ON sepa_mandate (debtor_bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sepa_mandate_mandate_reference_fold ON sepa_mandate (company_id, fold(mandate_reference) COLLATE "C");

CREATE INDEX ix_sepa_mandate_number_fold ON sepa_mandate (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_sepa_mandate_owner_id_id ON sepa_mandate (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_sepa_mandate_title_fold ON sepa_mandate (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_sepa_mandate_mandate_reference ON sepa_mandate (company_id, account_id, mandate_reference) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_sepa_mandate_number ON sepa_mandate (company_id, number);

CREATE TABLE bank_statement (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	reference TEXT,
	starts_on DATE,
	ends_on DATE NOT NULL,
	opening_balance NUMERIC(18, 2) NOT NULL,
	closing_balance NUMERIC(18, 2) NOT NULL,
	computed_balance NUMERIC(18, 2),
	difference NUMERIC(18, 2),
	source_format TEXT,
	status TEXT NOT NULL,
	bank_account_id BIGINT NOT NULL,
	CONSTRAINT pk_bank_statement PRIMARY KEY (id),
	CONSTRAINT fk_bank_statement_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_bank_statement_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_statement_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_statement_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_statement_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);

COMMENT ON COLUMN bank_statement.closing_balance IS 'Solde final';

COMMENT ON COLUMN bank_statement.computed_balance IS 'Solde calculé';

COMMENT ON COLUMN bank_statement.difference IS 'Écart';

COMMENT ON COLUMN bank_statement.ends_on IS 'Fin de période';

COMMENT ON COLUMN bank_statement.opening_balance IS 'Solde initial';

COMMENT ON COLUMN bank_statement.reference IS 'Référence du relevé';

COMMENT ON COLUMN bank_statement.source_format IS 'Format d’origine';

COMMENT ON COLUMN bank_statement.starts_on IS 'Début de période';

COMMENT ON COLUMN bank_statement.status IS 'Statut';

CREATE INDEX ix_bank_statement_bank_account_id_id ON bank_statement (bank_account_id, id);

CREATE INDEX ix_bank_statement_bank_account_id_last ON bank_statement (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_statement_company_id_id ON bank_statement (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_statement_number_fold ON bank_statement (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_bank_statement_owner_id_id ON bank_statement (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_statement_reference_fold ON bank_statement (company_id, fold(reference) COLLATE "C");

CREATE INDEX ix_bank_statement_title_fold ON bank_statement (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_bank_statement_number ON bank_statement (company_id, number);

CREATE UNIQUE INDEX uq_bank_statement_reference ON bank_statement (company_id, bank_account_id, reference) WHERE deleted_at IS NULL;

CREATE TABLE delivery_method (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	method_type TEXT,
	lead_time_days INTEGER,
	base_cost NUMERIC(18, 2),
	free_from_amount NUMERIC(18, 2),
	max_weight NUMERIC(18, 6),
	tracking_url_template TEXT,
	active BOOLEAN NOT NULL,
	carrier_id BIGINT,
	billing_service_id BIGINT,
	CONSTRAINT pk_delivery_method PRIMARY KEY (id),
	CONSTRAINT fk_delivery_method_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_delivery_method_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_method_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_method_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_method_carrier_id FOREIGN KEY(carrier_id) REFERENCES supplier (id),
	CONSTRAINT fk_delivery_method_billing_service_id FOREIGN KEY(billing_service_id) REFERENCES service (id)
);

COMMENT ON COLUMN delivery_method.active IS 'Actif';

COMMENT ON COLUMN delivery_method.base_cost IS 'Frais de base HT';

COMMENT ON COLUMN delivery_method.code IS 'Code';

COMMENT ON COLUMN delivery_method.free_from_amount IS 'Franco à partir de';

COMMENT ON COLUMN delivery_method.lead_time_days IS 'Délai (jours)';

COMMENT ON COLUMN delivery_method.max_weight IS 'Poids maximal (kg)';

COMMENT ON COLUMN delivery_method.method_type IS 'Type';

COMMENT ON COLUMN delivery_method.name IS 'Nom';

COMMENT ON COLUMN delivery_method.tracking_url_template IS 'Modèle d’adresse de suivi';

CREATE INDEX ix_delivery_method_billing_service_id_id ON delivery_method (billing_service_id, id);

CREATE INDEX ix_delivery_method_billing_service_id_last ON delivery_method (billing_service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_method_carrier_id_id ON delivery_method (carrier_id, id);

CREATE INDEX ix_delivery_method_carrier_id_last ON delivery_method (carrier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_method_code_fold ON delivery_method (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_delivery_method_company_id_id ON delivery_method (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_delivery_method_name_fold ON delivery_method (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_delivery_method_number_fold ON delivery_method (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_delivery_method_owner_id_id ON delivery_method (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_delivery_method_title_fold ON delivery_method (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_delivery_method_tracking_url_template_fold ON delivery_method (company_id, fold(tracking_url_template) COLLATE "C");

CREATE UNIQUE INDEX uq_delivery_method_code ON delivery_method (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_delivery_method_number ON delivery_method (company_id, number);

CREATE TABLE activity_type (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	category TEXT,
	billable BOOLEAN,
	hourly_rate NUMERIC(18, 2),
	hourly_cost NUMERIC(18, 2),
	required_headcount INTEGER,
	active BOOLEAN NOT NULL,
	department_id BIGINT,
	service_id BIGINT,
	CONSTRAINT pk_activity_type PRIMARY KEY (id),
	CONSTRAINT fk_activity_type_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_activity_type_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_activity_type_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_activity_type_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_activity_type_department_id FOREIGN KEY(department_id) REFERENCES department (id),
	CONSTRAINT fk_activity_type_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

COMMENT ON COLUMN activity_type.active IS 'Active';

COMMENT ON COLUMN activity_type.billable IS 'Facturable';

COMMENT ON COLUMN activity_type.category IS 'Catégorie';

COMMENT ON COLUMN activity_type.code IS 'Code';

COMMENT ON COLUMN activity_type.hourly_cost IS 'Coût horaire';

COMMENT ON COLUMN activity_type.hourly_rate IS 'Taux horaire de vente';

COMMENT ON COLUMN activity_type.name IS 'Nom de l’activité';

COMMENT ON COLUMN activity_type.required_headcount IS 'Nombre de personnes autonomes requis';

CREATE INDEX ix_activity_type_code_fold ON activity_type (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_activity_type_company_id_id ON activity_type (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_activity_type_department_id_id ON activity_type (department_id, id);

CREATE INDEX ix_activity_type_department_id_last ON activity_type (department_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_activity_type_name_fold ON activity_type (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_activity_type_number_fold ON activity_type (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_activity_type_owner_id_id ON activity_type (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_activity_type_service_id_id ON activity_type (service_id, id);

CREATE INDEX ix_activity_type_service_id_last ON activity_type (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_activity_type_title_fold ON activity_type (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_activity_type_code ON activity_type (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_activity_type_number ON activity_type (company_id, number);

CREATE TABLE leave_request (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	starts_half_day BOOLEAN,
	ends_half_day BOOLEAN,
	unit TEXT,
	hours_requested NUMERIC(18, 6),
	duration NUMERIC(18, 6),
	status TEXT NOT NULL,
	reason TEXT,
	decided_on DATE,
	decision_comment TEXT,
	person_id BIGINT NOT NULL,
	absence_type_id BIGINT NOT NULL,
	employment_contract_id BIGINT,
	approver_id BIGINT,
	CONSTRAINT pk_leave_request PRIMARY KEY (id),
	CONSTRAINT fk_leave_request_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_leave_request_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_request_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_request_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_leave_request_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_leave_request_absence_type_id FOREIGN KEY(absence_type_id) REFERENCES absence_type (id),
	CONSTRAINT fk_leave_request_employment_contract_id FOREIGN KEY(employment_contract_id) REFERENCES employment_contract (id),
	CONSTRAINT fk_leave_request_approver_id FOREIGN KEY(approver_id) REFERENCES person (id)
);

COMMENT ON COLUMN leave_request.decided_on IS 'Date de décision';

COMMENT ON COLUMN leave_request.decision_comment IS 'Commentaire de décision';

COMMENT ON COLUMN leave_request.duration IS 'Durée décomptée';

COMMENT ON COLUMN leave_request.ends_half_day IS 'Se termine le midi';

COMMENT ON COLUMN leave_request.ends_on IS 'Dernier jour d’absence';

COMMENT ON COLUMN leave_request.hours_requested IS 'Heures demandées';

COMMENT ON COLUMN leave_request.reason IS 'Motif';

COMMENT ON COLUMN leave_request.starts_half_day IS 'Débute l’après-midi';

COMMENT ON COLUMN leave_request.starts_on IS 'Premier jour d’absence';

COMMENT ON COLUMN leave_request.status IS 'Statut';

COMMENT ON COLUMN leave_request.unit IS 'Unité';

CREATE INDEX ix_leave_request_absence_type_id_id ON leave_request (absence_type_id, id);

CREATE INDEX ix_leave_request_absence_type_id_last ON leave_request (absence_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_request_approver_id_id ON leave_request (approver_id, id);

CREATE INDEX ix_leave_request_approver_id_last ON leave_request (approver_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_request_company_id_id ON leave_request (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_leave_request_decision_comment_fold ON leave_request (company_id, fold(decision_comment) COLLATE "C");

CREATE INDEX ix_leave_request_employment_contract_id_id ON leave_request (employment_contract_id, id);

CREATE INDEX ix_leave_request_employment_contract_id_last ON leave_request (employment_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_request_number_fold ON leave_request (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_leave_request_owner_id_id ON leave_request (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_leave_request_person_id_id ON leave_request (person_id, id);

CREATE INDEX ix_leave_request_person_id_last ON leave_request (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_leave_request_reason_fold ON leave_request (company_id, fold(reason) COLLATE "C");

CREATE INDEX ix_leave_request_title_fold ON leave_request (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_leave_request_number ON leave_request (company_id, number);

CREATE TABLE maintenance_site (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	site_type TEXT,
	status TEXT NOT NULL,
	address JSONB,
	phone TEXT,
	email TEXT,
	access_instructions TEXT,
	opening_hours TEXT,
	map_url TEXT,
	account_id BIGINT,
	contact_id BIGINT,
	storage_site_id BIGINT,
	parent_site_id BIGINT,
	CONSTRAINT pk_maintenance_site PRIMARY KEY (id),
	CONSTRAINT fk_maintenance_site_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_maintenance_site_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_site_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_site_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_site_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_maintenance_site_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_maintenance_site_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_maintenance_site_parent_site_id FOREIGN KEY(parent_site_id) REFERENCES maintenance_site (id)
);

COMMENT ON COLUMN maintenance_site.access_instructions IS 'Consignes d’accès';

COMMENT ON COLUMN maintenance_site.address IS 'Adresse';

COMMENT ON COLUMN maintenance_site.code IS 'Code';

COMMENT ON COLUMN maintenance_site.email IS 'E-mail';

COMMENT ON COLUMN maintenance_site.map_url IS 'Lien de géolocalisation';

COMMENT ON COLUMN maintenance_site.name IS 'Nom du site';

COMMENT ON COLUMN maintenance_site.opening_hours IS 'Horaires d’accès';

COMMENT ON COLUMN maintenance_site.phone IS 'Téléphone';

COMMENT ON COLUMN maintenance_site.site_type IS 'Type';

COMMENT ON COLUMN maintenance_site.status IS 'Statut';

CREATE INDEX ix_maintenance_site_account_id_id ON maintenance_site (account_id, id);

CREATE INDEX ix_maintenance_site_account_id_last ON maintenance_site (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_site_code_fold ON maintenance_site (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_maintenance_site_company_id_id ON maintenance_site (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_site_contact_id_id ON maintenance_site (contact_id, id);

CREATE INDEX ix_maintenance_site_contact_id_last ON maintenance_site (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_site_email_fold ON maintenance_site (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_maintenance_site_name_fold ON maintenance_site (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_maintenance_site_number_fold ON maintenance_site (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_maintenance_site_opening_hours_fold ON maintenance_site (company_id, fold(opening_hours) COLLATE "C");

CREATE INDEX ix_maintenance_site_owner_id_id ON maintenance_site (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_site_parent_site_id_id ON maintenance_site (parent_site_id, id);

CREATE INDEX ix_maintenance_site_parent_site_id_last ON maintenance_site (parent_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_site_phone_fold ON maintenance_site (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_maintenance_site_storage_site_id_id ON maintenance_site (storage_site_id, id);

CREATE INDEX ix_maintenance_site_storage_site_id_last ON maintenance_site (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_site_title_fold ON maintenance_site (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_maintenance_site_code ON maintenance_site (company_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_maintenance_site_number ON maintenance_site (company_id, number);

CREATE TABLE cash_session (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	status TEXT,
	opening_float NUMERIC(18, 2) NOT NULL,
	expected_cash NUMERIC(18, 2),
	counted_cash NUMERIC(18, 2),
	difference NUMERIC(18, 2),
	total_sales NUMERIC(18, 2),
	payment_totals JSONB,
	z_number INTEGER,
	perpetual_total NUMERIC(18, 2),
	closing_signature TEXT,
	cash_register_id BIGINT NOT NULL,
	cashier_id BIGINT,
	CONSTRAINT pk_cash_session PRIMARY KEY (id),
	CONSTRAINT fk_cash_session_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_cash_session_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_session_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_session_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_session_cash_register_id FOREIGN KEY(cash_register_id) REFERENCES cash_register (id),
	CONSTRAINT fk_cash_session_cashier_id FOREIGN KEY(cashier_id) REFERENCES person (id)
);

COMMENT ON COLUMN cash_session.closed_at IS 'Clôturée le';

COMMENT ON COLUMN cash_session.closing_signature IS 'Empreinte de clôture';

COMMENT ON COLUMN cash_session.counted_cash IS 'Espèces comptées';

COMMENT ON COLUMN cash_session.difference IS 'Écart de caisse';

COMMENT ON COLUMN cash_session.expected_cash IS 'Espèces théoriques';

COMMENT ON COLUMN cash_session.opened_at IS 'Ouverte le';

COMMENT ON COLUMN cash_session.opening_float IS 'Fonds de caisse à l’ouverture';

COMMENT ON COLUMN cash_session.payment_totals IS 'Totaux par mode de règlement';

COMMENT ON COLUMN cash_session.perpetual_total IS 'Grand total perpétuel';

COMMENT ON COLUMN cash_session.status IS 'Statut';

COMMENT ON COLUMN cash_session.total_sales IS 'Total des ventes TTC';

COMMENT ON COLUMN cash_session.z_number IS 'Numéro de Z';

CREATE INDEX ix_cash_session_cash_register_id_id ON cash_session (cash_register_id, id);

CREATE INDEX ix_cash_session_cash_register_id_last ON cash_session (cash_register_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_session_cashier_id_id ON cash_session (cashier_id, id);

CREATE INDEX ix_cash_session_cashier_id_last ON cash_session (cashier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_session_closing_signature_fold ON cash_session (company_id, fold(closing_signature) COLLATE "C");

CREATE INDEX ix_cash_session_company_id_id ON cash_session (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_session_number_fold ON cash_session (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_cash_session_owner_id_id ON cash_session (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_session_title_fold ON cash_session (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_cash_session_number ON cash_session (company_id, number);

CREATE TABLE line_item (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	document_id BIGINT NOT NULL,
	position INTEGER,
	line_kind TEXT NOT NULL,
	label TEXT NOT NULL,
	details TEXT,
	quantity NUMERIC(18, 6),
	unit_price NUMERIC(18, 6),
	discount_rate NUMERIC(9, 4),
	discount_amount NUMERIC(18, 2),
	vat_rate NUMERIC(9, 4),
	unit_cost NUMERIC(18, 6),
	progress_percent NUMERIC(9, 4),
	lot_or_serial TEXT,
	quantity_fulfilled NUMERIC(18, 6),
	quantity_invoiced NUMERIC(18, 6),
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	product_id BIGINT,
	service_id BIGINT,
	unit_of_measure_id BIGINT,
	tax_rate_id BIGINT,
	source_line_id BIGINT,
	CONSTRAINT pk_line_item PRIMARY KEY (id),
	CONSTRAINT fk_line_item_document_id FOREIGN KEY(document_id) REFERENCES record (id),
	CONSTRAINT fk_line_item_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_line_item_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_line_item_unit_of_measure_id FOREIGN KEY(unit_of_measure_id) REFERENCES unit_of_measure (id),
	CONSTRAINT fk_line_item_tax_rate_id FOREIGN KEY(tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_line_item_source_line_id FOREIGN KEY(source_line_id) REFERENCES line_item (id)
);

COMMENT ON COLUMN line_item.details IS 'Détail';

COMMENT ON COLUMN line_item.discount_amount IS 'Remise (montant)';

COMMENT ON COLUMN line_item.discount_rate IS 'Remise (%)';

COMMENT ON COLUMN line_item.label IS 'Désignation';

COMMENT ON COLUMN line_item.line_kind IS 'Nature de la ligne';

COMMENT ON COLUMN line_item.lot_or_serial IS 'Lot ou numéro de série';

COMMENT ON COLUMN line_item.position IS 'Rang';

COMMENT ON COLUMN line_item.progress_percent IS 'Avancement cumulé';

COMMENT ON COLUMN line_item.quantity IS 'Quantité';

COMMENT ON COLUMN line_item.quantity_fulfilled IS 'Quantité livrée ou reçue';

COMMENT ON COLUMN line_item.quantity_invoiced IS 'Quantité facturée';

COMMENT ON COLUMN line_item.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN line_item.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN line_item.total_vat IS 'Montant de TVA';

COMMENT ON COLUMN line_item.unit_cost IS 'Coût unitaire';

COMMENT ON COLUMN line_item.unit_price IS 'Prix unitaire HT';

COMMENT ON COLUMN line_item.vat_rate IS 'Taux de TVA';

CREATE INDEX ix_line_item_document_id_position ON line_item (document_id, position);

CREATE INDEX ix_line_item_product_id_id ON line_item (product_id, id);

CREATE INDEX ix_line_item_service_id_id ON line_item (service_id, id);

CREATE INDEX ix_line_item_source_line_id_id ON line_item (source_line_id, id);

CREATE INDEX ix_line_item_tax_rate_id_id ON line_item (tax_rate_id, id);

CREATE INDEX ix_line_item_unit_of_measure_id_id ON line_item (unit_of_measure_id, id);

CREATE TABLE deal (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	amount NUMERIC(18, 2),
	expected_close_on DATE NOT NULL,
	stage TEXT NOT NULL,
	probability NUMERIC(9, 4),
	weighted_amount NUMERIC(18, 2),
	deal_type TEXT,
	source TEXT,
	estimated_cost NUMERIC(18, 2),
	estimated_margin NUMERIC(18, 2),
	next_step TEXT,
	lost_reason TEXT,
	closed_on DATE,
	account_id BIGINT,
	contact_id BIGINT,
	campaign_id BIGINT,
	CONSTRAINT pk_deal PRIMARY KEY (id),
	CONSTRAINT fk_deal_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_deal_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_deal_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_deal_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_deal_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_deal_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_deal_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);

COMMENT ON COLUMN deal.amount IS 'Montant estimé HT';

COMMENT ON COLUMN deal.closed_on IS 'Date de clôture';

COMMENT ON COLUMN deal.deal_type IS 'Type d’affaire';

COMMENT ON COLUMN deal.estimated_cost IS 'Coût estimé';

COMMENT ON COLUMN deal.estimated_margin IS 'Marge estimée';

COMMENT ON COLUMN deal.expected_close_on IS 'Date de signature prévue';

COMMENT ON COLUMN deal.lost_reason IS 'Motif de perte';

COMMENT ON COLUMN deal.name IS 'Nom de l’affaire';

COMMENT ON COLUMN deal.next_step IS 'Prochaine étape';

COMMENT ON COLUMN deal.probability IS 'Probabilité';

COMMENT ON COLUMN deal.source IS 'Origine';

COMMENT ON COLUMN deal.stage IS 'Phase de vente';

COMMENT ON COLUMN deal.weighted_amount IS 'Montant pondéré';

CREATE INDEX ix_deal_account_id_id ON deal (account_id, id);

CREATE INDEX ix_deal_account_id_last ON deal (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_deal_campaign_id_id ON deal (campaign_id, id);

CREATE INDEX ix_deal_campaign_id_last ON deal (campaign_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_deal_company_id_id ON deal (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_deal_contact_id_id ON deal (contact_id, id);

CREATE INDEX ix_deal_contact_id_last ON deal (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_deal_name_fold ON deal (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_deal_next_step_fold ON deal (company_id, fold(next_step) COLLATE "C");

CREATE INDEX ix_deal_number_fold ON deal (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_deal_owner_id_id ON deal (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_deal_title_fold ON deal (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_deal_number ON deal (company_id, number);

CREATE TABLE mailing (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	channel TEXT NOT NULL,
	status TEXT NOT NULL,
	sender_name TEXT,
	sender_email TEXT,
	reply_to TEXT,
	body TEXT,
	scheduled_at TIMESTAMP WITH TIME ZONE,
	sent_at TIMESTAMP WITH TIME ZONE,
	recipient_count INTEGER,
	delivered_count INTEGER,
	opened_count INTEGER,
	clicked_count INTEGER,
	bounced_count INTEGER,
	unsubscribed_count INTEGER,
	campaign_id BIGINT,
	CONSTRAINT pk_mailing PRIMARY KEY (id),
	CONSTRAINT fk_mailing_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_mailing_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_mailing_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_mailing_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_mailing_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);

COMMENT ON COLUMN mailing.body IS 'Message';

COMMENT ON COLUMN mailing.bounced_count IS 'En erreur';

COMMENT ON COLUMN mailing.channel IS 'Canal';

COMMENT ON COLUMN mailing.clicked_count IS 'Cliqués';

COMMENT ON COLUMN mailing.delivered_count IS 'Remis';

COMMENT ON COLUMN mailing.opened_count IS 'Ouverts';

COMMENT ON COLUMN mailing.recipient_count IS 'Destinataires';

COMMENT ON COLUMN mailing.reply_to IS 'Adresse de réponse';

COMMENT ON COLUMN mailing.scheduled_at IS 'Envoi programmé le';

COMMENT ON COLUMN mailing.sender_email IS 'Adresse de l’expéditeur';

COMMENT ON COLUMN mailing.sender_name IS 'Nom de l’expéditeur';

COMMENT ON COLUMN mailing.sent_at IS 'Envoyé le';

COMMENT ON COLUMN mailing.status IS 'Statut';

COMMENT ON COLUMN mailing.subject IS 'Objet';

COMMENT ON COLUMN mailing.unsubscribed_count IS 'Désinscriptions';

CREATE INDEX ix_mailing_campaign_id_id ON mailing (campaign_id, id);

CREATE INDEX ix_mailing_campaign_id_last ON mailing (campaign_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_mailing_company_id_id ON mailing (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_mailing_number_fold ON mailing (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_mailing_owner_id_id ON mailing (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_mailing_reply_to_fold ON mailing (company_id, fold(reply_to) COLLATE "C");

CREATE INDEX ix_mailing_sender_email_fold ON mailing (company_id, fold(sender_email) COLLATE "C");

CREATE INDEX ix_mailing_sender_name_fold ON mailing (company_id, fold(sender_name) COLLATE "C");

CREATE INDEX ix_mailing_subject_fold ON mailing (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_mailing_title_fold ON mailing (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_mailing_number ON mailing (company_id, number);

CREATE TABLE bank_reconciliation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	reconciled_on DATE NOT NULL,
	status TEXT NOT NULL,
	bank_balance NUMERIC(18, 2),
	ledger_balance NUMERIC(18, 2),
	outstanding_debits NUMERIC(18, 2),
	outstanding_credits NUMERIC(18, 2),
	difference NUMERIC(18, 2),
	bank_account_id BIGINT NOT NULL,
	bank_statement_id BIGINT,
	CONSTRAINT pk_bank_reconciliation PRIMARY KEY (id),
	CONSTRAINT fk_bank_reconciliation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_bank_reconciliation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_reconciliation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_reconciliation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_reconciliation_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_bank_reconciliation_bank_statement_id FOREIGN KEY(bank_statement_id) REFERENCES bank_statement (id)
);

COMMENT ON COLUMN bank_reconciliation.bank_balance IS 'Solde bancaire';

COMMENT ON COLUMN bank_reconciliation.difference IS 'Écart';

COMMENT ON COLUMN bank_reconciliation.ledger_balance IS 'Solde comptable';

COMMENT ON COLUMN bank_reconciliation.outstanding_credits IS 'Crédits en suspens';

COMMENT ON COLUMN bank_reconciliation.outstanding_debits IS 'Débits en suspens';

COMMENT ON COLUMN bank_reconciliation.reconciled_on IS 'Date d’arrêté';

COMMENT ON COLUMN bank_reconciliation.status IS 'Statut';

CREATE INDEX ix_bank_reconciliation_bank_account_id_id ON bank_reconciliation (bank_account_id, id);

CREATE INDEX ix_bank_reconciliation_bank_account_id_last ON bank_reconciliation (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_reconciliation_bank_statement_id_id ON bank_reconciliation (bank_statement_id, id);

CREATE INDEX ix_bank_reconciliation_bank_statement_id_last ON bank_reconciliation (bank_statement_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_reconciliation_company_id_id ON bank_reconciliation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_reconciliation_number_fold ON bank_reconciliation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_bank_reconciliation_owner_id_id ON bank_reconciliation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_reconciliation_title_fold ON bank_reconciliation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_bank_reconciliation_number ON bank_reconciliation (company_id, number);

CREATE TABLE skill_assessment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	level TEXT NOT NULL,
	target_level TEXT,
	target_on DATE,
	certified BOOLEAN,
	certification_expires_on DATE,
	remarks TEXT,
	skills_matrix_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	activity_type_id BIGINT NOT NULL,
	CONSTRAINT pk_skill_assessment PRIMARY KEY (id),
	CONSTRAINT fk_skill_assessment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_skill_assessment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_skill_assessment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_skill_assessment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_skill_assessment_skills_matrix_id FOREIGN KEY(skills_matrix_id) REFERENCES skills_matrix (id),
	CONSTRAINT fk_skill_assessment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_skill_assessment_activity_type_id FOREIGN KEY(activity_type_id) REFERENCES activity_type (id)
);

COMMENT ON COLUMN skill_assessment.certification_expires_on IS 'Fin de validité de l’habilitation';

COMMENT ON COLUMN skill_assessment.certified IS 'Habilitation obtenue';

COMMENT ON COLUMN skill_assessment.level IS 'Niveau';

COMMENT ON COLUMN skill_assessment.remarks IS 'Observations';

COMMENT ON COLUMN skill_assessment.target_level IS 'Niveau visé';

COMMENT ON COLUMN skill_assessment.target_on IS 'Échéance visée';

CREATE INDEX ix_skill_assessment_activity_type_id_id ON skill_assessment (activity_type_id, id);

CREATE INDEX ix_skill_assessment_activity_type_id_last ON skill_assessment (activity_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_skill_assessment_company_id_id ON skill_assessment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_skill_assessment_number_fold ON skill_assessment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_skill_assessment_owner_id_id ON skill_assessment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_skill_assessment_person_id_id ON skill_assessment (person_id, id);

CREATE INDEX ix_skill_assessment_person_id_last ON skill_assessment (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_skill_assessment_skills_matrix_id_id ON skill_assessment (skills_matrix_id, id);

CREATE INDEX ix_skill_assessment_skills_matrix_id_last ON skill_assessment (skills_matrix_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_skill_assessment_title_fold ON skill_assessment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_skill_assessment_number ON skill_assessment (company_id, number);

CREATE TABLE training (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	training_type TEXT,
	status TEXT NOT NULL,
	starts_on DATE,
	ends_on DATE,
	duration_hours NUMERIC(18, 6),
	location TEXT,
	cost NUMERIC(18, 2),
	funded_amount NUMERIC(18, 2),
	max_participants INTEGER,
	validity_months INTEGER,
	training_provider_id BIGINT,
	trainer_id BIGINT,
	activity_type_id BIGINT,
	CONSTRAINT pk_training PRIMARY KEY (id),
	CONSTRAINT fk_training_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_training_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_training_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_training_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_training_training_provider_id FOREIGN KEY(training_provider_id) REFERENCES supplier (id),
	CONSTRAINT fk_training_trainer_id FOREIGN KEY(trainer_id) REFERENCES person (id),
	CONSTRAINT fk_training_activity_type_id FOREIGN KEY(activity_type_id) REFERENCES activity_type (id)
);

COMMENT ON COLUMN training.cost IS 'Coût pédagogique';

COMMENT ON COLUMN training.duration_hours IS 'Durée (heures)';

COMMENT ON COLUMN training.ends_on IS 'Date de fin';

COMMENT ON COLUMN training.funded_amount IS 'Prise en charge OPCO';

COMMENT ON COLUMN training.location IS 'Lieu';

COMMENT ON COLUMN training.max_participants IS 'Nombre de places';

COMMENT ON COLUMN training.name IS 'Intitulé';

COMMENT ON COLUMN training.starts_on IS 'Date de début';

COMMENT ON COLUMN training.status IS 'Statut';

COMMENT ON COLUMN training.training_type IS 'Type';

COMMENT ON COLUMN training.validity_months IS 'Validité (mois)';

CREATE INDEX ix_training_activity_type_id_id ON training (activity_type_id, id);

CREATE INDEX ix_training_activity_type_id_last ON training (activity_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_training_company_id_id ON training (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_training_location_fold ON training (company_id, fold(location) COLLATE "C");

CREATE INDEX ix_training_name_fold ON training (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_training_number_fold ON training (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_training_owner_id_id ON training (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_training_title_fold ON training (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_training_trainer_id_id ON training (trainer_id, id);

CREATE INDEX ix_training_trainer_id_last ON training (trainer_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_training_training_provider_id_id ON training (training_provider_id, id);

CREATE INDEX ix_training_training_provider_id_last ON training (training_provider_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_training_number ON training (company_id, number);

CREATE TABLE facility (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	code TEXT,
	facility_type TEXT,
	siret TEXT,
	address JSONB,
	surface_area NUMERIC(18, 6),
	public_access_category TEXT,
	maximum_occupancy INTEGER,
	commissioned_on DATE,
	next_safety_inspection_on DATE,
	maintenance_site_id BIGINT NOT NULL,
	account_id BIGINT,
	contact_id BIGINT,
	CONSTRAINT pk_facility PRIMARY KEY (id),
	CONSTRAINT fk_facility_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_facility_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_facility_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_facility_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_facility_maintenance_site_id FOREIGN KEY(maintenance_site_id) REFERENCES maintenance_site (id),
	CONSTRAINT fk_facility_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_facility_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
);

COMMENT ON COLUMN facility.address IS 'Adresse';

COMMENT ON COLUMN facility.code IS 'Code';

COMMENT ON COLUMN facility.commissioned_on IS 'Date de mise en service';

COMMENT ON COLUMN facility.facility_type IS 'Type';

COMMENT ON COLUMN facility.maximum_occupancy IS 'Effectif maximal';

COMMENT ON COLUMN facility.name IS 'Nom de l’établissement';

COMMENT ON COLUMN facility.next_safety_inspection_on IS 'Prochaine visite de sécurité';

COMMENT ON COLUMN facility.public_access_category IS 'Catégorie ERP';

COMMENT ON COLUMN facility.siret IS 'SIRET';

COMMENT ON COLUMN facility.surface_area IS 'Surface (m²)';

CREATE INDEX ix_facility_account_id_id ON facility (account_id, id);

CREATE INDEX ix_facility_account_id_last ON facility (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_facility_code_fold ON facility (company_id, fold(code) COLLATE "C");

CREATE INDEX ix_facility_company_id_id ON facility (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_facility_contact_id_id ON facility (contact_id, id);

CREATE INDEX ix_facility_contact_id_last ON facility (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_facility_maintenance_site_id_id ON facility (maintenance_site_id, id);

CREATE INDEX ix_facility_maintenance_site_id_last ON facility (maintenance_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_facility_name_fold ON facility (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_facility_number_fold ON facility (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_facility_owner_id_id ON facility (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_facility_siret_fold ON facility (company_id, fold(siret) COLLATE "C");

CREATE INDEX ix_facility_title_fold ON facility (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_facility_code ON facility (company_id, maintenance_site_id, code) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_facility_number ON facility (company_id, number);

CREATE TABLE ecommerce_shop (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	platform TEXT NOT NULL,
	url TEXT,
	status TEXT NOT NULL,
	currency TEXT,
	order_prefix TEXT,
	sync_products BOOLEAN,
	sync_stock BOOLEAN,
	sync_orders BOOLEAN,
	last_synced_at TIMESTAMP WITH TIME ZONE,
	last_sync_error TEXT,
	storage_site_id BIGINT,
	price_list_id BIGINT,
	delivery_method_id BIGINT,
	bank_account_id BIGINT,
	CONSTRAINT pk_ecommerce_shop PRIMARY KEY (id),
	CONSTRAINT fk_ecommerce_shop_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_ecommerce_shop_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_ecommerce_shop_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ecommerce_shop_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ecommerce_shop_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_ecommerce_shop_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_ecommerce_shop_delivery_method_id FOREIGN KEY(delivery_method_id) REFERENCES delivery_method (id),
	CONSTRAINT fk_ecommerce_shop_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id)
);

COMMENT ON COLUMN ecommerce_shop.currency IS 'Devise';

COMMENT ON COLUMN ecommerce_shop.last_sync_error IS 'Dernière erreur de synchronisation';

COMMENT ON COLUMN ecommerce_shop.last_synced_at IS 'Dernière synchronisation';

COMMENT ON COLUMN ecommerce_shop.name IS 'Nom de la boutique';

COMMENT ON COLUMN ecommerce_shop.order_prefix IS 'Préfixe des commandes';

COMMENT ON COLUMN ecommerce_shop.platform IS 'Plateforme';

COMMENT ON COLUMN ecommerce_shop.status IS 'Statut';

COMMENT ON COLUMN ecommerce_shop.sync_orders IS 'Importer les commandes';

COMMENT ON COLUMN ecommerce_shop.sync_products IS 'Synchroniser les produits';

COMMENT ON COLUMN ecommerce_shop.sync_stock IS 'Synchroniser les stocks';

COMMENT ON COLUMN ecommerce_shop.url IS 'Adresse de la boutique';

CREATE INDEX ix_ecommerce_shop_bank_account_id_id ON ecommerce_shop (bank_account_id, id);

CREATE INDEX ix_ecommerce_shop_bank_account_id_last ON ecommerce_shop (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ecommerce_shop_company_id_id ON ecommerce_shop (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ecommerce_shop_currency_fold ON ecommerce_shop (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_ecommerce_shop_delivery_method_id_id ON ecommerce_shop (delivery_method_id, id);

CREATE INDEX ix_ecommerce_shop_delivery_method_id_last ON ecommerce_shop (delivery_method_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ecommerce_shop_last_sync_error_fold ON ecommerce_shop (company_id, fold(last_sync_error) COLLATE "C");

CREATE INDEX ix_ecommerce_shop_name_fold ON ecommerce_shop (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_ecommerce_shop_number_fold ON ecommerce_shop (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_ecommerce_shop_order_prefix_fold ON ecommerce_shop (company_id, fold(order_prefix) COLLATE "C");

CREATE INDEX ix_ecommerce_shop_owner_id_id ON ecommerce_shop (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ecommerce_shop_price_list_id_id ON ecommerce_shop (price_list_id, id);

CREATE INDEX ix_ecommerce_shop_price_list_id_last ON ecommerce_shop (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ecommerce_shop_storage_site_id_id ON ecommerce_shop (storage_site_id, id);

CREATE INDEX ix_ecommerce_shop_storage_site_id_last ON ecommerce_shop (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ecommerce_shop_title_fold ON ecommerce_shop (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_ecommerce_shop_number ON ecommerce_shop (company_id, number);

CREATE UNIQUE INDEX uq_ecommerce_shop_url ON ecommerce_shop (company_id, url) WHERE deleted_at IS NULL;

CREATE TABLE quote (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	issued_on DATE,
	valid_until DATE,
	revision INTEGER,
	customer_reference TEXT,
	billing_address JSONB,
	shipping_address JSONB,
	payment_terms TEXT,
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	margin NUMERIC(18, 2),
	signature_status TEXT,
	accepted_on DATE,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	deal_id BIGINT,
	price_list_id BIGINT,
	delivery_method_id BIGINT,
	previous_version_id BIGINT,
	CONSTRAINT pk_quote PRIMARY KEY (id),
	CONSTRAINT fk_quote_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_quote_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_quote_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_quote_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_quote_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_quote_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_quote_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id),
	CONSTRAINT fk_quote_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_quote_delivery_method_id FOREIGN KEY(delivery_method_id) REFERENCES delivery_method (id),
	CONSTRAINT fk_quote_previous_version_id FOREIGN KEY(previous_version_id) REFERENCES quote (id)
);

COMMENT ON COLUMN quote.accepted_on IS 'Date d’acceptation';

COMMENT ON COLUMN quote.billing_address IS 'Adresse de facturation';

COMMENT ON COLUMN quote.currency IS 'Devise';

COMMENT ON COLUMN quote.customer_reference IS 'Référence client';

COMMENT ON COLUMN quote.issued_on IS 'Date du devis';

COMMENT ON COLUMN quote.margin IS 'Marge';

COMMENT ON COLUMN quote.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN quote.revision IS 'Révision';

COMMENT ON COLUMN quote.shipping_address IS 'Adresse de livraison';

COMMENT ON COLUMN quote.signature_status IS 'Signature électronique';

COMMENT ON COLUMN quote.status IS 'Statut';

COMMENT ON COLUMN quote.subject IS 'Objet';

COMMENT ON COLUMN quote.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN quote.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN quote.total_vat IS 'Total TVA';

COMMENT ON COLUMN quote.valid_until IS 'Valable jusqu’au';

CREATE INDEX ix_quote_account_id_id ON quote (account_id, id);

CREATE INDEX ix_quote_account_id_last ON quote (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_company_id_id ON quote (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_quote_contact_id_id ON quote (contact_id, id);

CREATE INDEX ix_quote_contact_id_last ON quote (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_currency_fold ON quote (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_quote_customer_reference_fold ON quote (company_id, fold(customer_reference) COLLATE "C");

CREATE INDEX ix_quote_deal_id_id ON quote (deal_id, id);

CREATE INDEX ix_quote_deal_id_last ON quote (deal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_delivery_method_id_id ON quote (delivery_method_id, id);

CREATE INDEX ix_quote_delivery_method_id_last ON quote (delivery_method_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_number_fold ON quote (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_quote_owner_id_id ON quote (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_quote_previous_version_id_id ON quote (previous_version_id, id);

CREATE INDEX ix_quote_previous_version_id_last ON quote (previous_version_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_price_list_id_id ON quote (price_list_id, id);

CREATE INDEX ix_quote_price_list_id_last ON quote (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_quote_subject_fold ON quote (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_quote_title_fold ON quote (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_quote_number ON quote (company_id, number);

CREATE TABLE prospect (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	first_name TEXT,
	last_name TEXT NOT NULL,
	company_name TEXT,
	job_title TEXT,
	email TEXT,
	phone TEXT,
	mobile TEXT,
	website TEXT,
	address JSONB,
	source TEXT,
	status TEXT NOT NULL,
	rating TEXT,
	industry TEXT,
	annual_revenue NUMERIC(18, 2),
	email_opt_out BOOLEAN,
	converted_at TIMESTAMP WITH TIME ZONE,
	converted_account_id BIGINT,
	converted_contact_id BIGINT,
	converted_deal_id BIGINT,
	CONSTRAINT pk_prospect PRIMARY KEY (id),
	CONSTRAINT fk_prospect_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_prospect_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_prospect_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_prospect_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_prospect_converted_account_id FOREIGN KEY(converted_account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_prospect_converted_contact_id FOREIGN KEY(converted_contact_id) REFERENCES contact (id),
	CONSTRAINT fk_prospect_converted_deal_id FOREIGN KEY(converted_deal_id) REFERENCES deal (id)
);

COMMENT ON COLUMN prospect.address IS 'Adresse';

COMMENT ON COLUMN prospect.annual_revenue IS 'Chiffre d’affaires annuel';

COMMENT ON COLUMN prospect.company_name IS 'Société';

COMMENT ON COLUMN prospect.converted_at IS 'Converti le';

COMMENT ON COLUMN prospect.email IS 'E-mail';

COMMENT ON COLUMN prospect.email_opt_out IS 'Refus des e-mails';

COMMENT ON COLUMN prospect.first_name IS 'Prénom';

COMMENT ON COLUMN prospect.industry IS 'Secteur d’activité';

COMMENT ON COLUMN prospect.job_title IS 'Fonction';

COMMENT ON COLUMN prospect.last_name IS 'Nom';

COMMENT ON COLUMN prospect.mobile IS 'Mobile';

COMMENT ON COLUMN prospect.phone IS 'Téléphone';

COMMENT ON COLUMN prospect.rating IS 'Évaluation';

COMMENT ON COLUMN prospect.source IS 'Origine';

COMMENT ON COLUMN prospect.status IS 'Statut';

COMMENT ON COLUMN prospect.website IS 'Site web';

CREATE INDEX ix_prospect_company_id_id ON prospect (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_prospect_company_name_fold ON prospect (company_id, fold(company_name) COLLATE "C");

CREATE INDEX ix_prospect_converted_account_id_id ON prospect (converted_account_id, id);

CREATE INDEX ix_prospect_converted_account_id_last ON prospect (converted_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_prospect_converted_contact_id_id ON prospect (converted_contact_id, id);

CREATE INDEX ix_prospect_converted_contact_id_last ON prospect (converted_contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_prospect_converted_deal_id_id ON prospect (converted_deal_id, id);

CREATE INDEX ix_prospect_converted_deal_id_last ON prospect (converted_deal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_prospect_email_fold ON prospect (company_id, fold(email) COLLATE "C");

CREATE INDEX ix_prospect_first_name_fold ON prospect (company_id, fold(first_name) COLLATE "C");

CREATE INDEX ix_prospect_job_title_fold ON prospect (company_id, fold(job_title) COLLATE "C");

CREATE INDEX ix_prospect_last_name_fold ON prospect (company_id, fold(last_name) COLLATE "C");

CREATE INDEX ix_prospect_mobile_fold ON prospect (company_id, fold(mobile) COLLATE "C");

CREATE INDEX ix_prospect_number_fold ON prospect (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_prospect_owner_id_id ON prospect (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_prospect_phone_fold ON prospect (company_id, fold(phone) COLLATE "C");

CREATE INDEX ix_prospect_title_fold ON prospect (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_prospect_email ON prospect (company_id, email) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_prospect_number ON prospect (company_id, number);

CREATE TABLE bank_transaction (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	booked_on DATE NOT NULL,
	value_on DATE,
	label TEXT NOT NULL,
	amount NUMERIC(18, 2) NOT NULL,
	currency TEXT,
	transaction_type TEXT,
	bank_reference TEXT,
	counterparty_name TEXT,
	counterparty_iban TEXT,
	status TEXT,
	reconciled_amount NUMERIC(18, 2),
	bank_account_id BIGINT NOT NULL,
	bank_statement_id BIGINT,
	bank_reconciliation_id BIGINT,
	account_id BIGINT,
	supplier_id BIGINT,
	CONSTRAINT pk_bank_transaction PRIMARY KEY (id),
	CONSTRAINT fk_bank_transaction_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_bank_transaction_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_transaction_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_transaction_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_bank_transaction_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_bank_transaction_bank_statement_id FOREIGN KEY(bank_statement_id) REFERENCES bank_statement (id),
	CONSTRAINT fk_bank_transaction_bank_reconciliation_id FOREIGN KEY(bank_reconciliation_id) REFERENCES bank_reconciliation (id),
	CONSTRAINT fk_bank_transaction_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_bank_transaction_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
);

COMMENT ON COLUMN bank_transaction.amount IS 'Montant';

COMMENT ON COLUMN bank_transaction.bank_reference IS 'Référence bancaire';

COMMENT ON COLUMN bank_transaction.booked_on IS 'Date d’opération';

COMMENT ON COLUMN bank_transaction.counterparty_iban IS 'IBAN du tiers';

COMMENT ON COLUMN bank_transaction.counterparty_name IS 'Nom du tiers';

COMMENT ON COLUMN bank_transaction.currency IS 'Devise';

COMMENT ON COLUMN bank_transaction.label IS 'Libellé';

COMMENT ON COLUMN bank_transaction.reconciled_amount IS 'Montant rapproché';

COMMENT ON COLUMN bank_transaction.status IS 'Statut';

COMMENT ON COLUMN bank_transaction.transaction_type IS 'Type d’opération';

COMMENT ON COLUMN bank_transaction.value_on IS 'Date de valeur';

CREATE INDEX ix_bank_transaction_account_id_id ON bank_transaction (account_id, id);

CREATE INDEX ix_bank_transaction_account_id_last ON bank_transaction (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_transaction_bank_account_id_id ON bank_transaction (bank_account_id, id);

CREATE INDEX ix_bank_transaction_bank_account_id_last ON bank_transaction (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_transaction_bank_reconciliation_id_id ON bank_transaction (bank_reconciliation_id, id);

CREATE INDEX ix_bank_transaction_bank_reconciliation_id_last ON bank_transaction (bank_reconciliation_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_transaction_bank_reference_fold ON bank_transaction (company_id, fold(bank_reference) COLLATE "C");

CREATE INDEX ix_bank_transaction_bank_statement_id_id ON bank_transaction (bank_statement_id, id);

CREATE INDEX ix_bank_transaction_bank_statement_id_last ON bank_transaction (bank_statement_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_transaction_company_id_id ON bank_transaction (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_transaction_counterparty_iban_fold ON bank_transaction (company_id, fold(counterparty_iban) COLLATE "C");

CREATE INDEX ix_bank_transaction_counterparty_name_fold ON bank_transaction (company_id, fold(counterparty_name) COLLATE "C");

CREATE INDEX ix_bank_transaction_currency_fold ON bank_transaction (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_bank_transaction_label_fold ON bank_transaction (company_id, fold(label) COLLATE "C");

CREATE INDEX ix_bank_transaction_number_fold ON bank_transaction (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_bank_transaction_owner_id_id ON bank_transaction (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_bank_transaction_supplier_id_id ON bank_transaction (supplier_id, id);

CREATE INDEX ix_bank_transaction_supplier_id_last ON bank_transaction (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_bank_transaction_title_fold ON bank_transaction (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_bank_transaction_bank_reference ON bank_transaction (company_id, bank_account_id, bank_reference) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_bank_transaction_number ON bank_transaction (company_id, number);

CREATE TABLE project (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	status TEXT NOT NULL,
	project_type TEXT,
	priority TEXT,
	starts_on DATE,
	target_end_on DATE,
	actual_end_on DATE,
	progress NUMERIC(9, 4),
	billing_mode TEXT,
	budget NUMERIC(18, 2),
	estimated_hours NUMERIC(18, 6),
	spent_hours NUMERIC(18, 6),
	actual_cost NUMERIC(18, 2),
	invoiced_amount NUMERIC(18, 2),
	margin NUMERIC(18, 2),
	url TEXT,
	account_id BIGINT,
	contact_id BIGINT,
	deal_id BIGINT,
	project_manager_id BIGINT,
	parent_project_id BIGINT,
	CONSTRAINT pk_project PRIMARY KEY (id),
	CONSTRAINT fk_project_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_project_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_project_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_project_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_project_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id),
	CONSTRAINT fk_project_project_manager_id FOREIGN KEY(project_manager_id) REFERENCES person (id),
	CONSTRAINT fk_project_parent_project_id FOREIGN KEY(parent_project_id) REFERENCES project (id)
);

COMMENT ON COLUMN project.actual_cost IS 'Coût réel';

COMMENT ON COLUMN project.actual_end_on IS 'Date de fin réelle';

COMMENT ON COLUMN project.billing_mode IS 'Mode de facturation';

COMMENT ON COLUMN project.budget IS 'Budget';

COMMENT ON COLUMN project.estimated_hours IS 'Charge prévue (heures)';

COMMENT ON COLUMN project.invoiced_amount IS 'Montant facturé HT';

COMMENT ON COLUMN project.margin IS 'Marge';

COMMENT ON COLUMN project.name IS 'Nom du projet';

COMMENT ON COLUMN project.priority IS 'Priorité';

COMMENT ON COLUMN project.progress IS 'Avancement';

COMMENT ON COLUMN project.project_type IS 'Type';

COMMENT ON COLUMN project.spent_hours IS 'Temps passé (heures)';

COMMENT ON COLUMN project.starts_on IS 'Date de début';

COMMENT ON COLUMN project.status IS 'Statut';

COMMENT ON COLUMN project.target_end_on IS 'Date de fin prévue';

COMMENT ON COLUMN project.url IS 'Adresse web';

CREATE INDEX ix_project_account_id_id ON project (account_id, id);

CREATE INDEX ix_project_account_id_last ON project (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_company_id_id ON project (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_contact_id_id ON project (contact_id, id);

CREATE INDEX ix_project_contact_id_last ON project (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_deal_id_id ON project (deal_id, id);

CREATE INDEX ix_project_deal_id_last ON project (deal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_name_fold ON project (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_project_number_fold ON project (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_project_owner_id_id ON project (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_parent_project_id_id ON project (parent_project_id, id);

CREATE INDEX ix_project_parent_project_id_last ON project (parent_project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_project_manager_id_id ON project (project_manager_id, id);

CREATE INDEX ix_project_project_manager_id_last ON project (project_manager_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_title_fold ON project (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_project_number ON project (company_id, number);

CREATE TABLE sales_order (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	ordered_on DATE,
	delivery_due_on DATE,
	customer_reference TEXT,
	payment_terms TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	invoiced_amount NUMERIC(18, 2),
	invoicing_status TEXT,
	delivery_status TEXT,
	recurrence TEXT,
	recurrence_starts_on DATE,
	recurrence_ends_on DATE,
	next_invoice_on DATE,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	deal_id BIGINT,
	quote_id BIGINT,
	project_id BIGINT,
	price_list_id BIGINT,
	delivery_method_id BIGINT,
	storage_site_id BIGINT,
	ecommerce_shop_id BIGINT,
	CONSTRAINT pk_sales_order PRIMARY KEY (id),
	CONSTRAINT fk_sales_order_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_sales_order_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_sales_order_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_sales_order_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_sales_order_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_sales_order_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_sales_order_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id),
	CONSTRAINT fk_sales_order_quote_id FOREIGN KEY(quote_id) REFERENCES quote (id),
	CONSTRAINT fk_sales_order_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_sales_order_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_sales_order_delivery_method_id FOREIGN KEY(delivery_method_id) REFERENCES delivery_method (id),
	CONSTRAINT fk_sales_order_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_sales_order_ecommerce_shop_id FOREIGN KEY(ecommerce_shop_id) REFERENCES ecommerce_shop (id)
);

COMMENT ON COLUMN sales_order.customer_reference IS 'Référence client';

COMMENT ON COLUMN sales_order.delivery_due_on IS 'Livraison prévue le';

COMMENT ON COLUMN sales_order.delivery_status IS 'État de livraison';

COMMENT ON COLUMN sales_order.invoiced_amount IS 'Montant facturé HT';

COMMENT ON COLUMN sales_order.invoicing_status IS 'État de facturation';

COMMENT ON COLUMN sales_order.next_invoice_on IS 'Prochaine facture le';

COMMENT ON COLUMN sales_order.ordered_on IS 'Date de commande';

COMMENT ON COLUMN sales_order.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN sales_order.recurrence IS 'Facturation récurrente';

COMMENT ON COLUMN sales_order.recurrence_ends_on IS 'Fin de la récurrence';

COMMENT ON COLUMN sales_order.recurrence_starts_on IS 'Début de la récurrence';

COMMENT ON COLUMN sales_order.status IS 'Statut';

COMMENT ON COLUMN sales_order.subject IS 'Objet';

COMMENT ON COLUMN sales_order.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN sales_order.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN sales_order.total_vat IS 'Total TVA';

CREATE INDEX ix_sales_order_account_id_id ON sales_order (account_id, id);

CREATE INDEX ix_sales_order_account_id_last ON sales_order (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_company_id_id ON sales_order (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_sales_order_contact_id_id ON sales_order (contact_id, id);

CREATE INDEX ix_sales_order_contact_id_last ON sales_order (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_customer_reference_fold ON sales_order (company_id, fold(customer_reference) COLLATE "C");

CREATE INDEX ix_sales_order_deal_id_id ON sales_order (deal_id, id);

CREATE INDEX ix_sales_order_deal_id_last ON sales_order (deal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_delivery_method_id_id ON sales_order (delivery_method_id, id);

CREATE INDEX ix_sales_order_delivery_method_id_last ON sales_order (delivery_method_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_ecommerce_shop_id_id ON sales_order (ecommerce_shop_id, id);

CREATE INDEX ix_sales_order_ecommerce_shop_id_last ON sales_order (ecommerce_shop_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_number_fold ON sales_order (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_sales_order_owner_id_id ON sales_order (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_sales_order_price_list_id_id ON sales_order (price_list_id, id);

CREATE INDEX ix_sales_order_price_list_id_last ON sales_order (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_project_id_id ON sales_order (project_id, id);

CREATE INDEX ix_sales_order_project_id_last ON sales_order (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_quote_id_id ON sales_order (quote_id, id);

CREATE INDEX ix_sales_order_quote_id_last ON sales_order (quote_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_storage_site_id_id ON sales_order (storage_site_id, id);

CREATE INDEX ix_sales_order_storage_site_id_last ON sales_order (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_sales_order_subject_fold ON sales_order (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_sales_order_title_fold ON sales_order (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_sales_order_number ON sales_order (company_id, number);

CREATE TABLE direct_debit (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	collected_on DATE NOT NULL,
	message_reference TEXT NOT NULL,
	scheme TEXT,
	status TEXT NOT NULL,
	creditor_name TEXT,
	creditor_identifier TEXT,
	transaction_count INTEGER,
	total_amount NUMERIC(18, 2),
	generated_at TIMESTAMP WITH TIME ZONE,
	bank_account_id BIGINT NOT NULL,
	bank_transaction_id BIGINT,
	CONSTRAINT pk_direct_debit PRIMARY KEY (id),
	CONSTRAINT fk_direct_debit_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_direct_debit_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_direct_debit_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_direct_debit_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_direct_debit_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_direct_debit_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id)
);

COMMENT ON COLUMN direct_debit.collected_on IS 'Date d’encaissement demandée';

COMMENT ON COLUMN direct_debit.creditor_identifier IS 'Identifiant créancier SEPA (ICS)';

COMMENT ON COLUMN direct_debit.creditor_name IS 'Émetteur';

COMMENT ON COLUMN direct_debit.generated_at IS 'Fichier généré le';

COMMENT ON COLUMN direct_debit.message_reference IS 'Référence de la remise';

COMMENT ON COLUMN direct_debit.scheme IS 'Type de mandat';

COMMENT ON COLUMN direct_debit.status IS 'Statut';

COMMENT ON COLUMN direct_debit.total_amount IS 'Montant total';

COMMENT ON COLUMN direct_debit.transaction_count IS 'Nombre de prélèvements';

CREATE INDEX ix_direct_debit_bank_account_id_id ON direct_debit (bank_account_id, id);

CREATE INDEX ix_direct_debit_bank_account_id_last ON direct_debit (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_direct_debit_bank_transaction_id_id ON direct_debit (bank_transaction_id, id);

CREATE INDEX ix_direct_debit_bank_transaction_id_last ON direct_debit (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_direct_debit_company_id_id ON direct_debit (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_direct_debit_creditor_identifier_fold ON direct_debit (company_id, fold(creditor_identifier) COLLATE "C");

CREATE INDEX ix_direct_debit_creditor_name_fold ON direct_debit (company_id, fold(creditor_name) COLLATE "C");

CREATE INDEX ix_direct_debit_message_reference_fold ON direct_debit (company_id, fold(message_reference) COLLATE "C");

CREATE INDEX ix_direct_debit_number_fold ON direct_debit (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_direct_debit_owner_id_id ON direct_debit (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_direct_debit_title_fold ON direct_debit (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_direct_debit_message_reference ON direct_debit (company_id, bank_account_id, message_reference) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_direct_debit_number ON direct_debit (company_id, number);

CREATE TABLE vat_return (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	form TEXT NOT NULL,
	period_start DATE NOT NULL,
	period_end DATE NOT NULL,
	due_on DATE,
	status TEXT NOT NULL,
	boxes JSONB,
	output_vat NUMERIC(18, 2),
	input_vat NUMERIC(18, 2),
	input_vat_fixed_assets NUMERIC(18, 2),
	credit_brought_forward NUMERIC(18, 2),
	vat_due NUMERIC(18, 2),
	vat_credit NUMERIC(18, 2),
	refund_requested NUMERIC(18, 2),
	filed_on DATE,
	fiscal_year_id BIGINT NOT NULL,
	previous_return_id BIGINT,
	bank_transaction_id BIGINT,
	CONSTRAINT pk_vat_return PRIMARY KEY (id),
	CONSTRAINT fk_vat_return_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_vat_return_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_vat_return_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_vat_return_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_vat_return_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
	CONSTRAINT fk_vat_return_previous_return_id FOREIGN KEY(previous_return_id) REFERENCES vat_return (id),
	CONSTRAINT fk_vat_return_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id)
);

COMMENT ON COLUMN vat_return.boxes IS 'Montants par case';

COMMENT ON COLUMN vat_return.credit_brought_forward IS 'Report de crédit de TVA';

COMMENT ON COLUMN vat_return.due_on IS 'Date limite de dépôt';

COMMENT ON COLUMN vat_return.filed_on IS 'Déposée le';

COMMENT ON COLUMN vat_return.form IS 'Formulaire';

COMMENT ON COLUMN vat_return.input_vat IS 'TVA déductible sur biens et services';

COMMENT ON COLUMN vat_return.input_vat_fixed_assets IS 'TVA déductible sur immobilisations';

COMMENT ON COLUMN vat_return.output_vat IS 'TVA brute due';

COMMENT ON COLUMN vat_return.period_end IS 'Fin de période';

COMMENT ON COLUMN vat_return.period_start IS 'Début de période';

COMMENT ON COLUMN vat_return.refund_requested IS 'Remboursement demandé';

COMMENT ON COLUMN vat_return.status IS 'Statut';

COMMENT ON COLUMN vat_return.vat_credit IS 'Crédit de TVA';

COMMENT ON COLUMN vat_return.vat_due IS 'TVA à payer';

CREATE INDEX ix_vat_return_bank_transaction_id_id ON vat_return (bank_transaction_id, id);

CREATE INDEX ix_vat_return_bank_transaction_id_last ON vat_return (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_vat_return_company_id_id ON vat_return (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_vat_return_fiscal_year_id_id ON vat_return (fiscal_year_id, id);

CREATE INDEX ix_vat_return_fiscal_year_id_last ON vat_return (fiscal_year_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_vat_return_number_fold ON vat_return (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_vat_return_owner_id_id ON vat_return (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_vat_return_previous_return_id_id ON vat_return (previous_return_id, id);

CREATE INDEX ix_vat_return_previous_return_id_last ON vat_return (previous_return_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_vat_return_title_fold ON vat_return (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_vat_return_number ON vat_return (company_id, number);

CREATE TABLE expense_report (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	period_start DATE,
	period_end DATE,
	submitted_on DATE,
	approved_on DATE,
	refusal_reason TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	amount_to_reimburse NUMERIC(18, 2),
	reimbursed_on DATE,
	person_id BIGINT NOT NULL,
	employment_contract_id BIGINT,
	approver_id BIGINT,
	project_id BIGINT,
	bank_transaction_id BIGINT,
	CONSTRAINT pk_expense_report PRIMARY KEY (id),
	CONSTRAINT fk_expense_report_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_expense_report_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_report_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_report_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_report_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_expense_report_employment_contract_id FOREIGN KEY(employment_contract_id) REFERENCES employment_contract (id),
	CONSTRAINT fk_expense_report_approver_id FOREIGN KEY(approver_id) REFERENCES person (id),
	CONSTRAINT fk_expense_report_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_expense_report_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id)
);

COMMENT ON COLUMN expense_report.amount_to_reimburse IS 'Montant à rembourser';

COMMENT ON COLUMN expense_report.approved_on IS 'Approuvée le';

COMMENT ON COLUMN expense_report.period_end IS 'Fin de période';

COMMENT ON COLUMN expense_report.period_start IS 'Début de période';

COMMENT ON COLUMN expense_report.refusal_reason IS 'Motif de refus';

COMMENT ON COLUMN expense_report.reimbursed_on IS 'Remboursée le';

COMMENT ON COLUMN expense_report.status IS 'Statut';

COMMENT ON COLUMN expense_report.subject IS 'Objet';

COMMENT ON COLUMN expense_report.submitted_on IS 'Soumise le';

COMMENT ON COLUMN expense_report.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN expense_report.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN expense_report.total_vat IS 'TVA récupérable';

CREATE INDEX ix_expense_report_approver_id_id ON expense_report (approver_id, id);

CREATE INDEX ix_expense_report_approver_id_last ON expense_report (approver_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_report_bank_transaction_id_id ON expense_report (bank_transaction_id, id);

CREATE INDEX ix_expense_report_bank_transaction_id_last ON expense_report (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_report_company_id_id ON expense_report (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_expense_report_employment_contract_id_id ON expense_report (employment_contract_id, id);

CREATE INDEX ix_expense_report_employment_contract_id_last ON expense_report (employment_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_report_number_fold ON expense_report (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_expense_report_owner_id_id ON expense_report (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_expense_report_person_id_id ON expense_report (person_id, id);

CREATE INDEX ix_expense_report_person_id_last ON expense_report (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_report_project_id_id ON expense_report (project_id, id);

CREATE INDEX ix_expense_report_project_id_last ON expense_report (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_report_refusal_reason_fold ON expense_report (company_id, fold(refusal_reason) COLLATE "C");

CREATE INDEX ix_expense_report_subject_fold ON expense_report (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_expense_report_title_fold ON expense_report (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_expense_report_number ON expense_report (company_id, number);

CREATE TABLE customer_payment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	amount NUMERIC(18, 2) NOT NULL,
	paid_on DATE NOT NULL,
	payment_method TEXT NOT NULL,
	status TEXT NOT NULL,
	payment_kind TEXT,
	reference TEXT,
	deposited_on DATE,
	bank_fees NUMERIC(18, 2),
	currency TEXT,
	allocated_amount NUMERIC(18, 2),
	unallocated_amount NUMERIC(18, 2),
	account_id BIGINT NOT NULL,
	sales_order_id BIGINT,
	bank_account_id BIGINT,
	bank_transaction_id BIGINT,
	direct_debit_id BIGINT,
	sepa_mandate_id BIGINT,
	cash_session_id BIGINT,
	CONSTRAINT pk_customer_payment PRIMARY KEY (id),
	CONSTRAINT fk_customer_payment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_payment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_payment_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_customer_payment_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_customer_payment_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id),
	CONSTRAINT fk_customer_payment_direct_debit_id FOREIGN KEY(direct_debit_id) REFERENCES direct_debit (id),
	CONSTRAINT fk_customer_payment_sepa_mandate_id FOREIGN KEY(sepa_mandate_id) REFERENCES sepa_mandate (id),
	CONSTRAINT fk_customer_payment_cash_session_id FOREIGN KEY(cash_session_id) REFERENCES cash_session (id)
);

COMMENT ON COLUMN customer_payment.allocated_amount IS 'Montant affecté';

COMMENT ON COLUMN customer_payment.amount IS 'Montant';

COMMENT ON COLUMN customer_payment.bank_fees IS 'Frais bancaires';

COMMENT ON COLUMN customer_payment.currency IS 'Devise';

COMMENT ON COLUMN customer_payment.deposited_on IS 'Date de remise en banque';

COMMENT ON COLUMN customer_payment.paid_on IS 'Date du paiement';

COMMENT ON COLUMN customer_payment.payment_kind IS 'Nature';

COMMENT ON COLUMN customer_payment.payment_method IS 'Mode de règlement';

COMMENT ON COLUMN customer_payment.reference IS 'Référence du règlement';

COMMENT ON COLUMN customer_payment.status IS 'Statut';

COMMENT ON COLUMN customer_payment.unallocated_amount IS 'Reste à affecter';

CREATE INDEX ix_customer_payment_account_id_id ON customer_payment (account_id, id);

CREATE INDEX ix_customer_payment_account_id_last ON customer_payment (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_bank_account_id_id ON customer_payment (bank_account_id, id);

CREATE INDEX ix_customer_payment_bank_account_id_last ON customer_payment (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_bank_transaction_id_id ON customer_payment (bank_transaction_id, id);

CREATE INDEX ix_customer_payment_bank_transaction_id_last ON customer_payment (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_cash_session_id_id ON customer_payment (cash_session_id, id);

CREATE INDEX ix_customer_payment_cash_session_id_last ON customer_payment (cash_session_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_company_id_id ON customer_payment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_payment_currency_fold ON customer_payment (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_customer_payment_direct_debit_id_id ON customer_payment (direct_debit_id, id);

CREATE INDEX ix_customer_payment_direct_debit_id_last ON customer_payment (direct_debit_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_number_fold ON customer_payment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_payment_owner_id_id ON customer_payment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_payment_reference_fold ON customer_payment (company_id, fold(reference) COLLATE "C");

CREATE INDEX ix_customer_payment_sales_order_id_id ON customer_payment (sales_order_id, id);

CREATE INDEX ix_customer_payment_sales_order_id_last ON customer_payment (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_sepa_mandate_id_id ON customer_payment (sepa_mandate_id, id);

CREATE INDEX ix_customer_payment_sepa_mandate_id_last ON customer_payment (sepa_mandate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_title_fold ON customer_payment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_payment_number ON customer_payment (company_id, number);

CREATE TABLE purchase_order (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	ordered_on DATE,
	expected_on DATE,
	supplier_reference TEXT,
	shipping_address JSONB,
	payment_terms TEXT,
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	receipt_status TEXT,
	invoicing_status TEXT,
	supplier_id BIGINT NOT NULL,
	contact_id BIGINT,
	sales_order_id BIGINT,
	project_id BIGINT,
	storage_site_id BIGINT,
	delivery_method_id BIGINT,
	CONSTRAINT pk_purchase_order PRIMARY KEY (id),
	CONSTRAINT fk_purchase_order_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_purchase_order_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_purchase_order_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_purchase_order_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_purchase_order_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_purchase_order_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_purchase_order_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_purchase_order_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_purchase_order_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_purchase_order_delivery_method_id FOREIGN KEY(delivery_method_id) REFERENCES delivery_method (id)
);

COMMENT ON COLUMN purchase_order.currency IS 'Devise';

COMMENT ON COLUMN purchase_order.expected_on IS 'Livraison prévue le';

COMMENT ON COLUMN purchase_order.invoicing_status IS 'État de facturation';

COMMENT ON COLUMN purchase_order.ordered_on IS 'Date de commande';

COMMENT ON COLUMN purchase_order.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN purchase_order.receipt_status IS 'État de réception';

COMMENT ON COLUMN purchase_order.shipping_address IS 'Adresse de livraison';

COMMENT ON COLUMN purchase_order.status IS 'Statut';

COMMENT ON COLUMN purchase_order.subject IS 'Objet';

COMMENT ON COLUMN purchase_order.supplier_reference IS 'Référence fournisseur';

COMMENT ON COLUMN purchase_order.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN purchase_order.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN purchase_order.total_vat IS 'Total TVA';

CREATE INDEX ix_purchase_order_company_id_id ON purchase_order (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_purchase_order_contact_id_id ON purchase_order (contact_id, id);

CREATE INDEX ix_purchase_order_contact_id_last ON purchase_order (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_currency_fold ON purchase_order (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_purchase_order_delivery_method_id_id ON purchase_order (delivery_method_id, id);

CREATE INDEX ix_purchase_order_delivery_method_id_last ON purchase_order (delivery_method_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_number_fold ON purchase_order (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_purchase_order_owner_id_id ON purchase_order (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_purchase_order_project_id_id ON purchase_order (project_id, id);

CREATE INDEX ix_purchase_order_project_id_last ON purchase_order (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_sales_order_id_id ON purchase_order (sales_order_id, id);

CREATE INDEX ix_purchase_order_sales_order_id_last ON purchase_order (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_storage_site_id_id ON purchase_order (storage_site_id, id);

CREATE INDEX ix_purchase_order_storage_site_id_last ON purchase_order (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_subject_fold ON purchase_order (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_purchase_order_supplier_id_id ON purchase_order (supplier_id, id);

CREATE INDEX ix_purchase_order_supplier_id_last ON purchase_order (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_purchase_order_supplier_reference_fold ON purchase_order (company_id, fold(supplier_reference) COLLATE "C");

CREATE INDEX ix_purchase_order_title_fold ON purchase_order (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_purchase_order_number ON purchase_order (company_id, number);

CREATE TABLE stock_transfer_request (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	reason TEXT,
	status TEXT NOT NULL,
	priority TEXT,
	requested_on DATE,
	needed_on DATE,
	shipped_on DATE,
	received_on DATE,
	package_count INTEGER,
	source_location_id BIGINT NOT NULL,
	destination_location_id BIGINT NOT NULL,
	requester_id BIGINT,
	sales_order_id BIGINT,
	CONSTRAINT pk_stock_transfer_request PRIMARY KEY (id),
	CONSTRAINT fk_stock_transfer_request_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_stock_transfer_request_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_transfer_request_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_transfer_request_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_transfer_request_source_location_id FOREIGN KEY(source_location_id) REFERENCES storage_location (id),
	CONSTRAINT fk_stock_transfer_request_destination_location_id FOREIGN KEY(destination_location_id) REFERENCES storage_location (id),
	CONSTRAINT fk_stock_transfer_request_requester_id FOREIGN KEY(requester_id) REFERENCES person (id),
	CONSTRAINT fk_stock_transfer_request_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id)
);

COMMENT ON COLUMN stock_transfer_request.needed_on IS 'Date souhaitée';

COMMENT ON COLUMN stock_transfer_request.package_count IS 'Nombre de colis';

COMMENT ON COLUMN stock_transfer_request.priority IS 'Priorité';

COMMENT ON COLUMN stock_transfer_request.reason IS 'Motif';

COMMENT ON COLUMN stock_transfer_request.received_on IS 'Date de réception';

COMMENT ON COLUMN stock_transfer_request.requested_on IS 'Date de demande';

COMMENT ON COLUMN stock_transfer_request.shipped_on IS 'Date d’expédition';

COMMENT ON COLUMN stock_transfer_request.status IS 'Statut';

CREATE INDEX ix_stock_transfer_request_company_id_id ON stock_transfer_request (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_stock_transfer_request_destination_location_id_id ON stock_transfer_request (destination_location_id, id);

CREATE INDEX ix_stock_transfer_request_destination_location_id_last ON stock_transfer_request (destination_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_transfer_request_number_fold ON stock_transfer_request (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_stock_transfer_request_owner_id_id ON stock_transfer_request (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_stock_transfer_request_reason_fold ON stock_transfer_request (company_id, fold(reason) COLLATE "C");

CREATE INDEX ix_stock_transfer_request_requester_id_id ON stock_transfer_request (requester_id, id);

CREATE INDEX ix_stock_transfer_request_requester_id_last ON stock_transfer_request (requester_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_transfer_request_sales_order_id_id ON stock_transfer_request (sales_order_id, id);

CREATE INDEX ix_stock_transfer_request_sales_order_id_last ON stock_transfer_request (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_transfer_request_source_location_id_id ON stock_transfer_request (source_location_id, id);

CREATE INDEX ix_stock_transfer_request_source_location_id_last ON stock_transfer_request (source_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_transfer_request_title_fold ON stock_transfer_request (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_stock_transfer_request_number ON stock_transfer_request (company_id, number);

CREATE TABLE expense_line (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	spent_on DATE NOT NULL,
	category TEXT NOT NULL,
	label TEXT NOT NULL,
	amount_incl_tax NUMERIC(18, 2) NOT NULL,
	vat_amount NUMERIC(18, 2),
	amount_excl_tax NUMERIC(18, 2),
	paid_by TEXT,
	distance_km NUMERIC(18, 6),
	mileage_rate NUMERIC(18, 2),
	receipt_provided BOOLEAN,
	rebillable BOOLEAN,
	expense_report_id BIGINT NOT NULL,
	tax_rate_id BIGINT,
	ledger_account_id BIGINT,
	project_id BIGINT,
	account_id BIGINT,
	CONSTRAINT pk_expense_line PRIMARY KEY (id),
	CONSTRAINT fk_expense_line_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_expense_line_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_line_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_line_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_expense_line_expense_report_id FOREIGN KEY(expense_report_id) REFERENCES expense_report (id),
	CONSTRAINT fk_expense_line_tax_rate_id FOREIGN KEY(tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_expense_line_ledger_account_id FOREIGN KEY(ledger_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_expense_line_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_expense_line_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id)
);

COMMENT ON COLUMN expense_line.amount_excl_tax IS 'Montant HT';

COMMENT ON COLUMN expense_line.amount_incl_tax IS 'Montant TTC';

COMMENT ON COLUMN expense_line.category IS 'Nature';

COMMENT ON COLUMN expense_line.distance_km IS 'Distance (km)';

COMMENT ON COLUMN expense_line.label IS 'Libellé';

COMMENT ON COLUMN expense_line.mileage_rate IS 'Barème kilométrique';

COMMENT ON COLUMN expense_line.paid_by IS 'Payé par';

COMMENT ON COLUMN expense_line.rebillable IS 'Refacturable';

COMMENT ON COLUMN expense_line.receipt_provided IS 'Justificatif fourni';

COMMENT ON COLUMN expense_line.spent_on IS 'Date de la dépense';

COMMENT ON COLUMN expense_line.vat_amount IS 'TVA récupérable';

CREATE INDEX ix_expense_line_account_id_id ON expense_line (account_id, id);

CREATE INDEX ix_expense_line_account_id_last ON expense_line (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_line_company_id_id ON expense_line (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_expense_line_expense_report_id_id ON expense_line (expense_report_id, id);

CREATE INDEX ix_expense_line_expense_report_id_last ON expense_line (expense_report_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_line_label_fold ON expense_line (company_id, fold(label) COLLATE "C");

CREATE INDEX ix_expense_line_ledger_account_id_id ON expense_line (ledger_account_id, id);

CREATE INDEX ix_expense_line_ledger_account_id_last ON expense_line (ledger_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_line_number_fold ON expense_line (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_expense_line_owner_id_id ON expense_line (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_expense_line_project_id_id ON expense_line (project_id, id);

CREATE INDEX ix_expense_line_project_id_last ON expense_line (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_line_tax_rate_id_id ON expense_line (tax_rate_id, id);

CREATE INDEX ix_expense_line_tax_rate_id_last ON expense_line (tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_expense_line_title_fold ON expense_line (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_expense_line_number ON expense_line (company_id, number);

CREATE TABLE service_contract (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	contract_type TEXT,
	status TEXT NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE,
	renewal_mode TEXT,
	notice_period_days INTEGER,
	amount NUMERIC(18, 2),
	billing_frequency TEXT,
	tracking_unit TEXT,
	total_units NUMERIC(18, 6),
	used_units NUMERIC(18, 6),
	remaining_units NUMERIC(18, 6),
	response_time_hours NUMERIC(18, 6),
	resolution_time_hours NUMERIC(18, 6),
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	sales_order_id BIGINT,
	service_id BIGINT,
	project_id BIGINT,
	previous_contract_id BIGINT,
	CONSTRAINT pk_service_contract PRIMARY KEY (id),
	CONSTRAINT fk_service_contract_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_service_contract_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_service_contract_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_service_contract_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_service_contract_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_service_contract_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_service_contract_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_service_contract_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_service_contract_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_service_contract_previous_contract_id FOREIGN KEY(previous_contract_id) REFERENCES service_contract (id)
);

COMMENT ON COLUMN service_contract.amount IS 'Montant HT par échéance';

COMMENT ON COLUMN service_contract.billing_frequency IS 'Périodicité de facturation';

COMMENT ON COLUMN service_contract.contract_type IS 'Type';

COMMENT ON COLUMN service_contract.ends_on IS 'Date de fin';

COMMENT ON COLUMN service_contract.notice_period_days IS 'Préavis (jours)';

COMMENT ON COLUMN service_contract.remaining_units IS 'Unités restantes';

COMMENT ON COLUMN service_contract.renewal_mode IS 'Reconduction';

COMMENT ON COLUMN service_contract.resolution_time_hours IS 'Délai de résolution (heures)';

COMMENT ON COLUMN service_contract.response_time_hours IS 'Délai de réponse (heures)';

COMMENT ON COLUMN service_contract.starts_on IS 'Date de début';

COMMENT ON COLUMN service_contract.status IS 'Statut';

COMMENT ON COLUMN service_contract.subject IS 'Objet';

COMMENT ON COLUMN service_contract.total_units IS 'Unités incluses';

COMMENT ON COLUMN service_contract.tracking_unit IS 'Unité de suivi';

COMMENT ON COLUMN service_contract.used_units IS 'Unités consommées';

CREATE INDEX ix_service_contract_account_id_id ON service_contract (account_id, id);

CREATE INDEX ix_service_contract_account_id_last ON service_contract (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_company_id_id ON service_contract (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_service_contract_contact_id_id ON service_contract (contact_id, id);

CREATE INDEX ix_service_contract_contact_id_last ON service_contract (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_number_fold ON service_contract (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_service_contract_owner_id_id ON service_contract (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_service_contract_previous_contract_id_id ON service_contract (previous_contract_id, id);

CREATE INDEX ix_service_contract_previous_contract_id_last ON service_contract (previous_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_project_id_id ON service_contract (project_id, id);

CREATE INDEX ix_service_contract_project_id_last ON service_contract (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_sales_order_id_id ON service_contract (sales_order_id, id);

CREATE INDEX ix_service_contract_sales_order_id_last ON service_contract (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_service_id_id ON service_contract (service_id, id);

CREATE INDEX ix_service_contract_service_id_last ON service_contract (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_service_contract_subject_fold ON service_contract (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_service_contract_title_fold ON service_contract (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_service_contract_number ON service_contract (company_id, number);

CREATE TABLE customer_invoice (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	invoice_type TEXT,
	status TEXT NOT NULL,
	issued_on DATE NOT NULL,
	due_on DATE NOT NULL,
	customer_reference TEXT,
	billing_address JSONB,
	payment_terms TEXT,
	progress_percent NUMERIC(9, 4),
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	amount_paid NUMERIC(18, 2),
	balance_due NUMERIC(18, 2),
	e_invoice_status TEXT,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	deal_id BIGINT,
	quote_id BIGINT,
	sales_order_id BIGINT,
	project_id BIGINT,
	service_contract_id BIGINT,
	price_list_id BIGINT,
	bank_account_id BIGINT,
	cash_session_id BIGINT,
	ecommerce_shop_id BIGINT,
	CONSTRAINT pk_customer_invoice PRIMARY KEY (id),
	CONSTRAINT fk_customer_invoice_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_invoice_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_invoice_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_invoice_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_invoice_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_invoice_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_customer_invoice_deal_id FOREIGN KEY(deal_id) REFERENCES deal (id),
	CONSTRAINT fk_customer_invoice_quote_id FOREIGN KEY(quote_id) REFERENCES quote (id),
	CONSTRAINT fk_customer_invoice_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_customer_invoice_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_customer_invoice_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id),
	CONSTRAINT fk_customer_invoice_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
	CONSTRAINT fk_customer_invoice_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_customer_invoice_cash_session_id FOREIGN KEY(cash_session_id) REFERENCES cash_session (id),
	CONSTRAINT fk_customer_invoice_ecommerce_shop_id FOREIGN KEY(ecommerce_shop_id) REFERENCES ecommerce_shop (id)
);

COMMENT ON COLUMN customer_invoice.amount_paid IS 'Montant réglé';

COMMENT ON COLUMN customer_invoice.balance_due IS 'Reste à payer';

COMMENT ON COLUMN customer_invoice.billing_address IS 'Adresse de facturation';

COMMENT ON COLUMN customer_invoice.currency IS 'Devise';

COMMENT ON COLUMN customer_invoice.customer_reference IS 'Référence client';

COMMENT ON COLUMN customer_invoice.due_on IS 'Échéance';

COMMENT ON COLUMN customer_invoice.e_invoice_status IS 'État de facturation électronique';

COMMENT ON COLUMN customer_invoice.invoice_type IS 'Type de facture';

COMMENT ON COLUMN customer_invoice.issued_on IS 'Date de facture';

COMMENT ON COLUMN customer_invoice.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN customer_invoice.progress_percent IS 'Avancement cumulé';

COMMENT ON COLUMN customer_invoice.status IS 'Statut';

COMMENT ON COLUMN customer_invoice.subject IS 'Objet';

COMMENT ON COLUMN customer_invoice.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN customer_invoice.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN customer_invoice.total_vat IS 'Total TVA';

CREATE INDEX ix_customer_invoice_account_id_id ON customer_invoice (account_id, id);

CREATE INDEX ix_customer_invoice_account_id_last ON customer_invoice (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_bank_account_id_id ON customer_invoice (bank_account_id, id);

CREATE INDEX ix_customer_invoice_bank_account_id_last ON customer_invoice (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_cash_session_id_id ON customer_invoice (cash_session_id, id);

CREATE INDEX ix_customer_invoice_cash_session_id_last ON customer_invoice (cash_session_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_company_id_id ON customer_invoice (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_invoice_contact_id_id ON customer_invoice (contact_id, id);

CREATE INDEX ix_customer_invoice_contact_id_last ON customer_invoice (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_currency_fold ON customer_invoice (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_customer_invoice_customer_reference_fold ON customer_invoice (company_id, fold(customer_reference) COLLATE "C");

CREATE INDEX ix_customer_invoice_deal_id_id ON customer_invoice (deal_id, id);

CREATE INDEX ix_customer_invoice_deal_id_last ON customer_invoice (deal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_ecommerce_shop_id_id ON customer_invoice (ecommerce_shop_id, id);

CREATE INDEX ix_customer_invoice_ecommerce_shop_id_last ON customer_invoice (ecommerce_shop_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_number_fold ON customer_invoice (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_invoice_owner_id_id ON customer_invoice (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_invoice_price_list_id_id ON customer_invoice (price_list_id, id);

CREATE INDEX ix_customer_invoice_price_list_id_last ON customer_invoice (price_list_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_project_id_id ON customer_invoice (project_id, id);

CREATE INDEX ix_customer_invoice_project_id_last ON customer_invoice (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_quote_id_id ON customer_invoice (quote_id, id);

CREATE INDEX ix_customer_invoice_quote_id_last ON customer_invoice (quote_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_sales_order_id_id ON customer_invoice (sales_order_id, id);

CREATE INDEX ix_customer_invoice_sales_order_id_last ON customer_invoice (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_service_contract_id_id ON customer_invoice (service_contract_id, id);

CREATE INDEX ix_customer_invoice_service_contract_id_last ON customer_invoice (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_invoice_subject_fold ON customer_invoice (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_customer_invoice_title_fold ON customer_invoice (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_invoice_number ON customer_invoice (company_id, number);

CREATE TABLE supplier_invoice (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	supplier_invoice_number TEXT NOT NULL,
	status TEXT NOT NULL,
	issued_on DATE NOT NULL,
	received_on DATE,
	due_on DATE NOT NULL,
	payment_terms TEXT,
	payment_approval TEXT,
	capture_source TEXT,
	e_invoice_status TEXT,
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	amount_paid NUMERIC(18, 2),
	balance_due NUMERIC(18, 2),
	supplier_id BIGINT NOT NULL,
	purchase_order_id BIGINT,
	project_id BIGINT,
	third_party_bank_account_id BIGINT,
	CONSTRAINT pk_supplier_invoice PRIMARY KEY (id),
	CONSTRAINT fk_supplier_invoice_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_supplier_invoice_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_invoice_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_invoice_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_invoice_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_supplier_invoice_purchase_order_id FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id),
	CONSTRAINT fk_supplier_invoice_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_supplier_invoice_third_party_bank_account_id FOREIGN KEY(third_party_bank_account_id) REFERENCES third_party_bank_account (id)
);

COMMENT ON COLUMN supplier_invoice.amount_paid IS 'Montant réglé';

COMMENT ON COLUMN supplier_invoice.balance_due IS 'Reste à payer';

COMMENT ON COLUMN supplier_invoice.capture_source IS 'Mode de saisie';

COMMENT ON COLUMN supplier_invoice.currency IS 'Devise';

COMMENT ON COLUMN supplier_invoice.due_on IS 'Échéance';

COMMENT ON COLUMN supplier_invoice.e_invoice_status IS 'État de facturation électronique';

COMMENT ON COLUMN supplier_invoice.issued_on IS 'Date de facture';

COMMENT ON COLUMN supplier_invoice.payment_approval IS 'Bon à payer';

COMMENT ON COLUMN supplier_invoice.payment_terms IS 'Conditions de règlement';

COMMENT ON COLUMN supplier_invoice.received_on IS 'Date de réception';

COMMENT ON COLUMN supplier_invoice.status IS 'Statut';

COMMENT ON COLUMN supplier_invoice.subject IS 'Objet';

COMMENT ON COLUMN supplier_invoice.supplier_invoice_number IS 'N° de facture du fournisseur';

COMMENT ON COLUMN supplier_invoice.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN supplier_invoice.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN supplier_invoice.total_vat IS 'Total TVA';

CREATE INDEX ix_supplier_invoice_company_id_id ON supplier_invoice (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_invoice_currency_fold ON supplier_invoice (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_supplier_invoice_number_fold ON supplier_invoice (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_supplier_invoice_owner_id_id ON supplier_invoice (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_invoice_project_id_id ON supplier_invoice (project_id, id);

CREATE INDEX ix_supplier_invoice_project_id_last ON supplier_invoice (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_invoice_purchase_order_id_id ON supplier_invoice (purchase_order_id, id);

CREATE INDEX ix_supplier_invoice_purchase_order_id_last ON supplier_invoice (purchase_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_invoice_subject_fold ON supplier_invoice (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_supplier_invoice_supplier_id_id ON supplier_invoice (supplier_id, id);

CREATE INDEX ix_supplier_invoice_supplier_id_last ON supplier_invoice (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_invoice_supplier_invoice_number_fold ON supplier_invoice (company_id, fold(supplier_invoice_number) COLLATE "C");

CREATE INDEX ix_supplier_invoice_third_party_bank_account_id_id ON supplier_invoice (third_party_bank_account_id, id);

CREATE INDEX ix_supplier_invoice_third_party_bank_account_id_last ON supplier_invoice (third_party_bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_invoice_title_fold ON supplier_invoice (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_supplier_invoice_number ON supplier_invoice (company_id, number);

CREATE UNIQUE INDEX uq_supplier_invoice_supplier_invoice_number ON supplier_invoice (company_id, supplier_id, supplier_invoice_number) WHERE deleted_at IS NULL;

CREATE TABLE supplier_payment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	amount NUMERIC(18, 2) NOT NULL,
	paid_on DATE NOT NULL,
	payment_method TEXT NOT NULL,
	status TEXT NOT NULL,
	payment_kind TEXT,
	reference TEXT,
	bank_fees NUMERIC(18, 2),
	currency TEXT,
	allocated_amount NUMERIC(18, 2),
	unallocated_amount NUMERIC(18, 2),
	supplier_id BIGINT NOT NULL,
	purchase_order_id BIGINT,
	bank_account_id BIGINT,
	third_party_bank_account_id BIGINT,
	bank_transaction_id BIGINT,
	CONSTRAINT pk_supplier_payment PRIMARY KEY (id),
	CONSTRAINT fk_supplier_payment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_supplier_payment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_supplier_payment_purchase_order_id FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id),
	CONSTRAINT fk_supplier_payment_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id),
	CONSTRAINT fk_supplier_payment_third_party_bank_account_id FOREIGN KEY(third_party_bank_account_id) REFERENCES third_party_bank_account (id),
	CONSTRAINT fk_supplier_payment_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id)
);

COMMENT ON COLUMN supplier_payment.allocated_amount IS 'Montant affecté';

COMMENT ON COLUMN supplier_payment.amount IS 'Montant';

COMMENT ON COLUMN supplier_payment.bank_fees IS 'Frais bancaires';

COMMENT ON COLUMN supplier_payment.currency IS 'Devise';

COMMENT ON COLUMN supplier_payment.paid_on IS 'Date du paiement';

COMMENT ON COLUMN supplier_payment.payment_kind IS 'Nature';

COMMENT ON COLUMN supplier_payment.payment_method IS 'Mode de règlement';

COMMENT ON COLUMN supplier_payment.reference IS 'Référence du règlement';

COMMENT ON COLUMN supplier_payment.status IS 'Statut';

COMMENT ON COLUMN supplier_payment.unallocated_amount IS 'Reste à affecter';

CREATE INDEX ix_supplier_payment_bank_account_id_id ON supplier_payment (bank_account_id, id);

CREATE INDEX ix_supplier_payment_bank_account_id_last ON supplier_payment (bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_bank_transaction_id_id ON supplier_payment (bank_transaction_id, id);

CREATE INDEX ix_supplier_payment_bank_transaction_id_last ON supplier_payment (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_company_id_id ON supplier_payment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_payment_currency_fold ON supplier_payment (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_supplier_payment_number_fold ON supplier_payment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_supplier_payment_owner_id_id ON supplier_payment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_payment_purchase_order_id_id ON supplier_payment (purchase_order_id, id);

CREATE INDEX ix_supplier_payment_purchase_order_id_last ON supplier_payment (purchase_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_reference_fold ON supplier_payment (company_id, fold(reference) COLLATE "C");

CREATE INDEX ix_supplier_payment_supplier_id_id ON supplier_payment (supplier_id, id);

CREATE INDEX ix_supplier_payment_supplier_id_last ON supplier_payment (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_third_party_bank_account_id_id ON supplier_payment (third_party_bank_account_id, id);

CREATE INDEX ix_supplier_payment_third_party_bank_account_id_last ON supplier_payment (third_party_bank_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_title_fold ON supplier_payment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_supplier_payment_number ON supplier_payment (company_id, number);

CREATE TABLE customer_instance (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	url TEXT,
	environment TEXT,
	status TEXT NOT NULL,
	software_version TEXT,
	hosting TEXT,
	user_count INTEGER,
	licence_count INTEGER,
	activated_on DATE,
	expires_on DATE,
	last_updated_on DATE,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	product_id BIGINT,
	service_contract_id BIGINT,
	CONSTRAINT pk_customer_instance PRIMARY KEY (id),
	CONSTRAINT fk_customer_instance_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_instance_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_instance_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_instance_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_instance_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_instance_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_customer_instance_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_customer_instance_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id)
);

COMMENT ON COLUMN customer_instance.activated_on IS 'Mise en service le';

COMMENT ON COLUMN customer_instance.environment IS 'Environnement';

COMMENT ON COLUMN customer_instance.expires_on IS 'Expire le';

COMMENT ON COLUMN customer_instance.hosting IS 'Hébergement';

COMMENT ON COLUMN customer_instance.last_updated_on IS 'Dernière mise à jour';

COMMENT ON COLUMN customer_instance.licence_count IS 'Nombre de licences';

COMMENT ON COLUMN customer_instance.name IS 'Nom de l’instance';

COMMENT ON COLUMN customer_instance.software_version IS 'Version';

COMMENT ON COLUMN customer_instance.status IS 'Statut';

COMMENT ON COLUMN customer_instance.url IS 'Adresse';

COMMENT ON COLUMN customer_instance.user_count IS 'Nombre d’utilisateurs';

CREATE INDEX ix_customer_instance_account_id_id ON customer_instance (account_id, id);

CREATE INDEX ix_customer_instance_account_id_last ON customer_instance (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_instance_company_id_id ON customer_instance (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_instance_contact_id_id ON customer_instance (contact_id, id);

CREATE INDEX ix_customer_instance_contact_id_last ON customer_instance (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_instance_name_fold ON customer_instance (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_customer_instance_number_fold ON customer_instance (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_instance_owner_id_id ON customer_instance (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_instance_product_id_id ON customer_instance (product_id, id);

CREATE INDEX ix_customer_instance_product_id_last ON customer_instance (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_instance_service_contract_id_id ON customer_instance (service_contract_id, id);

CREATE INDEX ix_customer_instance_service_contract_id_last ON customer_instance (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_instance_software_version_fold ON customer_instance (company_id, fold(software_version) COLLATE "C");

CREATE INDEX ix_customer_instance_title_fold ON customer_instance (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_instance_number ON customer_instance (company_id, number);

CREATE UNIQUE INDEX uq_customer_instance_url ON customer_instance (company_id, account_id, url) WHERE deleted_at IS NULL;

CREATE TABLE maintenance_plan (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	operation_type TEXT,
	trigger_mode TEXT NOT NULL,
	interval_length INTEGER,
	interval_unit TEXT,
	meter_interval NUMERIC(18, 6),
	starts_on DATE,
	ends_on DATE,
	lead_time_days INTEGER,
	estimated_hours NUMERIC(18, 6),
	instructions TEXT,
	regulatory_reference TEXT,
	last_done_on DATE,
	next_due_on DATE,
	active BOOLEAN NOT NULL,
	maintenance_site_id BIGINT,
	facility_id BIGINT,
	technician_id BIGINT,
	subcontractor_id BIGINT,
	service_contract_id BIGINT,
	CONSTRAINT pk_maintenance_plan PRIMARY KEY (id),
	CONSTRAINT fk_maintenance_plan_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_maintenance_plan_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_plan_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_plan_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_plan_maintenance_site_id FOREIGN KEY(maintenance_site_id) REFERENCES maintenance_site (id),
	CONSTRAINT fk_maintenance_plan_facility_id FOREIGN KEY(facility_id) REFERENCES facility (id),
	CONSTRAINT fk_maintenance_plan_technician_id FOREIGN KEY(technician_id) REFERENCES person (id),
	CONSTRAINT fk_maintenance_plan_subcontractor_id FOREIGN KEY(subcontractor_id) REFERENCES supplier (id),
	CONSTRAINT fk_maintenance_plan_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id)
);

COMMENT ON COLUMN maintenance_plan.active IS 'Actif';

COMMENT ON COLUMN maintenance_plan.ends_on IS 'Date de fin';

COMMENT ON COLUMN maintenance_plan.estimated_hours IS 'Durée estimée (heures)';

COMMENT ON COLUMN maintenance_plan.instructions IS 'Gamme opératoire';

COMMENT ON COLUMN maintenance_plan.interval_length IS 'Intervalle';

COMMENT ON COLUMN maintenance_plan.interval_unit IS 'Unité d’intervalle';

COMMENT ON COLUMN maintenance_plan.last_done_on IS 'Dernière réalisation';

COMMENT ON COLUMN maintenance_plan.lead_time_days IS 'Création anticipée (jours)';

COMMENT ON COLUMN maintenance_plan.meter_interval IS 'Intervalle de compteur';

COMMENT ON COLUMN maintenance_plan.name IS 'Nom du plan';

COMMENT ON COLUMN maintenance_plan.next_due_on IS 'Prochaine échéance';

COMMENT ON COLUMN maintenance_plan.operation_type IS 'Type d’opération';

COMMENT ON COLUMN maintenance_plan.regulatory_reference IS 'Référence réglementaire';

COMMENT ON COLUMN maintenance_plan.starts_on IS 'Date de début';

COMMENT ON COLUMN maintenance_plan.trigger_mode IS 'Déclenchement';

CREATE INDEX ix_maintenance_plan_company_id_id ON maintenance_plan (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_plan_facility_id_id ON maintenance_plan (facility_id, id);

CREATE INDEX ix_maintenance_plan_facility_id_last ON maintenance_plan (facility_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_plan_maintenance_site_id_id ON maintenance_plan (maintenance_site_id, id);

CREATE INDEX ix_maintenance_plan_maintenance_site_id_last ON maintenance_plan (maintenance_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_plan_name_fold ON maintenance_plan (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_maintenance_plan_number_fold ON maintenance_plan (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_maintenance_plan_owner_id_id ON maintenance_plan (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_plan_regulatory_reference_fold ON maintenance_plan (company_id, fold(regulatory_reference) COLLATE "C");

CREATE INDEX ix_maintenance_plan_service_contract_id_id ON maintenance_plan (service_contract_id, id);

CREATE INDEX ix_maintenance_plan_service_contract_id_last ON maintenance_plan (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_plan_subcontractor_id_id ON maintenance_plan (subcontractor_id, id);

CREATE INDEX ix_maintenance_plan_subcontractor_id_last ON maintenance_plan (subcontractor_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_plan_technician_id_id ON maintenance_plan (technician_id, id);

CREATE INDEX ix_maintenance_plan_technician_id_last ON maintenance_plan (technician_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_plan_title_fold ON maintenance_plan (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_maintenance_plan_number ON maintenance_plan (company_id, number);

CREATE TABLE customer_credit_note (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	issued_on DATE NOT NULL,
	reason TEXT,
	billing_address JSONB,
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	amount_applied NUMERIC(18, 2),
	balance NUMERIC(18, 2),
	e_invoice_status TEXT,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	invoice_id BIGINT,
	sales_order_id BIGINT,
	CONSTRAINT pk_customer_credit_note PRIMARY KEY (id),
	CONSTRAINT fk_customer_credit_note_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_credit_note_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_credit_note_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_credit_note_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_credit_note_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_credit_note_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_customer_credit_note_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_customer_credit_note_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id)
);

COMMENT ON COLUMN customer_credit_note.amount_applied IS 'Montant imputé ou remboursé';

COMMENT ON COLUMN customer_credit_note.balance IS 'Solde de l’avoir';

COMMENT ON COLUMN customer_credit_note.billing_address IS 'Adresse de facturation';

COMMENT ON COLUMN customer_credit_note.currency IS 'Devise';

COMMENT ON COLUMN customer_credit_note.e_invoice_status IS 'État de facturation électronique';

COMMENT ON COLUMN customer_credit_note.issued_on IS 'Date de l’avoir';

COMMENT ON COLUMN customer_credit_note.reason IS 'Motif';

COMMENT ON COLUMN customer_credit_note.status IS 'Statut';

COMMENT ON COLUMN customer_credit_note.subject IS 'Objet';

COMMENT ON COLUMN customer_credit_note.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN customer_credit_note.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN customer_credit_note.total_vat IS 'Total TVA';

CREATE INDEX ix_customer_credit_note_account_id_id ON customer_credit_note (account_id, id);

CREATE INDEX ix_customer_credit_note_account_id_last ON customer_credit_note (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_credit_note_company_id_id ON customer_credit_note (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_credit_note_contact_id_id ON customer_credit_note (contact_id, id);

CREATE INDEX ix_customer_credit_note_contact_id_last ON customer_credit_note (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_credit_note_currency_fold ON customer_credit_note (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_customer_credit_note_invoice_id_id ON customer_credit_note (invoice_id, id);

CREATE INDEX ix_customer_credit_note_invoice_id_last ON customer_credit_note (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_credit_note_number_fold ON customer_credit_note (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_credit_note_owner_id_id ON customer_credit_note (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_credit_note_sales_order_id_id ON customer_credit_note (sales_order_id, id);

CREATE INDEX ix_customer_credit_note_sales_order_id_last ON customer_credit_note (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_credit_note_subject_fold ON customer_credit_note (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_customer_credit_note_title_fold ON customer_credit_note (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_credit_note_number ON customer_credit_note (company_id, number);

CREATE TABLE item_consumption (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	consumed_on DATE NOT NULL,
	quantity NUMERIC(18, 6) NOT NULL,
	unit_price NUMERIC(18, 6),
	amount NUMERIC(18, 2),
	status TEXT NOT NULL,
	reference TEXT,
	account_id BIGINT NOT NULL,
	product_id BIGINT,
	service_id BIGINT,
	service_contract_id BIGINT,
	invoice_id BIGINT,
	CONSTRAINT pk_item_consumption PRIMARY KEY (id),
	CONSTRAINT fk_item_consumption_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_item_consumption_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_item_consumption_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_item_consumption_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_item_consumption_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_item_consumption_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_item_consumption_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_item_consumption_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id),
	CONSTRAINT fk_item_consumption_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id)
);

COMMENT ON COLUMN item_consumption.amount IS 'Montant HT';

COMMENT ON COLUMN item_consumption.consumed_on IS 'Date de consommation';

COMMENT ON COLUMN item_consumption.quantity IS 'Quantité';

COMMENT ON COLUMN item_consumption.reference IS 'Référence';

COMMENT ON COLUMN item_consumption.status IS 'Statut';

COMMENT ON COLUMN item_consumption.unit_price IS 'Prix unitaire';

CREATE INDEX ix_item_consumption_account_id_id ON item_consumption (account_id, id);

CREATE INDEX ix_item_consumption_account_id_last ON item_consumption (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_consumption_company_id_id ON item_consumption (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_item_consumption_invoice_id_id ON item_consumption (invoice_id, id);

CREATE INDEX ix_item_consumption_invoice_id_last ON item_consumption (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_consumption_number_fold ON item_consumption (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_item_consumption_owner_id_id ON item_consumption (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_item_consumption_product_id_id ON item_consumption (product_id, id);

CREATE INDEX ix_item_consumption_product_id_last ON item_consumption (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_consumption_reference_fold ON item_consumption (company_id, fold(reference) COLLATE "C");

CREATE INDEX ix_item_consumption_service_contract_id_id ON item_consumption (service_contract_id, id);

CREATE INDEX ix_item_consumption_service_contract_id_last ON item_consumption (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_consumption_service_id_id ON item_consumption (service_id, id);

CREATE INDEX ix_item_consumption_service_id_last ON item_consumption (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_item_consumption_title_fold ON item_consumption (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_item_consumption_number ON item_consumption (company_id, number);

CREATE UNIQUE INDEX uq_item_consumption_reference ON item_consumption (company_id, account_id, reference) WHERE deleted_at IS NULL;

CREATE TABLE supplier_credit_note (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	supplier_credit_note_number TEXT NOT NULL,
	status TEXT NOT NULL,
	issued_on DATE NOT NULL,
	reason TEXT,
	currency TEXT,
	total_excl_tax NUMERIC(18, 2),
	total_vat NUMERIC(18, 2),
	total_incl_tax NUMERIC(18, 2),
	amount_applied NUMERIC(18, 2),
	balance NUMERIC(18, 2),
	supplier_id BIGINT NOT NULL,
	invoice_id BIGINT,
	CONSTRAINT pk_supplier_credit_note PRIMARY KEY (id),
	CONSTRAINT fk_supplier_credit_note_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_supplier_credit_note_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_credit_note_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_credit_note_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_credit_note_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_supplier_credit_note_invoice_id FOREIGN KEY(invoice_id) REFERENCES supplier_invoice (id)
);

COMMENT ON COLUMN supplier_credit_note.amount_applied IS 'Montant imputé ou remboursé';

COMMENT ON COLUMN supplier_credit_note.balance IS 'Solde de l’avoir';

COMMENT ON COLUMN supplier_credit_note.currency IS 'Devise';

COMMENT ON COLUMN supplier_credit_note.issued_on IS 'Date de l’avoir';

COMMENT ON COLUMN supplier_credit_note.reason IS 'Motif';

COMMENT ON COLUMN supplier_credit_note.status IS 'Statut';

COMMENT ON COLUMN supplier_credit_note.subject IS 'Objet';

COMMENT ON COLUMN supplier_credit_note.supplier_credit_note_number IS 'N° d’avoir du fournisseur';

COMMENT ON COLUMN supplier_credit_note.total_excl_tax IS 'Total HT';

COMMENT ON COLUMN supplier_credit_note.total_incl_tax IS 'Total TTC';

COMMENT ON COLUMN supplier_credit_note.total_vat IS 'Total TVA';

CREATE INDEX ix_supplier_credit_note_company_id_id ON supplier_credit_note (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_credit_note_currency_fold ON supplier_credit_note (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_supplier_credit_note_invoice_id_id ON supplier_credit_note (invoice_id, id);

CREATE INDEX ix_supplier_credit_note_invoice_id_last ON supplier_credit_note (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_credit_note_number_fold ON supplier_credit_note (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_supplier_credit_note_owner_id_id ON supplier_credit_note (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_credit_note_subject_fold ON supplier_credit_note (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_supplier_credit_note_supplier_credit_note_number_fold ON supplier_credit_note (company_id, fold(supplier_credit_note_number) COLLATE "C");

CREATE INDEX ix_supplier_credit_note_supplier_id_id ON supplier_credit_note (supplier_id, id);

CREATE INDEX ix_supplier_credit_note_supplier_id_last ON supplier_credit_note (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_credit_note_title_fold ON supplier_credit_note (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_supplier_credit_note_number ON supplier_credit_note (company_id, number);

CREATE UNIQUE INDEX uq_supplier_credit_note_supplier_credit_note_number ON supplier_credit_note (company_id, supplier_id, supplier_credit_note_number) WHERE deleted_at IS NULL;

CREATE TABLE goods_receipt (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	status TEXT NOT NULL,
	expected_on DATE,
	received_on DATE,
	supplier_delivery_number TEXT,
	package_count INTEGER,
	total_weight NUMERIC(18, 6),
	quality_status TEXT,
	reservations TEXT,
	total_excl_tax NUMERIC(18, 2),
	validated_at TIMESTAMP WITH TIME ZONE,
	supplier_id BIGINT NOT NULL,
	purchase_order_id BIGINT,
	storage_site_id BIGINT NOT NULL,
	storage_location_id BIGINT,
	supplier_invoice_id BIGINT,
	CONSTRAINT pk_goods_receipt PRIMARY KEY (id),
	CONSTRAINT fk_goods_receipt_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_goods_receipt_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_goods_receipt_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_goods_receipt_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_goods_receipt_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_goods_receipt_purchase_order_id FOREIGN KEY(purchase_order_id) REFERENCES purchase_order (id),
	CONSTRAINT fk_goods_receipt_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_goods_receipt_storage_location_id FOREIGN KEY(storage_location_id) REFERENCES storage_location (id),
	CONSTRAINT fk_goods_receipt_supplier_invoice_id FOREIGN KEY(supplier_invoice_id) REFERENCES supplier_invoice (id)
);

COMMENT ON COLUMN goods_receipt.expected_on IS 'Réception prévue le';

COMMENT ON COLUMN goods_receipt.package_count IS 'Nombre de colis';

COMMENT ON COLUMN goods_receipt.quality_status IS 'Contrôle à réception';

COMMENT ON COLUMN goods_receipt.received_on IS 'Date de réception';

COMMENT ON COLUMN goods_receipt.reservations IS 'Réserves';

COMMENT ON COLUMN goods_receipt.status IS 'Statut';

COMMENT ON COLUMN goods_receipt.supplier_delivery_number IS 'N° de bon de livraison du fournisseur';

COMMENT ON COLUMN goods_receipt.total_excl_tax IS 'Valeur HT';

COMMENT ON COLUMN goods_receipt.total_weight IS 'Poids total (kg)';

COMMENT ON COLUMN goods_receipt.validated_at IS 'Validé le';

CREATE INDEX ix_goods_receipt_company_id_id ON goods_receipt (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_goods_receipt_number_fold ON goods_receipt (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_goods_receipt_owner_id_id ON goods_receipt (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_goods_receipt_purchase_order_id_id ON goods_receipt (purchase_order_id, id);

CREATE INDEX ix_goods_receipt_purchase_order_id_last ON goods_receipt (purchase_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_goods_receipt_storage_location_id_id ON goods_receipt (storage_location_id, id);

CREATE INDEX ix_goods_receipt_storage_location_id_last ON goods_receipt (storage_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_goods_receipt_storage_site_id_id ON goods_receipt (storage_site_id, id);

CREATE INDEX ix_goods_receipt_storage_site_id_last ON goods_receipt (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_goods_receipt_supplier_delivery_number_fold ON goods_receipt (company_id, fold(supplier_delivery_number) COLLATE "C");

CREATE INDEX ix_goods_receipt_supplier_id_id ON goods_receipt (supplier_id, id);

CREATE INDEX ix_goods_receipt_supplier_id_last ON goods_receipt (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_goods_receipt_supplier_invoice_id_id ON goods_receipt (supplier_invoice_id, id);

CREATE INDEX ix_goods_receipt_supplier_invoice_id_last ON goods_receipt (supplier_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_goods_receipt_title_fold ON goods_receipt (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_goods_receipt_number ON goods_receipt (company_id, number);

CREATE UNIQUE INDEX uq_goods_receipt_supplier_delivery_number ON goods_receipt (company_id, supplier_id, supplier_delivery_number) WHERE deleted_at IS NULL;

CREATE TABLE delivery_note (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	status TEXT NOT NULL,
	planned_on DATE,
	shipped_on DATE,
	delivered_on DATE,
	shipping_address JSONB,
	tracking_number TEXT,
	tracking_url TEXT,
	package_count INTEGER,
	total_weight NUMERIC(18, 6),
	total_excl_tax NUMERIC(18, 2),
	recipient_name TEXT,
	delivery_remarks TEXT,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	sales_order_id BIGINT,
	invoice_id BIGINT,
	storage_site_id BIGINT NOT NULL,
	storage_location_id BIGINT,
	delivery_method_id BIGINT,
	CONSTRAINT pk_delivery_note PRIMARY KEY (id),
	CONSTRAINT fk_delivery_note_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_delivery_note_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_note_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_note_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_delivery_note_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_delivery_note_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_delivery_note_sales_order_id FOREIGN KEY(sales_order_id) REFERENCES sales_order (id),
	CONSTRAINT fk_delivery_note_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_delivery_note_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id),
	CONSTRAINT fk_delivery_note_storage_location_id FOREIGN KEY(storage_location_id) REFERENCES storage_location (id),
	CONSTRAINT fk_delivery_note_delivery_method_id FOREIGN KEY(delivery_method_id) REFERENCES delivery_method (id)
);

COMMENT ON COLUMN delivery_note.delivered_on IS 'Date de livraison';

COMMENT ON COLUMN delivery_note.delivery_remarks IS 'Réserves à la livraison';

COMMENT ON COLUMN delivery_note.package_count IS 'Nombre de colis';

COMMENT ON COLUMN delivery_note.planned_on IS 'Expédition prévue le';

COMMENT ON COLUMN delivery_note.recipient_name IS 'Réceptionné par';

COMMENT ON COLUMN delivery_note.shipped_on IS 'Date d’expédition';

COMMENT ON COLUMN delivery_note.shipping_address IS 'Adresse de livraison';

COMMENT ON COLUMN delivery_note.status IS 'Statut';

COMMENT ON COLUMN delivery_note.total_excl_tax IS 'Valeur HT';

COMMENT ON COLUMN delivery_note.total_weight IS 'Poids total (kg)';

COMMENT ON COLUMN delivery_note.tracking_number IS 'N° de suivi';

COMMENT ON COLUMN delivery_note.tracking_url IS 'Lien de suivi';

CREATE INDEX ix_delivery_note_account_id_id ON delivery_note (account_id, id);

CREATE INDEX ix_delivery_note_account_id_last ON delivery_note (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_company_id_id ON delivery_note (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_delivery_note_contact_id_id ON delivery_note (contact_id, id);

CREATE INDEX ix_delivery_note_contact_id_last ON delivery_note (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_delivery_method_id_id ON delivery_note (delivery_method_id, id);

CREATE INDEX ix_delivery_note_delivery_method_id_last ON delivery_note (delivery_method_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_invoice_id_id ON delivery_note (invoice_id, id);

CREATE INDEX ix_delivery_note_invoice_id_last ON delivery_note (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_number_fold ON delivery_note (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_delivery_note_owner_id_id ON delivery_note (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_delivery_note_recipient_name_fold ON delivery_note (company_id, fold(recipient_name) COLLATE "C");

CREATE INDEX ix_delivery_note_sales_order_id_id ON delivery_note (sales_order_id, id);

CREATE INDEX ix_delivery_note_sales_order_id_last ON delivery_note (sales_order_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_storage_location_id_id ON delivery_note (storage_location_id, id);

CREATE INDEX ix_delivery_note_storage_location_id_last ON delivery_note (storage_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_storage_site_id_id ON delivery_note (storage_site_id, id);

CREATE INDEX ix_delivery_note_storage_site_id_last ON delivery_note (storage_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_delivery_note_title_fold ON delivery_note (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_delivery_note_tracking_number_fold ON delivery_note (company_id, fold(tracking_number) COLLATE "C");

CREATE UNIQUE INDEX uq_delivery_note_number ON delivery_note (company_id, number);

CREATE TABLE project_milestone (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	due_on DATE NOT NULL,
	reached_on DATE,
	status TEXT NOT NULL,
	milestone_type TEXT,
	billing_percent NUMERIC(9, 4),
	billing_amount NUMERIC(18, 2),
	project_id BIGINT NOT NULL,
	invoice_id BIGINT,
	CONSTRAINT pk_project_milestone PRIMARY KEY (id),
	CONSTRAINT fk_project_milestone_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_project_milestone_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_project_milestone_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_milestone_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_milestone_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_milestone_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id)
);

COMMENT ON COLUMN project_milestone.billing_amount IS 'Montant facturable HT';

COMMENT ON COLUMN project_milestone.billing_percent IS 'Part facturable';

COMMENT ON COLUMN project_milestone.due_on IS 'Échéance';

COMMENT ON COLUMN project_milestone.milestone_type IS 'Type';

COMMENT ON COLUMN project_milestone.name IS 'Nom du jalon';

COMMENT ON COLUMN project_milestone.reached_on IS 'Atteint le';

COMMENT ON COLUMN project_milestone.status IS 'Statut';

CREATE INDEX ix_project_milestone_company_id_id ON project_milestone (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_milestone_invoice_id_id ON project_milestone (invoice_id, id);

CREATE INDEX ix_project_milestone_invoice_id_last ON project_milestone (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_milestone_name_fold ON project_milestone (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_project_milestone_number_fold ON project_milestone (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_project_milestone_owner_id_id ON project_milestone (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_milestone_project_id_id ON project_milestone (project_id, id);

CREATE INDEX ix_project_milestone_project_id_last ON project_milestone (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_milestone_title_fold ON project_milestone (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_project_milestone_number ON project_milestone (company_id, number);

CREATE TABLE customer_equipment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	serial_number TEXT,
	asset_tag TEXT,
	brand TEXT,
	model TEXT,
	status TEXT NOT NULL,
	installed_on DATE,
	expires_on DATE,
	purchase_price NUMERIC(18, 2),
	location JSONB,
	specifications JSONB,
	account_id BIGINT NOT NULL,
	contact_id BIGINT,
	product_id BIGINT,
	invoice_id BIGINT,
	maintenance_site_id BIGINT,
	parent_equipment_id BIGINT,
	CONSTRAINT pk_customer_equipment PRIMARY KEY (id),
	CONSTRAINT fk_customer_equipment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_equipment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_equipment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_equipment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_equipment_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_customer_equipment_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_customer_equipment_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_customer_equipment_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_customer_equipment_maintenance_site_id FOREIGN KEY(maintenance_site_id) REFERENCES maintenance_site (id),
	CONSTRAINT fk_customer_equipment_parent_equipment_id FOREIGN KEY(parent_equipment_id) REFERENCES customer_equipment (id)
);

COMMENT ON COLUMN customer_equipment.asset_tag IS 'N° d’inventaire';

COMMENT ON COLUMN customer_equipment.brand IS 'Marque';

COMMENT ON COLUMN customer_equipment.expires_on IS 'Date d’expiration';

COMMENT ON COLUMN customer_equipment.installed_on IS 'Date d’installation';

COMMENT ON COLUMN customer_equipment.location IS 'Adresse d’installation';

COMMENT ON COLUMN customer_equipment.model IS 'Modèle';

COMMENT ON COLUMN customer_equipment.name IS 'Nom de l’équipement';

COMMENT ON COLUMN customer_equipment.purchase_price IS 'Prix d’achat HT';

COMMENT ON COLUMN customer_equipment.serial_number IS 'N° de série';

COMMENT ON COLUMN customer_equipment.specifications IS 'Caractéristiques techniques';

COMMENT ON COLUMN customer_equipment.status IS 'Statut';

CREATE INDEX ix_customer_equipment_account_id_id ON customer_equipment (account_id, id);

CREATE INDEX ix_customer_equipment_account_id_last ON customer_equipment (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_asset_tag_fold ON customer_equipment (company_id, fold(asset_tag) COLLATE "C");

CREATE INDEX ix_customer_equipment_brand_fold ON customer_equipment (company_id, fold(brand) COLLATE "C");

CREATE INDEX ix_customer_equipment_company_id_id ON customer_equipment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_equipment_contact_id_id ON customer_equipment (contact_id, id);

CREATE INDEX ix_customer_equipment_contact_id_last ON customer_equipment (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_invoice_id_id ON customer_equipment (invoice_id, id);

CREATE INDEX ix_customer_equipment_invoice_id_last ON customer_equipment (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_maintenance_site_id_id ON customer_equipment (maintenance_site_id, id);

CREATE INDEX ix_customer_equipment_maintenance_site_id_last ON customer_equipment (maintenance_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_model_fold ON customer_equipment (company_id, fold(model) COLLATE "C");

CREATE INDEX ix_customer_equipment_name_fold ON customer_equipment (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_customer_equipment_number_fold ON customer_equipment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_equipment_owner_id_id ON customer_equipment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_equipment_parent_equipment_id_id ON customer_equipment (parent_equipment_id, id);

CREATE INDEX ix_customer_equipment_parent_equipment_id_last ON customer_equipment (parent_equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_product_id_id ON customer_equipment (product_id, id);

CREATE INDEX ix_customer_equipment_product_id_last ON customer_equipment (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_equipment_serial_number_fold ON customer_equipment (company_id, fold(serial_number) COLLATE "C");

CREATE INDEX ix_customer_equipment_title_fold ON customer_equipment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_equipment_asset_tag ON customer_equipment (company_id, account_id, asset_tag) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_customer_equipment_number ON customer_equipment (company_id, number);

CREATE UNIQUE INDEX uq_customer_equipment_serial_number ON customer_equipment (company_id, account_id, serial_number) WHERE deleted_at IS NULL;

CREATE TABLE equipment (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	asset_tag TEXT,
	serial_number TEXT,
	category TEXT,
	brand TEXT,
	model TEXT,
	status TEXT NOT NULL,
	criticality TEXT,
	purchased_on DATE,
	purchase_price NUMERIC(18, 2),
	commissioned_on DATE,
	warranty_ends_on DATE,
	meter_reading NUMERIC(18, 6),
	meter_unit TEXT,
	next_maintenance_on DATE,
	retired_on DATE,
	maintenance_site_id BIGINT,
	facility_id BIGINT,
	product_id BIGINT,
	supplier_id BIGINT,
	supplier_invoice_id BIGINT,
	parent_equipment_id BIGINT,
	responsible_person_id BIGINT,
	CONSTRAINT pk_equipment PRIMARY KEY (id),
	CONSTRAINT fk_equipment_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_equipment_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_equipment_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_equipment_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_equipment_maintenance_site_id FOREIGN KEY(maintenance_site_id) REFERENCES maintenance_site (id),
	CONSTRAINT fk_equipment_facility_id FOREIGN KEY(facility_id) REFERENCES facility (id),
	CONSTRAINT fk_equipment_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_equipment_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_equipment_supplier_invoice_id FOREIGN KEY(supplier_invoice_id) REFERENCES supplier_invoice (id),
	CONSTRAINT fk_equipment_parent_equipment_id FOREIGN KEY(parent_equipment_id) REFERENCES equipment (id),
	CONSTRAINT fk_equipment_responsible_person_id FOREIGN KEY(responsible_person_id) REFERENCES person (id)
);

COMMENT ON COLUMN equipment.asset_tag IS 'N° d’inventaire';

COMMENT ON COLUMN equipment.brand IS 'Marque';

COMMENT ON COLUMN equipment.category IS 'Catégorie';

COMMENT ON COLUMN equipment.commissioned_on IS 'Date de mise en service';

COMMENT ON COLUMN equipment.criticality IS 'Criticité';

COMMENT ON COLUMN equipment.meter_reading IS 'Relevé du compteur';

COMMENT ON COLUMN equipment.meter_unit IS 'Unité du compteur';

COMMENT ON COLUMN equipment.model IS 'Modèle';

COMMENT ON COLUMN equipment.name IS 'Nom de l’équipement';

COMMENT ON COLUMN equipment.next_maintenance_on IS 'Prochaine maintenance';

COMMENT ON COLUMN equipment.purchase_price IS 'Prix d’achat HT';

COMMENT ON COLUMN equipment.purchased_on IS 'Date d’achat';

COMMENT ON COLUMN equipment.retired_on IS 'Date de réforme';

COMMENT ON COLUMN equipment.serial_number IS 'N° de série';

COMMENT ON COLUMN equipment.status IS 'Statut';

COMMENT ON COLUMN equipment.warranty_ends_on IS 'Fin de garantie';

CREATE INDEX ix_equipment_asset_tag_fold ON equipment (company_id, fold(asset_tag) COLLATE "C");

CREATE INDEX ix_equipment_brand_fold ON equipment (company_id, fold(brand) COLLATE "C");

CREATE INDEX ix_equipment_company_id_id ON equipment (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_equipment_facility_id_id ON equipment (facility_id, id);

CREATE INDEX ix_equipment_facility_id_last ON equipment (facility_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_maintenance_site_id_id ON equipment (maintenance_site_id, id);

CREATE INDEX ix_equipment_maintenance_site_id_last ON equipment (maintenance_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_model_fold ON equipment (company_id, fold(model) COLLATE "C");

CREATE INDEX ix_equipment_name_fold ON equipment (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_equipment_number_fold ON equipment (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_equipment_owner_id_id ON equipment (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_equipment_parent_equipment_id_id ON equipment (parent_equipment_id, id);

CREATE INDEX ix_equipment_parent_equipment_id_last ON equipment (parent_equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_product_id_id ON equipment (product_id, id);

CREATE INDEX ix_equipment_product_id_last ON equipment (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_responsible_person_id_id ON equipment (responsible_person_id, id);

CREATE INDEX ix_equipment_responsible_person_id_last ON equipment (responsible_person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_serial_number_fold ON equipment (company_id, fold(serial_number) COLLATE "C");

CREATE INDEX ix_equipment_supplier_id_id ON equipment (supplier_id, id);

CREATE INDEX ix_equipment_supplier_id_last ON equipment (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_supplier_invoice_id_id ON equipment (supplier_invoice_id, id);

CREATE INDEX ix_equipment_supplier_invoice_id_last ON equipment (supplier_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_equipment_title_fold ON equipment (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_equipment_asset_tag ON equipment (company_id, asset_tag) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX uq_equipment_number ON equipment (company_id, number);

CREATE UNIQUE INDEX uq_equipment_serial_number ON equipment (company_id, serial_number) WHERE deleted_at IS NULL;

CREATE TABLE cash_movement (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	moved_at TIMESTAMP WITH TIME ZONE NOT NULL,
	movement_type TEXT NOT NULL,
	amount NUMERIC(18, 2) NOT NULL,
	payment_method TEXT,
	reason TEXT,
	reference TEXT,
	balance_after NUMERIC(18, 2),
	chain_signature TEXT,
	cash_register_id BIGINT NOT NULL,
	cash_session_id BIGINT,
	customer_invoice_id BIGINT,
	customer_payment_id BIGINT,
	bank_transaction_id BIGINT,
	store_id BIGINT,
	CONSTRAINT pk_cash_movement PRIMARY KEY (id),
	CONSTRAINT fk_cash_movement_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_cash_movement_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_movement_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_movement_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_cash_movement_cash_register_id FOREIGN KEY(cash_register_id) REFERENCES cash_register (id),
	CONSTRAINT fk_cash_movement_cash_session_id FOREIGN KEY(cash_session_id) REFERENCES cash_session (id),
	CONSTRAINT fk_cash_movement_customer_invoice_id FOREIGN KEY(customer_invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_cash_movement_customer_payment_id FOREIGN KEY(customer_payment_id) REFERENCES customer_payment (id),
	CONSTRAINT fk_cash_movement_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id),
	CONSTRAINT fk_cash_movement_store_id FOREIGN KEY(store_id) REFERENCES store (id)
);

COMMENT ON COLUMN cash_movement.amount IS 'Montant';

COMMENT ON COLUMN cash_movement.balance_after IS 'Fonds après mouvement';

COMMENT ON COLUMN cash_movement.chain_signature IS 'Empreinte de chaînage';

COMMENT ON COLUMN cash_movement.moved_at IS 'Date du mouvement';

COMMENT ON COLUMN cash_movement.movement_type IS 'Nature';

COMMENT ON COLUMN cash_movement.payment_method IS 'Mode de règlement';

COMMENT ON COLUMN cash_movement.reason IS 'Motif';

COMMENT ON COLUMN cash_movement.reference IS 'Référence';

CREATE INDEX ix_cash_movement_bank_transaction_id_id ON cash_movement (bank_transaction_id, id);

CREATE INDEX ix_cash_movement_bank_transaction_id_last ON cash_movement (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_cash_register_id_id ON cash_movement (cash_register_id, id);

CREATE INDEX ix_cash_movement_cash_register_id_last ON cash_movement (cash_register_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_cash_session_id_id ON cash_movement (cash_session_id, id);

CREATE INDEX ix_cash_movement_cash_session_id_last ON cash_movement (cash_session_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_chain_signature_fold ON cash_movement (company_id, fold(chain_signature) COLLATE "C");

CREATE INDEX ix_cash_movement_company_id_id ON cash_movement (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_movement_customer_invoice_id_id ON cash_movement (customer_invoice_id, id);

CREATE INDEX ix_cash_movement_customer_invoice_id_last ON cash_movement (customer_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_customer_payment_id_id ON cash_movement (customer_payment_id, id);

CREATE INDEX ix_cash_movement_customer_payment_id_last ON cash_movement (customer_payment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_number_fold ON cash_movement (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_cash_movement_owner_id_id ON cash_movement (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_cash_movement_reason_fold ON cash_movement (company_id, fold(reason) COLLATE "C");

CREATE INDEX ix_cash_movement_reference_fold ON cash_movement (company_id, fold(reference) COLLATE "C");

CREATE INDEX ix_cash_movement_store_id_id ON cash_movement (store_id, id);

CREATE INDEX ix_cash_movement_store_id_last ON cash_movement (store_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_cash_movement_title_fold ON cash_movement (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_cash_movement_number ON cash_movement (company_id, number);

CREATE TABLE customer_payment_allocation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	amount NUMERIC(18, 2) NOT NULL,
	allocated_on DATE NOT NULL,
	early_payment_discount NUMERIC(18, 2),
	write_off_amount NUMERIC(18, 2),
	exchange_difference NUMERIC(18, 2),
	lettering_code TEXT,
	payment_id BIGINT,
	invoice_id BIGINT,
	credit_note_id BIGINT,
	CONSTRAINT pk_customer_payment_allocation PRIMARY KEY (id),
	CONSTRAINT fk_customer_payment_allocation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_customer_payment_allocation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_allocation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_allocation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_customer_payment_allocation_payment_id FOREIGN KEY(payment_id) REFERENCES customer_payment (id),
	CONSTRAINT fk_customer_payment_allocation_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_customer_payment_allocation_credit_note_id FOREIGN KEY(credit_note_id) REFERENCES customer_credit_note (id)
);

COMMENT ON COLUMN customer_payment_allocation.allocated_on IS 'Date d’affectation';

COMMENT ON COLUMN customer_payment_allocation.amount IS 'Montant affecté';

COMMENT ON COLUMN customer_payment_allocation.early_payment_discount IS 'Escompte accordé';

COMMENT ON COLUMN customer_payment_allocation.exchange_difference IS 'Écart de change';

COMMENT ON COLUMN customer_payment_allocation.lettering_code IS 'Code de lettrage';

COMMENT ON COLUMN customer_payment_allocation.write_off_amount IS 'Écart de règlement';

CREATE INDEX ix_customer_payment_allocation_company_id_id ON customer_payment_allocation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_payment_allocation_credit_note_id_id ON customer_payment_allocation (credit_note_id, id);

CREATE INDEX ix_customer_payment_allocation_credit_note_id_last ON customer_payment_allocation (credit_note_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_allocation_invoice_id_id ON customer_payment_allocation (invoice_id, id);

CREATE INDEX ix_customer_payment_allocation_invoice_id_last ON customer_payment_allocation (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_allocation_lettering_code_fold ON customer_payment_allocation (company_id, fold(lettering_code) COLLATE "C");

CREATE INDEX ix_customer_payment_allocation_number_fold ON customer_payment_allocation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_customer_payment_allocation_owner_id_id ON customer_payment_allocation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_customer_payment_allocation_payment_id_id ON customer_payment_allocation (payment_id, id);

CREATE INDEX ix_customer_payment_allocation_payment_id_last ON customer_payment_allocation (payment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_customer_payment_allocation_title_fold ON customer_payment_allocation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_customer_payment_allocation_number ON customer_payment_allocation (company_id, number);

CREATE TABLE supplier_payment_allocation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	amount NUMERIC(18, 2) NOT NULL,
	allocated_on DATE NOT NULL,
	early_payment_discount NUMERIC(18, 2),
	write_off_amount NUMERIC(18, 2),
	exchange_difference NUMERIC(18, 2),
	lettering_code TEXT,
	payment_id BIGINT,
	invoice_id BIGINT,
	credit_note_id BIGINT,
	CONSTRAINT pk_supplier_payment_allocation PRIMARY KEY (id),
	CONSTRAINT fk_supplier_payment_allocation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_supplier_payment_allocation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_allocation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_allocation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_supplier_payment_allocation_payment_id FOREIGN KEY(payment_id) REFERENCES supplier_payment (id),
	CONSTRAINT fk_supplier_payment_allocation_invoice_id FOREIGN KEY(invoice_id) REFERENCES supplier_invoice (id),
	CONSTRAINT fk_supplier_payment_allocation_credit_note_id FOREIGN KEY(credit_note_id) REFERENCES supplier_credit_note (id)
);

COMMENT ON COLUMN supplier_payment_allocation.allocated_on IS 'Date d’affectation';

COMMENT ON COLUMN supplier_payment_allocation.amount IS 'Montant affecté';

COMMENT ON COLUMN supplier_payment_allocation.early_payment_discount IS 'Escompte obtenu';

COMMENT ON COLUMN supplier_payment_allocation.exchange_difference IS 'Écart de change';

COMMENT ON COLUMN supplier_payment_allocation.lettering_code IS 'Code de lettrage';

COMMENT ON COLUMN supplier_payment_allocation.write_off_amount IS 'Écart de règlement';

CREATE INDEX ix_supplier_payment_allocation_company_id_id ON supplier_payment_allocation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_payment_allocation_credit_note_id_id ON supplier_payment_allocation (credit_note_id, id);

CREATE INDEX ix_supplier_payment_allocation_credit_note_id_last ON supplier_payment_allocation (credit_note_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_allocation_invoice_id_id ON supplier_payment_allocation (invoice_id, id);

CREATE INDEX ix_supplier_payment_allocation_invoice_id_last ON supplier_payment_allocation (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_allocation_lettering_code_fold ON supplier_payment_allocation (company_id, fold(lettering_code) COLLATE "C");

CREATE INDEX ix_supplier_payment_allocation_number_fold ON supplier_payment_allocation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_supplier_payment_allocation_owner_id_id ON supplier_payment_allocation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_supplier_payment_allocation_payment_id_id ON supplier_payment_allocation (payment_id, id);

CREATE INDEX ix_supplier_payment_allocation_payment_id_last ON supplier_payment_allocation (payment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_supplier_payment_allocation_title_fold ON supplier_payment_allocation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_supplier_payment_allocation_number ON supplier_payment_allocation (company_id, number);

CREATE TABLE accounting_entry (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	entry_number TEXT,
	entry_date DATE NOT NULL,
	auxiliary_account_number TEXT,
	auxiliary_account_name TEXT,
	document_reference TEXT,
	document_date DATE,
	label TEXT NOT NULL,
	debit NUMERIC(18, 2),
	credit NUMERIC(18, 2),
	lettering_code TEXT,
	lettered_on DATE,
	validated_on DATE,
	currency_amount NUMERIC(18, 2),
	currency TEXT,
	due_on DATE,
	status TEXT,
	journal_id BIGINT NOT NULL,
	ledger_account_id BIGINT NOT NULL,
	fiscal_year_id BIGINT NOT NULL,
	tax_rate_id BIGINT,
	account_id BIGINT,
	supplier_id BIGINT,
	person_id BIGINT,
	customer_invoice_id BIGINT,
	customer_credit_note_id BIGINT,
	customer_payment_id BIGINT,
	supplier_invoice_id BIGINT,
	supplier_credit_note_id BIGINT,
	supplier_payment_id BIGINT,
	manual_entry_id BIGINT,
	expense_report_id BIGINT,
	bank_transaction_id BIGINT,
	bank_reconciliation_id BIGINT,
	cash_movement_id BIGINT,
	vat_return_id BIGINT,
	CONSTRAINT pk_accounting_entry PRIMARY KEY (id),
	CONSTRAINT fk_accounting_entry_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_accounting_entry_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_entry_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_entry_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_accounting_entry_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id),
	CONSTRAINT fk_accounting_entry_ledger_account_id FOREIGN KEY(ledger_account_id) REFERENCES ledger_account (id),
	CONSTRAINT fk_accounting_entry_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
	CONSTRAINT fk_accounting_entry_tax_rate_id FOREIGN KEY(tax_rate_id) REFERENCES tax_rate (id),
	CONSTRAINT fk_accounting_entry_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_accounting_entry_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_accounting_entry_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_accounting_entry_customer_invoice_id FOREIGN KEY(customer_invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_accounting_entry_customer_credit_note_id FOREIGN KEY(customer_credit_note_id) REFERENCES customer_credit_note (id),
	CONSTRAINT fk_accounting_entry_customer_payment_id FOREIGN KEY(customer_payment_id) REFERENCES customer_payment (id),
	CONSTRAINT fk_accounting_entry_supplier_invoice_id FOREIGN KEY(supplier_invoice_id) REFERENCES supplier_invoice (id),
	CONSTRAINT fk_accounting_entry_supplier_credit_note_id FOREIGN KEY(supplier_credit_note_id) REFERENCES supplier_credit_note (id),
	CONSTRAINT fk_accounting_entry_supplier_payment_id FOREIGN KEY(supplier_payment_id) REFERENCES supplier_payment (id),
	CONSTRAINT fk_accounting_entry_manual_entry_id FOREIGN KEY(manual_entry_id) REFERENCES manual_entry (id),
	CONSTRAINT fk_accounting_entry_expense_report_id FOREIGN KEY(expense_report_id) REFERENCES expense_report (id),
	CONSTRAINT fk_accounting_entry_bank_transaction_id FOREIGN KEY(bank_transaction_id) REFERENCES bank_transaction (id),
	CONSTRAINT fk_accounting_entry_bank_reconciliation_id FOREIGN KEY(bank_reconciliation_id) REFERENCES bank_reconciliation (id),
	CONSTRAINT fk_accounting_entry_cash_movement_id FOREIGN KEY(cash_movement_id) REFERENCES cash_movement (id),
	CONSTRAINT fk_accounting_entry_vat_return_id FOREIGN KEY(vat_return_id) REFERENCES vat_return (id)
);

COMMENT ON COLUMN accounting_entry.auxiliary_account_name IS 'Libellé du compte auxiliaire';

COMMENT ON COLUMN accounting_entry.auxiliary_account_number IS 'Numéro de compte auxiliaire';

COMMENT ON COLUMN accounting_entry.credit IS 'Crédit';

COMMENT ON COLUMN accounting_entry.currency IS 'Devise';

COMMENT ON COLUMN accounting_entry.currency_amount IS 'Montant en devise';

COMMENT ON COLUMN accounting_entry.debit IS 'Débit';

COMMENT ON COLUMN accounting_entry.document_date IS 'Date de la pièce';

COMMENT ON COLUMN accounting_entry.document_reference IS 'Référence de la pièce';

COMMENT ON COLUMN accounting_entry.due_on IS 'Échéance';

COMMENT ON COLUMN accounting_entry.entry_date IS 'Date comptable';

COMMENT ON COLUMN accounting_entry.entry_number IS 'Numéro d’écriture';

COMMENT ON COLUMN accounting_entry.label IS 'Libellé';

COMMENT ON COLUMN accounting_entry.lettered_on IS 'Date de lettrage';

COMMENT ON COLUMN accounting_entry.lettering_code IS 'Code de lettrage';

COMMENT ON COLUMN accounting_entry.status IS 'Statut';

COMMENT ON COLUMN accounting_entry.validated_on IS 'Date de validation';

CREATE INDEX ix_accounting_entry_account_id_id ON accounting_entry (account_id, id);

CREATE INDEX ix_accounting_entry_account_id_last ON accounting_entry (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_auxiliary_account_name_fold ON accounting_entry (company_id, fold(auxiliary_account_name) COLLATE "C");

CREATE INDEX ix_accounting_entry_auxiliary_account_number_fold ON accounting_entry (company_id, fold(auxiliary_account_number) COLLATE "C");

CREATE INDEX ix_accounting_entry_bank_reconciliation_id_id ON accounting_entry (bank_reconciliation_id, id);

CREATE INDEX ix_accounting_entry_bank_reconciliation_id_last ON accounting_entry (bank_reconciliation_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_bank_transaction_id_id ON accounting_entry (bank_transaction_id, id);

CREATE INDEX ix_accounting_entry_bank_transaction_id_last ON accounting_entry (bank_transaction_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_cash_movement_id_id ON accounting_entry (cash_movement_id, id);

CREATE INDEX ix_accounting_entry_cash_movement_id_last ON accounting_entry (cash_movement_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_company_id_id ON accounting_entry (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_accounting_entry_currency_fold ON accounting_entry (company_id, fold(currency) COLLATE "C");

CREATE INDEX ix_accounting_entry_customer_credit_note_id_id ON accounting_entry (customer_credit_note_id, id);

CREATE INDEX ix_accounting_entry_customer_credit_note_id_last ON accounting_entry (customer_credit_note_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_customer_invoice_id_id ON accounting_entry (customer_invoice_id, id);

CREATE INDEX ix_accounting_entry_customer_invoice_id_last ON accounting_entry (customer_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_customer_payment_id_id ON accounting_entry (customer_payment_id, id);

CREATE INDEX ix_accounting_entry_customer_payment_id_last ON accounting_entry (customer_payment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_document_reference_fold ON accounting_entry (company_id, fold(document_reference) COLLATE "C");

CREATE INDEX ix_accounting_entry_entry_number_fold ON accounting_entry (company_id, fold(entry_number) COLLATE "C");

CREATE INDEX ix_accounting_entry_expense_report_id_id ON accounting_entry (expense_report_id, id);

CREATE INDEX ix_accounting_entry_expense_report_id_last ON accounting_entry (expense_report_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_fiscal_year_id_id ON accounting_entry (fiscal_year_id, id);

CREATE INDEX ix_accounting_entry_fiscal_year_id_last ON accounting_entry (fiscal_year_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_journal_id_id ON accounting_entry (journal_id, id);

CREATE INDEX ix_accounting_entry_journal_id_last ON accounting_entry (journal_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_label_fold ON accounting_entry (company_id, fold(label) COLLATE "C");

CREATE INDEX ix_accounting_entry_ledger_account_id_id ON accounting_entry (ledger_account_id, id);

CREATE INDEX ix_accounting_entry_ledger_account_id_last ON accounting_entry (ledger_account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_lettering_code_fold ON accounting_entry (company_id, fold(lettering_code) COLLATE "C");

CREATE INDEX ix_accounting_entry_manual_entry_id_id ON accounting_entry (manual_entry_id, id);

CREATE INDEX ix_accounting_entry_manual_entry_id_last ON accounting_entry (manual_entry_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_number_fold ON accounting_entry (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_accounting_entry_owner_id_id ON accounting_entry (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_accounting_entry_person_id_id ON accounting_entry (person_id, id);

CREATE INDEX ix_accounting_entry_person_id_last ON accounting_entry (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_supplier_credit_note_id_id ON accounting_entry (supplier_credit_note_id, id);

CREATE INDEX ix_accounting_entry_supplier_credit_note_id_last ON accounting_entry (supplier_credit_note_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_supplier_id_id ON accounting_entry (supplier_id, id);

CREATE INDEX ix_accounting_entry_supplier_id_last ON accounting_entry (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_supplier_invoice_id_id ON accounting_entry (supplier_invoice_id, id);

CREATE INDEX ix_accounting_entry_supplier_invoice_id_last ON accounting_entry (supplier_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_supplier_payment_id_id ON accounting_entry (supplier_payment_id, id);

CREATE INDEX ix_accounting_entry_supplier_payment_id_last ON accounting_entry (supplier_payment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_tax_rate_id_id ON accounting_entry (tax_rate_id, id);

CREATE INDEX ix_accounting_entry_tax_rate_id_last ON accounting_entry (tax_rate_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_accounting_entry_title_fold ON accounting_entry (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_accounting_entry_vat_return_id_id ON accounting_entry (vat_return_id, id);

CREATE INDEX ix_accounting_entry_vat_return_id_last ON accounting_entry (vat_return_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_accounting_entry_number ON accounting_entry (company_id, number);

CREATE TABLE warranty (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	serial_number TEXT,
	asset_tag TEXT,
	status TEXT NOT NULL,
	warranty_type TEXT,
	sold_on DATE,
	activated_on DATE,
	duration_months INTEGER,
	ends_on DATE,
	coverage TEXT,
	claim_count INTEGER,
	product_id BIGINT NOT NULL,
	account_id BIGINT,
	contact_id BIGINT,
	invoice_id BIGINT,
	supplier_id BIGINT,
	customer_equipment_id BIGINT,
	CONSTRAINT pk_warranty PRIMARY KEY (id),
	CONSTRAINT fk_warranty_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_warranty_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_warranty_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_warranty_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_warranty_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_warranty_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_warranty_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_warranty_invoice_id FOREIGN KEY(invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_warranty_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
	CONSTRAINT fk_warranty_customer_equipment_id FOREIGN KEY(customer_equipment_id) REFERENCES customer_equipment (id)
);

COMMENT ON COLUMN warranty.activated_on IS 'Date de mise en service';

COMMENT ON COLUMN warranty.asset_tag IS 'Étiquette';

COMMENT ON COLUMN warranty.claim_count IS 'Nombre de réclamations';

COMMENT ON COLUMN warranty.coverage IS 'Étendue de la garantie';

COMMENT ON COLUMN warranty.duration_months IS 'Durée (mois)';

COMMENT ON COLUMN warranty.ends_on IS 'Fin de garantie';

COMMENT ON COLUMN warranty.serial_number IS 'N° de série';

COMMENT ON COLUMN warranty.sold_on IS 'Date de vente';

COMMENT ON COLUMN warranty.status IS 'Statut';

COMMENT ON COLUMN warranty.warranty_type IS 'Type de garantie';

CREATE INDEX ix_warranty_account_id_id ON warranty (account_id, id);

CREATE INDEX ix_warranty_account_id_last ON warranty (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_asset_tag_fold ON warranty (company_id, fold(asset_tag) COLLATE "C");

CREATE INDEX ix_warranty_company_id_id ON warranty (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_warranty_contact_id_id ON warranty (contact_id, id);

CREATE INDEX ix_warranty_contact_id_last ON warranty (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_customer_equipment_id_id ON warranty (customer_equipment_id, id);

CREATE INDEX ix_warranty_customer_equipment_id_last ON warranty (customer_equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_invoice_id_id ON warranty (invoice_id, id);

CREATE INDEX ix_warranty_invoice_id_last ON warranty (invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_number_fold ON warranty (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_warranty_owner_id_id ON warranty (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_warranty_product_id_id ON warranty (product_id, id);

CREATE INDEX ix_warranty_product_id_last ON warranty (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_serial_number_fold ON warranty (company_id, fold(serial_number) COLLATE "C");

CREATE INDEX ix_warranty_supplier_id_id ON warranty (supplier_id, id);

CREATE INDEX ix_warranty_supplier_id_last ON warranty (supplier_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_warranty_title_fold ON warranty (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_warranty_number ON warranty (company_id, number);

CREATE UNIQUE INDEX uq_warranty_serial_number ON warranty (company_id, product_id, serial_number) WHERE deleted_at IS NULL;

CREATE TABLE ticket (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	status TEXT NOT NULL,
	priority TEXT,
	severity TEXT,
	category TEXT,
	channel TEXT,
	first_response_due_at TIMESTAMP WITH TIME ZONE,
	first_responded_at TIMESTAMP WITH TIME ZONE,
	due_at TIMESTAMP WITH TIME ZONE,
	resolved_at TIMESTAMP WITH TIME ZONE,
	closed_at TIMESTAMP WITH TIME ZONE,
	time_spent_hours NUMERIC(18, 6),
	billable BOOLEAN,
	solution TEXT,
	satisfaction INTEGER,
	account_id BIGINT,
	contact_id BIGINT,
	service_contract_id BIGINT,
	product_id BIGINT,
	customer_equipment_id BIGINT,
	customer_instance_id BIGINT,
	equipment_id BIGINT,
	warranty_id BIGINT,
	project_id BIGINT,
	parent_ticket_id BIGINT,
	CONSTRAINT pk_ticket PRIMARY KEY (id),
	CONSTRAINT fk_ticket_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_ticket_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_ticket_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ticket_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_ticket_account_id FOREIGN KEY(account_id) REFERENCES customer_account (id),
	CONSTRAINT fk_ticket_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
	CONSTRAINT fk_ticket_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id),
	CONSTRAINT fk_ticket_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_ticket_customer_equipment_id FOREIGN KEY(customer_equipment_id) REFERENCES customer_equipment (id),
	CONSTRAINT fk_ticket_customer_instance_id FOREIGN KEY(customer_instance_id) REFERENCES customer_instance (id),
	CONSTRAINT fk_ticket_equipment_id FOREIGN KEY(equipment_id) REFERENCES equipment (id),
	CONSTRAINT fk_ticket_warranty_id FOREIGN KEY(warranty_id) REFERENCES warranty (id),
	CONSTRAINT fk_ticket_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_ticket_parent_ticket_id FOREIGN KEY(parent_ticket_id) REFERENCES ticket (id)
);

COMMENT ON COLUMN ticket.billable IS 'Facturable';

COMMENT ON COLUMN ticket.category IS 'Catégorie';

COMMENT ON COLUMN ticket.channel IS 'Canal';

COMMENT ON COLUMN ticket.closed_at IS 'Clos le';

COMMENT ON COLUMN ticket.due_at IS 'À résoudre avant le';

COMMENT ON COLUMN ticket.first_responded_at IS 'Première réponse le';

COMMENT ON COLUMN ticket.first_response_due_at IS 'Première réponse avant le';

COMMENT ON COLUMN ticket.priority IS 'Priorité';

COMMENT ON COLUMN ticket.resolved_at IS 'Résolu le';

COMMENT ON COLUMN ticket.satisfaction IS 'Satisfaction (1 à 5)';

COMMENT ON COLUMN ticket.severity IS 'Gravité';

COMMENT ON COLUMN ticket.solution IS 'Solution';

COMMENT ON COLUMN ticket.status IS 'Statut';

COMMENT ON COLUMN ticket.subject IS 'Objet';

COMMENT ON COLUMN ticket.time_spent_hours IS 'Temps passé (heures)';

CREATE INDEX ix_ticket_account_id_id ON ticket (account_id, id);

CREATE INDEX ix_ticket_account_id_last ON ticket (account_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_company_id_id ON ticket (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ticket_contact_id_id ON ticket (contact_id, id);

CREATE INDEX ix_ticket_contact_id_last ON ticket (contact_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_customer_equipment_id_id ON ticket (customer_equipment_id, id);

CREATE INDEX ix_ticket_customer_equipment_id_last ON ticket (customer_equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_customer_instance_id_id ON ticket (customer_instance_id, id);

CREATE INDEX ix_ticket_customer_instance_id_last ON ticket (customer_instance_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_equipment_id_id ON ticket (equipment_id, id);

CREATE INDEX ix_ticket_equipment_id_last ON ticket (equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_number_fold ON ticket (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_ticket_owner_id_id ON ticket (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_ticket_parent_ticket_id_id ON ticket (parent_ticket_id, id);

CREATE INDEX ix_ticket_parent_ticket_id_last ON ticket (parent_ticket_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_product_id_id ON ticket (product_id, id);

CREATE INDEX ix_ticket_product_id_last ON ticket (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_project_id_id ON ticket (project_id, id);

CREATE INDEX ix_ticket_project_id_last ON ticket (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_service_contract_id_id ON ticket (service_contract_id, id);

CREATE INDEX ix_ticket_service_contract_id_last ON ticket (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_ticket_subject_fold ON ticket (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_ticket_title_fold ON ticket (company_id, fold(title) COLLATE "C");

CREATE INDEX ix_ticket_warranty_id_id ON ticket (warranty_id, id);

CREATE INDEX ix_ticket_warranty_id_last ON ticket (warranty_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE UNIQUE INDEX uq_ticket_number ON ticket (company_id, number);

CREATE TABLE project_task (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	name TEXT NOT NULL,
	status TEXT NOT NULL,
	priority TEXT,
	starts_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	completed_at TIMESTAMP WITH TIME ZONE,
	progress NUMERIC(9, 4),
	estimated_hours NUMERIC(18, 6),
	spent_hours NUMERIC(18, 6),
	remaining_hours NUMERIC(18, 6),
	required_people INTEGER,
	location JSONB,
	billable BOOLEAN,
	project_id BIGINT NOT NULL,
	milestone_id BIGINT,
	parent_task_id BIGINT,
	assignee_id BIGINT,
	activity_type_id BIGINT,
	ticket_id BIGINT,
	CONSTRAINT pk_project_task PRIMARY KEY (id),
	CONSTRAINT fk_project_task_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_project_task_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_project_task_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_task_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_task_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_task_milestone_id FOREIGN KEY(milestone_id) REFERENCES project_milestone (id),
	CONSTRAINT fk_project_task_parent_task_id FOREIGN KEY(parent_task_id) REFERENCES project_task (id),
	CONSTRAINT fk_project_task_assignee_id FOREIGN KEY(assignee_id) REFERENCES person (id),
	CONSTRAINT fk_project_task_activity_type_id FOREIGN KEY(activity_type_id) REFERENCES activity_type (id),
	CONSTRAINT fk_project_task_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);

COMMENT ON COLUMN project_task.billable IS 'Facturable';

COMMENT ON COLUMN project_task.completed_at IS 'Terminée le';

COMMENT ON COLUMN project_task.ends_at IS 'Fin prévue';

COMMENT ON COLUMN project_task.estimated_hours IS 'Charge prévue (heures)';

COMMENT ON COLUMN project_task.location IS 'Lieu';

COMMENT ON COLUMN project_task.name IS 'Nom de la tâche';

COMMENT ON COLUMN project_task.priority IS 'Priorité';

COMMENT ON COLUMN project_task.progress IS 'Avancement';

COMMENT ON COLUMN project_task.remaining_hours IS 'Reste à faire (heures)';

COMMENT ON COLUMN project_task.required_people IS 'Personnes nécessaires';

COMMENT ON COLUMN project_task.spent_hours IS 'Temps passé (heures)';

COMMENT ON COLUMN project_task.starts_at IS 'Début prévu';

COMMENT ON COLUMN project_task.status IS 'Statut';

CREATE INDEX ix_project_task_activity_type_id_id ON project_task (activity_type_id, id);

CREATE INDEX ix_project_task_activity_type_id_last ON project_task (activity_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_assignee_id_id ON project_task (assignee_id, id);

CREATE INDEX ix_project_task_assignee_id_last ON project_task (assignee_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_company_id_id ON project_task (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_task_milestone_id_id ON project_task (milestone_id, id);

CREATE INDEX ix_project_task_milestone_id_last ON project_task (milestone_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_name_fold ON project_task (company_id, fold(name) COLLATE "C");

CREATE INDEX ix_project_task_number_fold ON project_task (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_project_task_owner_id_id ON project_task (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_task_parent_task_id_id ON project_task (parent_task_id, id);

CREATE INDEX ix_project_task_parent_task_id_last ON project_task (parent_task_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_project_id_id ON project_task (project_id, id);

CREATE INDEX ix_project_task_project_id_last ON project_task (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_ticket_id_id ON project_task (ticket_id, id);

CREATE INDEX ix_project_task_ticket_id_last ON project_task (ticket_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_task_title_fold ON project_task (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_project_task_number ON project_task (company_id, number);

CREATE TABLE faq (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	category TEXT,
	status TEXT NOT NULL,
	audience TEXT,
	published_on DATE,
	view_count INTEGER,
	helpful_count INTEGER,
	product_id BIGINT,
	service_id BIGINT,
	source_ticket_id BIGINT,
	CONSTRAINT pk_faq PRIMARY KEY (id),
	CONSTRAINT fk_faq_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_faq_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_faq_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_faq_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_faq_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_faq_service_id FOREIGN KEY(service_id) REFERENCES service (id),
	CONSTRAINT fk_faq_source_ticket_id FOREIGN KEY(source_ticket_id) REFERENCES ticket (id)
);

COMMENT ON COLUMN faq.answer IS 'Réponse';

COMMENT ON COLUMN faq.audience IS 'Visibilité';

COMMENT ON COLUMN faq.category IS 'Catégorie';

COMMENT ON COLUMN faq.helpful_count IS 'Votes utiles';

COMMENT ON COLUMN faq.published_on IS 'Publiée le';

COMMENT ON COLUMN faq.question IS 'Question';

COMMENT ON COLUMN faq.status IS 'Statut';

COMMENT ON COLUMN faq.view_count IS 'Nombre de consultations';

CREATE INDEX ix_faq_company_id_id ON faq (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_faq_number_fold ON faq (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_faq_owner_id_id ON faq (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_faq_product_id_id ON faq (product_id, id);

CREATE INDEX ix_faq_product_id_last ON faq (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_faq_question_fold ON faq (company_id, fold(question) COLLATE "C");

CREATE INDEX ix_faq_service_id_id ON faq (service_id, id);

CREATE INDEX ix_faq_service_id_last ON faq (service_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_faq_source_ticket_id_id ON faq (source_ticket_id, id);

CREATE INDEX ix_faq_source_ticket_id_last ON faq (source_ticket_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_faq_title_fold ON faq (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_faq_number ON faq (company_id, number);

CREATE TABLE maintenance_operation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	subject TEXT NOT NULL,
	operation_type TEXT,
	status TEXT NOT NULL,
	priority TEXT,
	planned_start_at TIMESTAMP WITH TIME ZONE,
	planned_end_at TIMESTAMP WITH TIME ZONE,
	started_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	duration_hours NUMERIC(18, 6),
	downtime_hours NUMERIC(18, 6),
	meter_reading NUMERIC(18, 6),
	labour_cost NUMERIC(18, 2),
	total_cost NUMERIC(18, 2),
	total_excl_tax NUMERIC(18, 2),
	result TEXT,
	report TEXT,
	equipment_id BIGINT,
	customer_equipment_id BIGINT,
	facility_id BIGINT,
	maintenance_site_id BIGINT,
	maintenance_plan_id BIGINT,
	technician_id BIGINT,
	subcontractor_id BIGINT,
	ticket_id BIGINT,
	service_contract_id BIGINT,
	customer_invoice_id BIGINT,
	CONSTRAINT pk_maintenance_operation PRIMARY KEY (id),
	CONSTRAINT fk_maintenance_operation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_maintenance_operation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_operation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_operation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_maintenance_operation_equipment_id FOREIGN KEY(equipment_id) REFERENCES equipment (id),
	CONSTRAINT fk_maintenance_operation_customer_equipment_id FOREIGN KEY(customer_equipment_id) REFERENCES customer_equipment (id),
	CONSTRAINT fk_maintenance_operation_facility_id FOREIGN KEY(facility_id) REFERENCES facility (id),
	CONSTRAINT fk_maintenance_operation_maintenance_site_id FOREIGN KEY(maintenance_site_id) REFERENCES maintenance_site (id),
	CONSTRAINT fk_maintenance_operation_maintenance_plan_id FOREIGN KEY(maintenance_plan_id) REFERENCES maintenance_plan (id),
	CONSTRAINT fk_maintenance_operation_technician_id FOREIGN KEY(technician_id) REFERENCES person (id),
	CONSTRAINT fk_maintenance_operation_subcontractor_id FOREIGN KEY(subcontractor_id) REFERENCES supplier (id),
	CONSTRAINT fk_maintenance_operation_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	CONSTRAINT fk_maintenance_operation_service_contract_id FOREIGN KEY(service_contract_id) REFERENCES service_contract (id),
	CONSTRAINT fk_maintenance_operation_customer_invoice_id FOREIGN KEY(customer_invoice_id) REFERENCES customer_invoice (id)
);

COMMENT ON COLUMN maintenance_operation.downtime_hours IS 'Temps d’arrêt (heures)';

COMMENT ON COLUMN maintenance_operation.duration_hours IS 'Durée (heures)';

COMMENT ON COLUMN maintenance_operation.ended_at IS 'Fin réelle';

COMMENT ON COLUMN maintenance_operation.labour_cost IS 'Coût de main-d’œuvre';

COMMENT ON COLUMN maintenance_operation.meter_reading IS 'Relevé du compteur';

COMMENT ON COLUMN maintenance_operation.operation_type IS 'Type d’opération';

COMMENT ON COLUMN maintenance_operation.planned_end_at IS 'Fin prévue';

COMMENT ON COLUMN maintenance_operation.planned_start_at IS 'Début prévu';

COMMENT ON COLUMN maintenance_operation.priority IS 'Priorité';

COMMENT ON COLUMN maintenance_operation.report IS 'Compte rendu d’intervention';

COMMENT ON COLUMN maintenance_operation.result IS 'Résultat';

COMMENT ON COLUMN maintenance_operation.started_at IS 'Début réel';

COMMENT ON COLUMN maintenance_operation.status IS 'Statut';

COMMENT ON COLUMN maintenance_operation.subject IS 'Objet';

COMMENT ON COLUMN maintenance_operation.total_cost IS 'Coût total';

COMMENT ON COLUMN maintenance_operation.total_excl_tax IS 'Total HT';

CREATE INDEX ix_maintenance_operation_company_id_id ON maintenance_operation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_operation_customer_equipment_id_id ON maintenance_operation (customer_equipment_id, id);

CREATE INDEX ix_maintenance_operation_customer_equipment_id_last ON maintenance_operation (customer_equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_customer_invoice_id_id ON maintenance_operation (customer_invoice_id, id);

CREATE INDEX ix_maintenance_operation_customer_invoice_id_last ON maintenance_operation (customer_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_equipment_id_id ON maintenance_operation (equipment_id, id);

CREATE INDEX ix_maintenance_operation_equipment_id_last ON maintenance_operation (equipment_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_facility_id_id ON maintenance_operation (facility_id, id);

CREATE INDEX ix_maintenance_operation_facility_id_last ON maintenance_operation (facility_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_maintenance_plan_id_id ON maintenance_operation (maintenance_plan_id, id);

CREATE INDEX ix_maintenance_operation_maintenance_plan_id_last ON maintenance_operation (maintenance_plan_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_maintenance_site_id_id ON maintenance_operation (maintenance_site_id, id);

CREATE INDEX ix_maintenance_operation_maintenance_site_id_last ON maintenance_operation (maintenance_site_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_number_fold ON maintenance_operation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_maintenance_operation_owner_id_id ON maintenance_operation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_maintenance_operation_service_contract_id_id ON maintenance_operation (service_contract_id, id);

CREATE INDEX ix_maintenance_operation_service_contract_id_last ON maintenance_operation (service_contract_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_subcontractor_id_id ON maintenance_operation (subcontractor_id, id);

CREATE INDEX ix_maintenance_operation_subcontractor_id_last ON maintenance_operation (subcontractor_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_subject_fold ON maintenance_operation (company_id, fold(subject) COLLATE "C");

CREATE INDEX ix_maintenance_operation_technician_id_id ON maintenance_operation (technician_id, id);

CREATE INDEX ix_maintenance_operation_technician_id_last ON maintenance_operation (technician_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_ticket_id_id ON maintenance_operation (ticket_id, id);

CREATE INDEX ix_maintenance_operation_ticket_id_last ON maintenance_operation (ticket_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_maintenance_operation_title_fold ON maintenance_operation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_maintenance_operation_number ON maintenance_operation (company_id, number);

CREATE TABLE stock_movement (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	moved_at TIMESTAMP WITH TIME ZONE,
	movement_type TEXT,
	quantity NUMERIC(18, 6),
	unit_cost NUMERIC(18, 2),
	total_cost NUMERIC(18, 2),
	lot_or_serial TEXT,
	expires_on DATE,
	balance_after NUMERIC(18, 6),
	product_id BIGINT NOT NULL,
	storage_location_id BIGINT NOT NULL,
	paired_movement_id BIGINT,
	goods_receipt_id BIGINT,
	delivery_note_id BIGINT,
	stock_transfer_request_id BIGINT,
	customer_invoice_id BIGINT,
	maintenance_operation_id BIGINT,
	CONSTRAINT pk_stock_movement PRIMARY KEY (id),
	CONSTRAINT fk_stock_movement_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_stock_movement_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_movement_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_movement_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_stock_movement_product_id FOREIGN KEY(product_id) REFERENCES product (id),
	CONSTRAINT fk_stock_movement_storage_location_id FOREIGN KEY(storage_location_id) REFERENCES storage_location (id),
	CONSTRAINT fk_stock_movement_paired_movement_id FOREIGN KEY(paired_movement_id) REFERENCES stock_movement (id),
	CONSTRAINT fk_stock_movement_goods_receipt_id FOREIGN KEY(goods_receipt_id) REFERENCES goods_receipt (id),
	CONSTRAINT fk_stock_movement_delivery_note_id FOREIGN KEY(delivery_note_id) REFERENCES delivery_note (id),
	CONSTRAINT fk_stock_movement_stock_transfer_request_id FOREIGN KEY(stock_transfer_request_id) REFERENCES stock_transfer_request (id),
	CONSTRAINT fk_stock_movement_customer_invoice_id FOREIGN KEY(customer_invoice_id) REFERENCES customer_invoice (id),
	CONSTRAINT fk_stock_movement_maintenance_operation_id FOREIGN KEY(maintenance_operation_id) REFERENCES maintenance_operation (id)
);

COMMENT ON COLUMN stock_movement.balance_after IS 'Stock après mouvement';

COMMENT ON COLUMN stock_movement.expires_on IS 'Date de péremption';

COMMENT ON COLUMN stock_movement.lot_or_serial IS 'Lot ou numéro de série';

COMMENT ON COLUMN stock_movement.moved_at IS 'Date du mouvement';

COMMENT ON COLUMN stock_movement.movement_type IS 'Nature';

COMMENT ON COLUMN stock_movement.quantity IS 'Quantité';

COMMENT ON COLUMN stock_movement.total_cost IS 'Coût total';

COMMENT ON COLUMN stock_movement.unit_cost IS 'Coût unitaire';

CREATE INDEX ix_stock_movement_company_id_id ON stock_movement (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_stock_movement_customer_invoice_id_id ON stock_movement (customer_invoice_id, id);

CREATE INDEX ix_stock_movement_customer_invoice_id_last ON stock_movement (customer_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_delivery_note_id_id ON stock_movement (delivery_note_id, id);

CREATE INDEX ix_stock_movement_delivery_note_id_last ON stock_movement (delivery_note_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_goods_receipt_id_id ON stock_movement (goods_receipt_id, id);

CREATE INDEX ix_stock_movement_goods_receipt_id_last ON stock_movement (goods_receipt_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_lot_or_serial_fold ON stock_movement (company_id, fold(lot_or_serial) COLLATE "C");

CREATE INDEX ix_stock_movement_maintenance_operation_id_id ON stock_movement (maintenance_operation_id, id);

CREATE INDEX ix_stock_movement_maintenance_operation_id_last ON stock_movement (maintenance_operation_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_number_fold ON stock_movement (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_stock_movement_owner_id_id ON stock_movement (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_stock_movement_paired_movement_id_id ON stock_movement (paired_movement_id, id);

CREATE INDEX ix_stock_movement_paired_movement_id_last ON stock_movement (paired_movement_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_product_id_id ON stock_movement (product_id, id);

CREATE INDEX ix_stock_movement_product_id_last ON stock_movement (product_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_stock_transfer_request_id_id ON stock_movement (stock_transfer_request_id, id);

CREATE INDEX ix_stock_movement_stock_transfer_request_id_last ON stock_movement (stock_transfer_request_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_storage_location_id_id ON stock_movement (storage_location_id, id);

CREATE INDEX ix_stock_movement_storage_location_id_last ON stock_movement (storage_location_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_stock_movement_title_fold ON stock_movement (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_stock_movement_number ON stock_movement (company_id, number);

CREATE TABLE project_participation (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	role TEXT,
	status TEXT NOT NULL,
	starts_on DATE,
	ends_on DATE,
	allocation_rate NUMERIC(9, 4),
	planned_hours NUMERIC(18, 6),
	spent_hours NUMERIC(18, 6),
	hourly_rate NUMERIC(18, 2),
	hourly_cost NUMERIC(18, 2),
	project_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	project_task_id BIGINT,
	CONSTRAINT pk_project_participation PRIMARY KEY (id),
	CONSTRAINT fk_project_participation_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_project_participation_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_project_participation_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_participation_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_project_participation_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_project_participation_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_project_participation_project_task_id FOREIGN KEY(project_task_id) REFERENCES project_task (id)
);

COMMENT ON COLUMN project_participation.allocation_rate IS 'Taux d’affectation';

COMMENT ON COLUMN project_participation.ends_on IS 'Date de fin';

COMMENT ON COLUMN project_participation.hourly_cost IS 'Coût horaire';

COMMENT ON COLUMN project_participation.hourly_rate IS 'Taux horaire de vente';

COMMENT ON COLUMN project_participation.planned_hours IS 'Charge prévue (heures)';

COMMENT ON COLUMN project_participation.role IS 'Rôle';

COMMENT ON COLUMN project_participation.spent_hours IS 'Temps passé (heures)';

COMMENT ON COLUMN project_participation.starts_on IS 'Date de début';

COMMENT ON COLUMN project_participation.status IS 'Statut';

CREATE INDEX ix_project_participation_company_id_id ON project_participation (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_participation_number_fold ON project_participation (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_project_participation_owner_id_id ON project_participation (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_project_participation_person_id_id ON project_participation (person_id, id);

CREATE INDEX ix_project_participation_person_id_last ON project_participation (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_participation_project_id_id ON project_participation (project_id, id);

CREATE INDEX ix_project_participation_project_id_last ON project_participation (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_participation_project_task_id_id ON project_participation (project_task_id, id);

CREATE INDEX ix_project_participation_project_task_id_last ON project_participation (project_task_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_project_participation_title_fold ON project_participation (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_project_participation_number ON project_participation (company_id, number);

CREATE TABLE timesheet (
	id BIGINT DEFAULT nextval('record_id') NOT NULL,
	company_id BIGINT NOT NULL,
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	owner_id BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	created_by_id BIGINT NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_by_id BIGINT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	custom JSONB DEFAULT '{}' NOT NULL,
	last_comment_at TIMESTAMP WITH TIME ZONE,
	last_comment_id BIGINT,
	worked_on DATE NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	break_minutes INTEGER,
	worked_hours NUMERIC(18, 6),
	overtime_hours NUMERIC(18, 6),
	status TEXT NOT NULL,
	billable BOOLEAN,
	hourly_cost NUMERIC(18, 2),
	cost NUMERIC(18, 2),
	validated_at TIMESTAMP WITH TIME ZONE,
	person_id BIGINT NOT NULL,
	activity_type_id BIGINT,
	project_id BIGINT,
	project_task_id BIGINT,
	ticket_id BIGINT,
	maintenance_operation_id BIGINT,
	customer_invoice_id BIGINT,
	CONSTRAINT pk_timesheet PRIMARY KEY (id),
	CONSTRAINT fk_timesheet_company_id FOREIGN KEY(company_id) REFERENCES company (id),
	CONSTRAINT fk_timesheet_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id),
	CONSTRAINT fk_timesheet_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id),
	CONSTRAINT fk_timesheet_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id),
	CONSTRAINT fk_timesheet_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_timesheet_activity_type_id FOREIGN KEY(activity_type_id) REFERENCES activity_type (id),
	CONSTRAINT fk_timesheet_project_id FOREIGN KEY(project_id) REFERENCES project (id),
	CONSTRAINT fk_timesheet_project_task_id FOREIGN KEY(project_task_id) REFERENCES project_task (id),
	CONSTRAINT fk_timesheet_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id),
	CONSTRAINT fk_timesheet_maintenance_operation_id FOREIGN KEY(maintenance_operation_id) REFERENCES maintenance_operation (id),
	CONSTRAINT fk_timesheet_customer_invoice_id FOREIGN KEY(customer_invoice_id) REFERENCES customer_invoice (id)
);

ALTER TABLE person ADD CONSTRAINT fk_person_company_id FOREIGN KEY(company_id) REFERENCES company (id);

ALTER TABLE person ADD CONSTRAINT fk_person_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id);

ALTER TABLE person ADD CONSTRAINT fk_person_manager_id FOREIGN KEY(manager_id) REFERENCES person (id);

ALTER TABLE person ADD CONSTRAINT fk_person_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id);

ALTER TABLE person ADD CONSTRAINT fk_person_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id);

ALTER TABLE person ADD CONSTRAINT fk_person_workplace_id FOREIGN KEY(workplace_id) REFERENCES workplace (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_company_id FOREIGN KEY(company_id) REFERENCES company (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_parent_site_id FOREIGN KEY(parent_site_id) REFERENCES storage_site (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_site_manager_id FOREIGN KEY(site_manager_id) REFERENCES person (id);

ALTER TABLE storage_site ADD CONSTRAINT fk_storage_site_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id);

ALTER TABLE workplace ADD CONSTRAINT fk_workplace_company_id FOREIGN KEY(company_id) REFERENCES company (id);

ALTER TABLE workplace ADD CONSTRAINT fk_workplace_created_by_id FOREIGN KEY(created_by_id) REFERENCES principal (id);

ALTER TABLE workplace ADD CONSTRAINT fk_workplace_owner_id FOREIGN KEY(owner_id) REFERENCES principal (id);

ALTER TABLE workplace ADD CONSTRAINT fk_workplace_storage_site_id FOREIGN KEY(storage_site_id) REFERENCES storage_site (id);

ALTER TABLE workplace ADD CONSTRAINT fk_workplace_updated_by_id FOREIGN KEY(updated_by_id) REFERENCES principal (id);

COMMENT ON COLUMN timesheet.billable IS 'Facturable';

COMMENT ON COLUMN timesheet.break_minutes IS 'Pause (minutes)';

COMMENT ON COLUMN timesheet.cost IS 'Coût';

COMMENT ON COLUMN timesheet.ended_at IS 'Heure de fin';

COMMENT ON COLUMN timesheet.hourly_cost IS 'Coût horaire';

COMMENT ON COLUMN timesheet.overtime_hours IS 'Heures supplémentaires';

COMMENT ON COLUMN timesheet.started_at IS 'Heure de début';

COMMENT ON COLUMN timesheet.status IS 'Statut';

COMMENT ON COLUMN timesheet.validated_at IS 'Validée le';

COMMENT ON COLUMN timesheet.worked_hours IS 'Temps de travail (heures)';

COMMENT ON COLUMN timesheet.worked_on IS 'Date';

CREATE INDEX ix_timesheet_activity_type_id_id ON timesheet (activity_type_id, id);

CREATE INDEX ix_timesheet_activity_type_id_last ON timesheet (activity_type_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_company_id_id ON timesheet (company_id, id) WHERE deleted_at IS NULL;

CREATE INDEX ix_timesheet_customer_invoice_id_id ON timesheet (customer_invoice_id, id);

CREATE INDEX ix_timesheet_customer_invoice_id_last ON timesheet (customer_invoice_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_maintenance_operation_id_id ON timesheet (maintenance_operation_id, id);

CREATE INDEX ix_timesheet_maintenance_operation_id_last ON timesheet (maintenance_operation_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_number_fold ON timesheet (company_id, fold(number) COLLATE "C");

CREATE INDEX ix_timesheet_owner_id_id ON timesheet (owner_id, id) INCLUDE (company_id) WHERE deleted_at IS NULL;

CREATE INDEX ix_timesheet_person_id_id ON timesheet (person_id, id);

CREATE INDEX ix_timesheet_person_id_last ON timesheet (person_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_project_id_id ON timesheet (project_id, id);

CREATE INDEX ix_timesheet_project_id_last ON timesheet (project_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_project_task_id_id ON timesheet (project_task_id, id);

CREATE INDEX ix_timesheet_project_task_id_last ON timesheet (project_task_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_ticket_id_id ON timesheet (ticket_id, id);

CREATE INDEX ix_timesheet_ticket_id_last ON timesheet (ticket_id, last_comment_at, last_comment_id) WHERE last_comment_at IS NOT NULL;

CREATE INDEX ix_timesheet_title_fold ON timesheet (company_id, fold(title) COLLATE "C");

CREATE UNIQUE INDEX uq_timesheet_number ON timesheet (company_id, number);

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_account
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerAccount');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_account
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerAccount', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_account
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.siren IS DISTINCT FROM NEW.siren
    OR OLD.siret IS DISTINCT FROM NEW.siret
    OR OLD.vat_number IS DISTINCT FROM NEW.vat_number
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.auxiliary_account_number IS DISTINCT FROM NEW.auxiliary_account_number
) EXECUTE FUNCTION rewrite_search_keys('CustomerAccount', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_account
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerAccount', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON contact
FOR EACH ROW EXECUTE FUNCTION register_record('Contact');

CREATE TRIGGER search_keys_written AFTER INSERT ON contact
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Contact', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON contact
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.mobile IS DISTINCT FROM NEW.mobile
) EXECUTE FUNCTION rewrite_search_keys('Contact', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER search_keys_gone AFTER DELETE ON contact
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Contact', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON quote
FOR EACH ROW EXECUTE FUNCTION register_record('Quote');

CREATE TRIGGER search_keys_written AFTER INSERT ON quote
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Quote', 'customer_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON quote
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.customer_reference IS DISTINCT FROM NEW.customer_reference
) EXECUTE FUNCTION rewrite_search_keys('Quote', 'customer_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON quote
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Quote', 'customer_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON sales_order
FOR EACH ROW EXECUTE FUNCTION register_record('SalesOrder');

CREATE TRIGGER search_keys_written AFTER INSERT ON sales_order
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SalesOrder', 'customer_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON sales_order
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.customer_reference IS DISTINCT FROM NEW.customer_reference
) EXECUTE FUNCTION rewrite_search_keys('SalesOrder', 'customer_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON sales_order
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SalesOrder', 'customer_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_invoice
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerInvoice');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_invoice
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerInvoice', 'customer_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_invoice
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.customer_reference IS DISTINCT FROM NEW.customer_reference
) EXECUTE FUNCTION rewrite_search_keys('CustomerInvoice', 'customer_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_invoice
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerInvoice', 'customer_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_credit_note
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerCreditNote');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_credit_note
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerCreditNote');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_credit_note
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('CustomerCreditNote');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_credit_note
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerCreditNote');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_payment
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerPayment');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_payment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerPayment', 'reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_payment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.reference IS DISTINCT FROM NEW.reference
) EXECUTE FUNCTION rewrite_search_keys('CustomerPayment', 'reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_payment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerPayment', 'reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_payment_allocation
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerPaymentAllocation');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_payment_allocation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerPaymentAllocation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_payment_allocation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('CustomerPaymentAllocation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_payment_allocation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerPaymentAllocation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON price_list
FOR EACH ROW EXECUTE FUNCTION register_record('PriceList');

CREATE TRIGGER search_keys_written AFTER INSERT ON price_list
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('PriceList', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON price_list
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('PriceList', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON price_list
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('PriceList', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON price_list_item
FOR EACH ROW EXECUTE FUNCTION register_record('PriceListItem');

CREATE TRIGGER search_keys_written AFTER INSERT ON price_list_item
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('PriceListItem');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON price_list_item
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('PriceListItem');

CREATE TRIGGER search_keys_gone AFTER DELETE ON price_list_item
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('PriceListItem');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON item_consumption
FOR EACH ROW EXECUTE FUNCTION register_record('ItemConsumption');

CREATE TRIGGER search_keys_written AFTER INSERT ON item_consumption
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ItemConsumption', 'reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON item_consumption
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.reference IS DISTINCT FROM NEW.reference
) EXECUTE FUNCTION rewrite_search_keys('ItemConsumption', 'reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON item_consumption
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ItemConsumption', 'reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON prospect
FOR EACH ROW EXECUTE FUNCTION register_record('Prospect');

CREATE TRIGGER search_keys_written AFTER INSERT ON prospect
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Prospect', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON prospect
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.mobile IS DISTINCT FROM NEW.mobile
) EXECUTE FUNCTION rewrite_search_keys('Prospect', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER search_keys_gone AFTER DELETE ON prospect
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Prospect', 'email', 'Email', 'phone', 'Phone', 'mobile', 'Phone');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON deal
FOR EACH ROW EXECUTE FUNCTION register_record('Deal');

CREATE TRIGGER search_keys_written AFTER INSERT ON deal
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Deal');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON deal
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Deal');

CREATE TRIGGER search_keys_gone AFTER DELETE ON deal
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Deal');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON campaign
FOR EACH ROW EXECUTE FUNCTION register_record('Campaign');

CREATE TRIGGER search_keys_written AFTER INSERT ON campaign
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Campaign');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON campaign
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Campaign');

CREATE TRIGGER search_keys_gone AFTER DELETE ON campaign
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Campaign');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON mailing
FOR EACH ROW EXECUTE FUNCTION register_record('Mailing');

CREATE TRIGGER search_keys_written AFTER INSERT ON mailing
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Mailing', 'sender_email', 'Email', 'reply_to', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON mailing
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.sender_email IS DISTINCT FROM NEW.sender_email
    OR OLD.reply_to IS DISTINCT FROM NEW.reply_to
) EXECUTE FUNCTION rewrite_search_keys('Mailing', 'sender_email', 'Email', 'reply_to', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON mailing
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Mailing', 'sender_email', 'Email', 'reply_to', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON product
FOR EACH ROW EXECUTE FUNCTION register_record('Product');

CREATE TRIGGER search_keys_written AFTER INSERT ON product
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Product', 'sku', 'String', 'barcode', 'String', 'supplier_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON product
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.sku IS DISTINCT FROM NEW.sku
    OR OLD.barcode IS DISTINCT FROM NEW.barcode
    OR OLD.supplier_reference IS DISTINCT FROM NEW.supplier_reference
) EXECUTE FUNCTION rewrite_search_keys('Product', 'sku', 'String', 'barcode', 'String', 'supplier_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON product
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Product', 'sku', 'String', 'barcode', 'String', 'supplier_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON service
FOR EACH ROW EXECUTE FUNCTION register_record('Service');

CREATE TRIGGER search_keys_written AFTER INSERT ON service
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Service', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON service
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('Service', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON service
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Service', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON item_family
FOR EACH ROW EXECUTE FUNCTION register_record('ItemFamily');

CREATE TRIGGER search_keys_written AFTER INSERT ON item_family
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ItemFamily', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON item_family
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('ItemFamily', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON item_family
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ItemFamily', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON unit_of_measure
FOR EACH ROW EXECUTE FUNCTION register_record('UnitOfMeasure');

CREATE TRIGGER search_keys_written AFTER INSERT ON unit_of_measure
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('UnitOfMeasure');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON unit_of_measure
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('UnitOfMeasure');

CREATE TRIGGER search_keys_gone AFTER DELETE ON unit_of_measure
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('UnitOfMeasure');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON supplier
FOR EACH ROW EXECUTE FUNCTION register_record('Supplier');

CREATE TRIGGER search_keys_written AFTER INSERT ON supplier
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Supplier', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String', 'our_customer_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON supplier
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.siren IS DISTINCT FROM NEW.siren
    OR OLD.siret IS DISTINCT FROM NEW.siret
    OR OLD.vat_number IS DISTINCT FROM NEW.vat_number
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
    OR OLD.auxiliary_account_number IS DISTINCT FROM NEW.auxiliary_account_number
    OR OLD.our_customer_number IS DISTINCT FROM NEW.our_customer_number
) EXECUTE FUNCTION rewrite_search_keys('Supplier', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String', 'our_customer_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON supplier
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Supplier', 'siren', 'Siren', 'siret', 'Siret', 'vat_number', 'VatNumber', 'phone', 'Phone', 'email', 'Email', 'auxiliary_account_number', 'String', 'our_customer_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON purchase_order
FOR EACH ROW EXECUTE FUNCTION register_record('PurchaseOrder');

CREATE TRIGGER search_keys_written AFTER INSERT ON purchase_order
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('PurchaseOrder', 'supplier_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON purchase_order
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.supplier_reference IS DISTINCT FROM NEW.supplier_reference
) EXECUTE FUNCTION rewrite_search_keys('PurchaseOrder', 'supplier_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON purchase_order
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('PurchaseOrder', 'supplier_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON supplier_invoice
FOR EACH ROW EXECUTE FUNCTION register_record('SupplierInvoice');

CREATE TRIGGER search_keys_written AFTER INSERT ON supplier_invoice
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SupplierInvoice', 'supplier_invoice_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON supplier_invoice
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.supplier_invoice_number IS DISTINCT FROM NEW.supplier_invoice_number
) EXECUTE FUNCTION rewrite_search_keys('SupplierInvoice', 'supplier_invoice_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON supplier_invoice
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SupplierInvoice', 'supplier_invoice_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON supplier_payment
FOR EACH ROW EXECUTE FUNCTION register_record('SupplierPayment');

CREATE TRIGGER search_keys_written AFTER INSERT ON supplier_payment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SupplierPayment', 'reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON supplier_payment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.reference IS DISTINCT FROM NEW.reference
) EXECUTE FUNCTION rewrite_search_keys('SupplierPayment', 'reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON supplier_payment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SupplierPayment', 'reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON supplier_credit_note
FOR EACH ROW EXECUTE FUNCTION register_record('SupplierCreditNote');

CREATE TRIGGER search_keys_written AFTER INSERT ON supplier_credit_note
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SupplierCreditNote', 'supplier_credit_note_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON supplier_credit_note
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.supplier_credit_note_number IS DISTINCT FROM NEW.supplier_credit_note_number
) EXECUTE FUNCTION rewrite_search_keys('SupplierCreditNote', 'supplier_credit_note_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON supplier_credit_note
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SupplierCreditNote', 'supplier_credit_note_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON supplier_payment_allocation
FOR EACH ROW EXECUTE FUNCTION register_record('SupplierPaymentAllocation');

CREATE TRIGGER search_keys_written AFTER INSERT ON supplier_payment_allocation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SupplierPaymentAllocation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON supplier_payment_allocation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('SupplierPaymentAllocation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON supplier_payment_allocation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SupplierPaymentAllocation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON ledger_account
FOR EACH ROW EXECUTE FUNCTION register_record('LedgerAccount');

CREATE TRIGGER search_keys_written AFTER INSERT ON ledger_account
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('LedgerAccount', 'account_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON ledger_account
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.account_number IS DISTINCT FROM NEW.account_number
) EXECUTE FUNCTION rewrite_search_keys('LedgerAccount', 'account_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON ledger_account
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('LedgerAccount', 'account_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON journal
FOR EACH ROW EXECUTE FUNCTION register_record('Journal');

CREATE TRIGGER search_keys_written AFTER INSERT ON journal
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Journal', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON journal
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('Journal', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Journal', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON fiscal_year
FOR EACH ROW EXECUTE FUNCTION register_record('FiscalYear');

CREATE TRIGGER search_keys_written AFTER INSERT ON fiscal_year
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('FiscalYear');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON fiscal_year
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('FiscalYear');

CREATE TRIGGER search_keys_gone AFTER DELETE ON fiscal_year
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('FiscalYear');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON tax_rate
FOR EACH ROW EXECUTE FUNCTION register_record('TaxRate');

CREATE TRIGGER search_keys_written AFTER INSERT ON tax_rate
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('TaxRate', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON tax_rate
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('TaxRate', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON tax_rate
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('TaxRate', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON accounting_strategy
FOR EACH ROW EXECUTE FUNCTION register_record('AccountingStrategy');

CREATE TRIGGER search_keys_written AFTER INSERT ON accounting_strategy
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('AccountingStrategy');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON accounting_strategy
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('AccountingStrategy');

CREATE TRIGGER search_keys_gone AFTER DELETE ON accounting_strategy
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('AccountingStrategy');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON accounting_entry
FOR EACH ROW EXECUTE FUNCTION register_record('AccountingEntry');

CREATE TRIGGER search_keys_written AFTER INSERT ON accounting_entry
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('AccountingEntry', 'entry_number', 'String', 'document_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON accounting_entry
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.entry_number IS DISTINCT FROM NEW.entry_number
    OR OLD.document_reference IS DISTINCT FROM NEW.document_reference
) EXECUTE FUNCTION rewrite_search_keys('AccountingEntry', 'entry_number', 'String', 'document_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON accounting_entry
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('AccountingEntry', 'entry_number', 'String', 'document_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON manual_entry
FOR EACH ROW EXECUTE FUNCTION register_record('ManualEntry');

CREATE TRIGGER search_keys_written AFTER INSERT ON manual_entry
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ManualEntry', 'document_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON manual_entry
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.document_reference IS DISTINCT FROM NEW.document_reference
) EXECUTE FUNCTION rewrite_search_keys('ManualEntry', 'document_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON manual_entry
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ManualEntry', 'document_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON bank_account
FOR EACH ROW EXECUTE FUNCTION register_record('BankAccount');

CREATE TRIGGER search_keys_written AFTER INSERT ON bank_account
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('BankAccount', 'iban', 'Iban');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON bank_account
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.iban IS DISTINCT FROM NEW.iban
) EXECUTE FUNCTION rewrite_search_keys('BankAccount', 'iban', 'Iban');

CREATE TRIGGER search_keys_gone AFTER DELETE ON bank_account
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('BankAccount', 'iban', 'Iban');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON third_party_bank_account
FOR EACH ROW EXECUTE FUNCTION register_record('ThirdPartyBankAccount');

CREATE TRIGGER search_keys_written AFTER INSERT ON third_party_bank_account
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ThirdPartyBankAccount', 'iban', 'Iban');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON third_party_bank_account
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.iban IS DISTINCT FROM NEW.iban
) EXECUTE FUNCTION rewrite_search_keys('ThirdPartyBankAccount', 'iban', 'Iban');

CREATE TRIGGER search_keys_gone AFTER DELETE ON third_party_bank_account
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ThirdPartyBankAccount', 'iban', 'Iban');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON sepa_mandate
FOR EACH ROW EXECUTE FUNCTION register_record('SepaMandate');

CREATE TRIGGER search_keys_written AFTER INSERT ON sepa_mandate
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SepaMandate', 'mandate_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON sepa_mandate
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.mandate_reference IS DISTINCT FROM NEW.mandate_reference
) EXECUTE FUNCTION rewrite_search_keys('SepaMandate', 'mandate_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON sepa_mandate
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SepaMandate', 'mandate_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON direct_debit
FOR EACH ROW EXECUTE FUNCTION register_record('DirectDebit');

CREATE TRIGGER search_keys_written AFTER INSERT ON direct_debit
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('DirectDebit', 'message_reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON direct_debit
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.message_reference IS DISTINCT FROM NEW.message_reference
) EXECUTE FUNCTION rewrite_search_keys('DirectDebit', 'message_reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON direct_debit
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('DirectDebit', 'message_reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON bank_statement
FOR EACH ROW EXECUTE FUNCTION register_record('BankStatement');

CREATE TRIGGER search_keys_written AFTER INSERT ON bank_statement
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('BankStatement', 'reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON bank_statement
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.reference IS DISTINCT FROM NEW.reference
) EXECUTE FUNCTION rewrite_search_keys('BankStatement', 'reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON bank_statement
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('BankStatement', 'reference', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON bank_transaction
FOR EACH ROW EXECUTE FUNCTION register_record('BankTransaction');

CREATE TRIGGER search_keys_written AFTER INSERT ON bank_transaction
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('BankTransaction', 'bank_reference', 'String', 'counterparty_iban', 'Iban');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON bank_transaction
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.bank_reference IS DISTINCT FROM NEW.bank_reference
    OR OLD.counterparty_iban IS DISTINCT FROM NEW.counterparty_iban
) EXECUTE FUNCTION rewrite_search_keys('BankTransaction', 'bank_reference', 'String', 'counterparty_iban', 'Iban');

CREATE TRIGGER search_keys_gone AFTER DELETE ON bank_transaction
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('BankTransaction', 'bank_reference', 'String', 'counterparty_iban', 'Iban');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON bank_reconciliation
FOR EACH ROW EXECUTE FUNCTION register_record('BankReconciliation');

CREATE TRIGGER search_keys_written AFTER INSERT ON bank_reconciliation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('BankReconciliation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON bank_reconciliation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('BankReconciliation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON bank_reconciliation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('BankReconciliation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON vat_return
FOR EACH ROW EXECUTE FUNCTION register_record('VatReturn');

CREATE TRIGGER search_keys_written AFTER INSERT ON vat_return
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('VatReturn');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON vat_return
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('VatReturn');

CREATE TRIGGER search_keys_gone AFTER DELETE ON vat_return
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('VatReturn');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON vat_return_box
FOR EACH ROW EXECUTE FUNCTION register_record('VatReturnBox');

CREATE TRIGGER search_keys_written AFTER INSERT ON vat_return_box
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('VatReturnBox');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON vat_return_box
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('VatReturnBox');

CREATE TRIGGER search_keys_gone AFTER DELETE ON vat_return_box
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('VatReturnBox');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON delivery_method
FOR EACH ROW EXECUTE FUNCTION register_record('DeliveryMethod');

CREATE TRIGGER search_keys_written AFTER INSERT ON delivery_method
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('DeliveryMethod', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON delivery_method
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('DeliveryMethod', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON delivery_method
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('DeliveryMethod', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON storage_site
FOR EACH ROW EXECUTE FUNCTION register_record('StorageSite');

CREATE TRIGGER search_keys_written AFTER INSERT ON storage_site
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('StorageSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON storage_site
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
) EXECUTE FUNCTION rewrite_search_keys('StorageSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON storage_site
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('StorageSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON storage_location
FOR EACH ROW EXECUTE FUNCTION register_record('StorageLocation');

CREATE TRIGGER search_keys_written AFTER INSERT ON storage_location
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('StorageLocation', 'code', 'String', 'barcode', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON storage_location
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.barcode IS DISTINCT FROM NEW.barcode
) EXECUTE FUNCTION rewrite_search_keys('StorageLocation', 'code', 'String', 'barcode', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON storage_location
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('StorageLocation', 'code', 'String', 'barcode', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON goods_receipt
FOR EACH ROW EXECUTE FUNCTION register_record('GoodsReceipt');

CREATE TRIGGER search_keys_written AFTER INSERT ON goods_receipt
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('GoodsReceipt', 'supplier_delivery_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON goods_receipt
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.supplier_delivery_number IS DISTINCT FROM NEW.supplier_delivery_number
) EXECUTE FUNCTION rewrite_search_keys('GoodsReceipt', 'supplier_delivery_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON goods_receipt
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('GoodsReceipt', 'supplier_delivery_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON stock_transfer_request
FOR EACH ROW EXECUTE FUNCTION register_record('StockTransferRequest');

CREATE TRIGGER search_keys_written AFTER INSERT ON stock_transfer_request
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('StockTransferRequest');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON stock_transfer_request
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('StockTransferRequest');

CREATE TRIGGER search_keys_gone AFTER DELETE ON stock_transfer_request
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('StockTransferRequest');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON delivery_note
FOR EACH ROW EXECUTE FUNCTION register_record('DeliveryNote');

CREATE TRIGGER search_keys_written AFTER INSERT ON delivery_note
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('DeliveryNote', 'tracking_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON delivery_note
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.tracking_number IS DISTINCT FROM NEW.tracking_number
) EXECUTE FUNCTION rewrite_search_keys('DeliveryNote', 'tracking_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON delivery_note
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('DeliveryNote', 'tracking_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON stock_movement
FOR EACH ROW EXECUTE FUNCTION register_record('StockMovement');

CREATE TRIGGER search_keys_written AFTER INSERT ON stock_movement
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('StockMovement', 'lot_or_serial', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON stock_movement
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.lot_or_serial IS DISTINCT FROM NEW.lot_or_serial
) EXECUTE FUNCTION rewrite_search_keys('StockMovement', 'lot_or_serial', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON stock_movement
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('StockMovement', 'lot_or_serial', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON project
FOR EACH ROW EXECUTE FUNCTION register_record('Project');

CREATE TRIGGER search_keys_written AFTER INSERT ON project
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Project');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON project
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Project');

CREATE TRIGGER search_keys_gone AFTER DELETE ON project
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Project');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON project_milestone
FOR EACH ROW EXECUTE FUNCTION register_record('ProjectMilestone');

CREATE TRIGGER search_keys_written AFTER INSERT ON project_milestone
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ProjectMilestone');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON project_milestone
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ProjectMilestone');

CREATE TRIGGER search_keys_gone AFTER DELETE ON project_milestone
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ProjectMilestone');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON project_task
FOR EACH ROW EXECUTE FUNCTION register_record('ProjectTask');

CREATE TRIGGER search_keys_written AFTER INSERT ON project_task
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ProjectTask');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON project_task
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ProjectTask');

CREATE TRIGGER search_keys_gone AFTER DELETE ON project_task
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ProjectTask');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON project_participation
FOR EACH ROW EXECUTE FUNCTION register_record('ProjectParticipation');

CREATE TRIGGER search_keys_written AFTER INSERT ON project_participation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ProjectParticipation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON project_participation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ProjectParticipation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON project_participation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ProjectParticipation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON person
FOR EACH ROW EXECUTE FUNCTION register_record('Person');

CREATE TRIGGER search_keys_written AFTER INSERT ON person
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Person', 'employee_number', 'String', 'work_email', 'Email', 'work_phone', 'Phone', 'personal_email', 'Email', 'personal_phone', 'Phone');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON person
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.employee_number IS DISTINCT FROM NEW.employee_number
    OR OLD.work_email IS DISTINCT FROM NEW.work_email
    OR OLD.work_phone IS DISTINCT FROM NEW.work_phone
    OR OLD.personal_email IS DISTINCT FROM NEW.personal_email
    OR OLD.personal_phone IS DISTINCT FROM NEW.personal_phone
) EXECUTE FUNCTION rewrite_search_keys('Person', 'employee_number', 'String', 'work_email', 'Email', 'work_phone', 'Phone', 'personal_email', 'Email', 'personal_phone', 'Phone');

CREATE TRIGGER search_keys_gone AFTER DELETE ON person
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Person', 'employee_number', 'String', 'work_email', 'Email', 'work_phone', 'Phone', 'personal_email', 'Email', 'personal_phone', 'Phone');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON employment_contract_template
FOR EACH ROW EXECUTE FUNCTION register_record('EmploymentContractTemplate');

CREATE TRIGGER search_keys_written AFTER INSERT ON employment_contract_template
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('EmploymentContractTemplate');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON employment_contract_template
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('EmploymentContractTemplate');

CREATE TRIGGER search_keys_gone AFTER DELETE ON employment_contract_template
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('EmploymentContractTemplate');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON employment_contract
FOR EACH ROW EXECUTE FUNCTION register_record('EmploymentContract');

CREATE TRIGGER search_keys_written AFTER INSERT ON employment_contract
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('EmploymentContract');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON employment_contract
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('EmploymentContract');

CREATE TRIGGER search_keys_gone AFTER DELETE ON employment_contract
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('EmploymentContract');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON workplace
FOR EACH ROW EXECUTE FUNCTION register_record('Workplace');

CREATE TRIGGER search_keys_written AFTER INSERT ON workplace
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Workplace', 'code', 'String', 'siret', 'Siret', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON workplace
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.siret IS DISTINCT FROM NEW.siret
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
) EXECUTE FUNCTION rewrite_search_keys('Workplace', 'code', 'String', 'siret', 'Siret', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON workplace
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Workplace', 'code', 'String', 'siret', 'Siret', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON department
FOR EACH ROW EXECUTE FUNCTION register_record('Department');

CREATE TRIGGER search_keys_written AFTER INSERT ON department
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Department', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON department
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
) EXECUTE FUNCTION rewrite_search_keys('Department', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON department
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Department', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON department_assignment
FOR EACH ROW EXECUTE FUNCTION register_record('DepartmentAssignment');

CREATE TRIGGER search_keys_written AFTER INSERT ON department_assignment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('DepartmentAssignment');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON department_assignment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('DepartmentAssignment');

CREATE TRIGGER search_keys_gone AFTER DELETE ON department_assignment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('DepartmentAssignment');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON activity_type
FOR EACH ROW EXECUTE FUNCTION register_record('ActivityType');

CREATE TRIGGER search_keys_written AFTER INSERT ON activity_type
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ActivityType', 'code', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON activity_type
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
) EXECUTE FUNCTION rewrite_search_keys('ActivityType', 'code', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON activity_type
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ActivityType', 'code', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON skills_matrix
FOR EACH ROW EXECUTE FUNCTION register_record('SkillsMatrix');

CREATE TRIGGER search_keys_written AFTER INSERT ON skills_matrix
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SkillsMatrix');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON skills_matrix
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('SkillsMatrix');

CREATE TRIGGER search_keys_gone AFTER DELETE ON skills_matrix
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SkillsMatrix');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON skill_assessment
FOR EACH ROW EXECUTE FUNCTION register_record('SkillAssessment');

CREATE TRIGGER search_keys_written AFTER INSERT ON skill_assessment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('SkillAssessment');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON skill_assessment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('SkillAssessment');

CREATE TRIGGER search_keys_gone AFTER DELETE ON skill_assessment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('SkillAssessment');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON training
FOR EACH ROW EXECUTE FUNCTION register_record('Training');

CREATE TRIGGER search_keys_written AFTER INSERT ON training
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Training');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON training
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Training');

CREATE TRIGGER search_keys_gone AFTER DELETE ON training
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Training');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON timesheet
FOR EACH ROW EXECUTE FUNCTION register_record('Timesheet');

CREATE TRIGGER search_keys_written AFTER INSERT ON timesheet
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Timesheet');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON timesheet
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Timesheet');

CREATE TRIGGER search_keys_gone AFTER DELETE ON timesheet
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Timesheet');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON expense_report
FOR EACH ROW EXECUTE FUNCTION register_record('ExpenseReport');

CREATE TRIGGER search_keys_written AFTER INSERT ON expense_report
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ExpenseReport');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON expense_report
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ExpenseReport');

CREATE TRIGGER search_keys_gone AFTER DELETE ON expense_report
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ExpenseReport');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON expense_line
FOR EACH ROW EXECUTE FUNCTION register_record('ExpenseLine');

CREATE TRIGGER search_keys_written AFTER INSERT ON expense_line
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ExpenseLine');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON expense_line
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ExpenseLine');

CREATE TRIGGER search_keys_gone AFTER DELETE ON expense_line
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ExpenseLine');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON absence_type
FOR EACH ROW EXECUTE FUNCTION register_record('AbsenceType');

CREATE TRIGGER search_keys_written AFTER INSERT ON absence_type
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('AbsenceType');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON absence_type
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('AbsenceType');

CREATE TRIGGER search_keys_gone AFTER DELETE ON absence_type
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('AbsenceType');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON leave_request
FOR EACH ROW EXECUTE FUNCTION register_record('LeaveRequest');

CREATE TRIGGER search_keys_written AFTER INSERT ON leave_request
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('LeaveRequest');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON leave_request
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('LeaveRequest');

CREATE TRIGGER search_keys_gone AFTER DELETE ON leave_request
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('LeaveRequest');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON leave_allocation
FOR EACH ROW EXECUTE FUNCTION register_record('LeaveAllocation');

CREATE TRIGGER search_keys_written AFTER INSERT ON leave_allocation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('LeaveAllocation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON leave_allocation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('LeaveAllocation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON leave_allocation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('LeaveAllocation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON ticket
FOR EACH ROW EXECUTE FUNCTION register_record('Ticket');

CREATE TRIGGER search_keys_written AFTER INSERT ON ticket
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Ticket');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON ticket
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Ticket');

CREATE TRIGGER search_keys_gone AFTER DELETE ON ticket
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Ticket');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON faq
FOR EACH ROW EXECUTE FUNCTION register_record('Faq');

CREATE TRIGGER search_keys_written AFTER INSERT ON faq
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Faq');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON faq
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('Faq');

CREATE TRIGGER search_keys_gone AFTER DELETE ON faq
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Faq');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON service_contract
FOR EACH ROW EXECUTE FUNCTION register_record('ServiceContract');

CREATE TRIGGER search_keys_written AFTER INSERT ON service_contract
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('ServiceContract');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON service_contract
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('ServiceContract');

CREATE TRIGGER search_keys_gone AFTER DELETE ON service_contract
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('ServiceContract');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON warranty
FOR EACH ROW EXECUTE FUNCTION register_record('Warranty');

CREATE TRIGGER search_keys_written AFTER INSERT ON warranty
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Warranty', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON warranty
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.serial_number IS DISTINCT FROM NEW.serial_number
    OR OLD.asset_tag IS DISTINCT FROM NEW.asset_tag
) EXECUTE FUNCTION rewrite_search_keys('Warranty', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON warranty
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Warranty', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_instance
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerInstance');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_instance
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerInstance');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_instance
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('CustomerInstance');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_instance
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerInstance');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON customer_equipment
FOR EACH ROW EXECUTE FUNCTION register_record('CustomerEquipment');

CREATE TRIGGER search_keys_written AFTER INSERT ON customer_equipment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CustomerEquipment', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON customer_equipment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.serial_number IS DISTINCT FROM NEW.serial_number
    OR OLD.asset_tag IS DISTINCT FROM NEW.asset_tag
) EXECUTE FUNCTION rewrite_search_keys('CustomerEquipment', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON customer_equipment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CustomerEquipment', 'serial_number', 'String', 'asset_tag', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON maintenance_site
FOR EACH ROW EXECUTE FUNCTION register_record('MaintenanceSite');

CREATE TRIGGER search_keys_written AFTER INSERT ON maintenance_site
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('MaintenanceSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON maintenance_site
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
) EXECUTE FUNCTION rewrite_search_keys('MaintenanceSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON maintenance_site
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('MaintenanceSite', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON facility
FOR EACH ROW EXECUTE FUNCTION register_record('Facility');

CREATE TRIGGER search_keys_written AFTER INSERT ON facility
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Facility', 'code', 'String', 'siret', 'Siret');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON facility
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.siret IS DISTINCT FROM NEW.siret
) EXECUTE FUNCTION rewrite_search_keys('Facility', 'code', 'String', 'siret', 'Siret');

CREATE TRIGGER search_keys_gone AFTER DELETE ON facility
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Facility', 'code', 'String', 'siret', 'Siret');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON equipment
FOR EACH ROW EXECUTE FUNCTION register_record('Equipment');

CREATE TRIGGER search_keys_written AFTER INSERT ON equipment
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Equipment', 'asset_tag', 'String', 'serial_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON equipment
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.asset_tag IS DISTINCT FROM NEW.asset_tag
    OR OLD.serial_number IS DISTINCT FROM NEW.serial_number
) EXECUTE FUNCTION rewrite_search_keys('Equipment', 'asset_tag', 'String', 'serial_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON equipment
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Equipment', 'asset_tag', 'String', 'serial_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON maintenance_plan
FOR EACH ROW EXECUTE FUNCTION register_record('MaintenancePlan');

CREATE TRIGGER search_keys_written AFTER INSERT ON maintenance_plan
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('MaintenancePlan');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON maintenance_plan
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('MaintenancePlan');

CREATE TRIGGER search_keys_gone AFTER DELETE ON maintenance_plan
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('MaintenancePlan');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON maintenance_operation
FOR EACH ROW EXECUTE FUNCTION register_record('MaintenanceOperation');

CREATE TRIGGER search_keys_written AFTER INSERT ON maintenance_operation
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('MaintenanceOperation');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON maintenance_operation
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('MaintenanceOperation');

CREATE TRIGGER search_keys_gone AFTER DELETE ON maintenance_operation
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('MaintenanceOperation');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON store
FOR EACH ROW EXECUTE FUNCTION register_record('Store');

CREATE TRIGGER search_keys_written AFTER INSERT ON store
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('Store', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON store
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.code IS DISTINCT FROM NEW.code
    OR OLD.phone IS DISTINCT FROM NEW.phone
    OR OLD.email IS DISTINCT FROM NEW.email
) EXECUTE FUNCTION rewrite_search_keys('Store', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER search_keys_gone AFTER DELETE ON store
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('Store', 'code', 'String', 'phone', 'Phone', 'email', 'Email');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON ecommerce_shop
FOR EACH ROW EXECUTE FUNCTION register_record('EcommerceShop');

CREATE TRIGGER search_keys_written AFTER INSERT ON ecommerce_shop
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('EcommerceShop');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON ecommerce_shop
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('EcommerceShop');

CREATE TRIGGER search_keys_gone AFTER DELETE ON ecommerce_shop
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('EcommerceShop');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON cash_register
FOR EACH ROW EXECUTE FUNCTION register_record('CashRegister');

CREATE TRIGGER search_keys_written AFTER INSERT ON cash_register
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CashRegister', 'register_number', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON cash_register
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.register_number IS DISTINCT FROM NEW.register_number
) EXECUTE FUNCTION rewrite_search_keys('CashRegister', 'register_number', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON cash_register
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CashRegister', 'register_number', 'String');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON cash_session
FOR EACH ROW EXECUTE FUNCTION register_record('CashSession');

CREATE TRIGGER search_keys_written AFTER INSERT ON cash_session
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CashSession');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON cash_session
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
) EXECUTE FUNCTION rewrite_search_keys('CashSession');

CREATE TRIGGER search_keys_gone AFTER DELETE ON cash_session
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CashSession');

CREATE TRIGGER register_record AFTER INSERT OR UPDATE ON cash_movement
FOR EACH ROW EXECUTE FUNCTION register_record('CashMovement');

CREATE TRIGGER search_keys_written AFTER INSERT ON cash_movement
REFERENCING NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION write_search_keys('CashMovement', 'reference', 'String');

CREATE TRIGGER search_keys_changed AFTER UPDATE ON cash_movement
FOR EACH ROW WHEN (
    OLD.number IS DISTINCT FROM NEW.number
    OR OLD.title IS DISTINCT FROM NEW.title
    OR OLD.owner_id IS DISTINCT FROM NEW.owner_id
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.custom IS DISTINCT FROM NEW.custom
    OR OLD.reference IS DISTINCT FROM NEW.reference
) EXECUTE FUNCTION rewrite_search_keys('CashMovement', 'reference', 'String');

CREATE TRIGGER search_keys_gone AFTER DELETE ON cash_movement
FOR EACH ROW EXECUTE FUNCTION rewrite_search_keys('CashMovement', 'reference', 'String');
