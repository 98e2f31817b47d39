"""The tables that are not modules': companies, people who sign in, and what every record has."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Sequence,
    SmallInteger,
    Table,
    Text,
    func,
    not_,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import UserDefinedType

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata: Final = MetaData(naming_convention=NAMING)

record_ids: Final = Sequence("record_id", data_type=BigInteger, metadata=metadata)
"""One sequence for the records of all modules: an id alone names a record."""

NOW: Final = func.now()
MOMENT: Final = DateTime(timezone=True)


class TransactionId(UserDefinedType[int]):
    """The number of a transaction, never given twice (`xid8`)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


company: Final = Table(
    "company",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("siren", Text),
    Column("vat_number", Text),
    Column("currency", Text, nullable=False, server_default="EUR"),
    Column("language", Text, nullable=False, server_default="fr"),
    Column("time_zone", Text, nullable=False, server_default="Europe/Paris"),
    # Counts the changes of its layouts and custom fields: who holds those of another count reads
    # them anew (db/customs.py).
    Column("customised", BigInteger, nullable=False, server_default="0"),
)

# Fields that a company adds to a module; their values are in the `custom` of its records, by name,
# in JSON form. `type`: the name of a kind of value, or `Choice` with `choices` [{value, fr, en}].
custom_field: Final = Table(
    "custom_field",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("module", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("label_fr", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("choices", JSONB),
    Column("default", JSONB),
    Column("required", Boolean, nullable=False),
    Column("indexed", Boolean, nullable=False),
    Column("searched", Boolean, nullable=False),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Column("deleted_at", MOMENT),
    # A name is not given again: records may hold values of the field that had it.
    Index("uq_custom_field_name", "company_id", "module", "name", unique=True),
)

# Every layout that a company gave a module; the one with the highest version is in force. `layout`
# holds the parts that are not as declared (db/layouts.py), null where all are.
layout: Final = Table(
    "layout",
    metadata,
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("module", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("layout", JSONB),
    Column("at", MOMENT, nullable=False, server_default=NOW),
    Column("by_id", BigInteger, nullable=False),
)

# A person who signs in or a team: what can own a record, and what history names as its author; or
# a role, which owns nothing.
principal: Final = Table(
    "principal",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column(
        "kind", Text, CheckConstraint("kind IN ('user', 'team', 'role', 'system')", name="kind")
    ),
    Column("name", Text, nullable=False),
)

app_user: Final = Table(
    "app_user",
    metadata,
    Column("id", ForeignKey(principal.c.id), primary_key=True),
    Column("email", Text, nullable=False),
    Column("password_hash", Text),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("administrator", Boolean, nullable=False, server_default=text("false")),
    # Whether they set up modules (layouts, custom fields); administrators do anyway.
    Column("configures", Boolean, nullable=False, server_default=text("false")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("language", Text, nullable=False, server_default="fr"),
    # What they prefer; null for what the company and the language say (db/preferences.py).
    Column("time_zone", Text),
    Column("date_format", Text),
    Column("number_format", Text),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Index("uq_app_user_email", text("lower(email)"), unique=True),
)

# From signing in to signing out, on one device; ended ones are gone. Of a refresh token the hashes
# are kept: of the half that stays, and of the one that each use replaces. Null where it has none.
session: Final = Table(
    "session",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("user_id", ForeignKey(app_user.c.id), nullable=False),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Column("used_at", MOMENT, nullable=False, server_default=NOW),
    Column("expires_at", MOMENT, nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("family_hash", LargeBinary, unique=True),
    Column("refresh_hash", LargeBinary),
    Index("ix_session_user_id_used_at", "user_id", "used_at"),
)

# By which programs act for a user; revoked ones are gone. `hint`: its first characters.
api_key: Final = Table(
    "api_key",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("user_id", ForeignKey(app_user.c.id), nullable=False, index=True),
    # The only one it acts in; null: any of the user's.
    Column("company_id", ForeignKey(company.c.id)),
    Column("name", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Column("expires_at", MOMENT),
    Column("last_used_at", MOMENT),
)

# Failures to sign in (db/throttling.py): `key`, the hash of an account's or a network's address;
# `free_at`, when the next attempt is let in.
sign_in_failure: Final = Table(
    "sign_in_failure",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("free_at", MOMENT, nullable=False, index=True),
)

# What clients may ask for by an id alone (db/trusted.py): a document of the service, of no company.
trusted_document: Final = Table(
    "trusted_document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("loaded_at", MOMENT, nullable=False, server_default=NOW),
)

# The place of a role in a company: who has one sees and writes what users of those below it own.
# A role is a principal, as teams are: it may be a member of a team, and rules share with it.
role: Final = Table(
    "role",
    metadata,
    Column("id", ForeignKey(principal.c.id), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False, index=True),
    Column("parent_id", BigInteger, ForeignKey("role.id"), index=True),
)

# Who owns records together, in one company; who is in it says `team_member`. One that was dissolved
# owns nothing any more: it stays for the history that names it.
team: Final = Table(
    "team",
    metadata,
    Column("id", ForeignKey(principal.c.id), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False, index=True),
    Column("deleted_at", MOMENT),
)

# What users may do to records they see, by module: {"Quote": ["read", "edit"], "*": ["read"]},
# where * is every module that is not named (db/rights.py).
profile: Final = Table(
    "profile",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("grants", JSONB, nullable=False),
    # Of fields, those that are not as the module: {"Person": {"iban": "hidden", "phone": "read"}}.
    Column("fields", JSONB, nullable=False, server_default=text("'{}'")),
)
Index(
    "uq_profile_company_id_name",
    profile.c.company_id,
    text('fold(name) COLLATE "C"'),
    unique=True,
)

# The companies a user may act in beside their own, and what they are in each, their own too.
# Without a profile they may do everything to what they see.
membership: Final = Table(
    "membership",
    metadata,
    Column("user_id", ForeignKey(app_user.c.id), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("role_id", ForeignKey(role.c.id), index=True),
    Column("profile_id", ForeignKey(profile.c.id), index=True),
)

# Who is in a team: users, everyone who has a role, everyone in another team. No team is in itself.
team_member: Final = Table(
    "team_member",
    metadata,
    Column("team_id", ForeignKey(principal.c.id), primary_key=True),
    Column("member_id", ForeignKey(principal.c.id), primary_key=True, index=True),
)

# The modules whose records everyone in the company may read, or write too; others show to their
# owners.
sharing: Final = Table(
    "sharing",
    metadata,
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("module", Text, primary_key=True),
    Column("writes", Boolean, nullable=False, server_default=text("false")),
)

# What members of one role (and those below) or team own of a module is shared with another.
sharing_rule: Final = Table(
    "sharing_rule",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("module", Text, nullable=False),
    Column("from_id", ForeignKey(principal.c.id), nullable=False),
    Column("to_id", ForeignKey(principal.c.id), nullable=False),
    Column("writes", Boolean, nullable=False, server_default=text("false")),
    Index("uq_sharing_rule", "company_id", "to_id", "module", "from_id", unique=True),
)

record: Final = Table(
    "record",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("module", Text, nullable=False),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("owner_id", ForeignKey(principal.c.id), nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("created_by_id", BigInteger, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
    Column("updated_by_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("deleted_at", MOMENT),
    Column("last_comment_at", MOMENT),
    Column("last_comment_id", BigInteger),
    # When its module's row went for good: this one and the history stay.
    Column("purged_at", MOMENT),
)
for key in (record.c.company_id, record.c.owner_id):
    Index(
        f"ix_record_{key.name}_deleted_at_id",
        key,
        record.c.deleted_at,
        record.c.id,
        postgresql_where=text("deleted_at IS NOT NULL AND purged_at IS NULL"),
    )
Index(
    "ix_record_company_id_id",
    record.c.company_id,
    record.c.id,
    postgresql_where=record.c.deleted_at.is_(None),
)
Index(
    "ix_record_company_id_module_id",
    record.c.company_id,
    record.c.module,
    record.c.id,
    postgresql_where=record.c.deleted_at.is_(None),
)
Index("ix_record_owner_id_id", record.c.owner_id, record.c.id)
Index("ix_record_company_id_title", record.c.company_id, text('fold(title) COLLATE "C"'))
Index("ix_record_company_id_number", record.c.company_id, text('fold(number) COLLATE "C"'))

# One record, shared with a user or a team.
record_share: Final = Table(
    "record_share",
    metadata,
    Column("record_id", ForeignKey(record.c.id), primary_key=True),
    Column("principal_id", ForeignKey(principal.c.id), primary_key=True, index=True),
    Column("writes", Boolean, nullable=False),
)

# Transactions that changed what decides who may do what, noted by triggers, whatever writes. One
# that committed since rights were read is one that the snapshot of that reading did not see.
rights_change: Final = Table(
    "rights_change",
    metadata,
    Column("transaction", TransactionId(), primary_key=True),
    Column("at", MOMENT, nullable=False, server_default=NOW, index=True),
)

# What records hold in the custom fields that are indexed, one of the three by the field's type;
# kept by a trigger, whatever writes.
custom_value: Final = Table(
    "custom_value",
    metadata,
    Column("field_id", ForeignKey(custom_field.c.id), primary_key=True),
    Column("record_id", ForeignKey(record.c.id), primary_key=True),
    Column("text", Text),
    Column("number", Numeric),
    Column("moment", MOMENT),
    Index("ix_custom_value_record_id", "record_id"),
)
for _name, _of in (("text", 'text COLLATE "C"'), ("number", "number"), ("moment", "moment")):
    Index(
        f"ix_custom_value_field_id_{_name}",
        custom_value.c.field_id,
        text(_of),
        custom_value.c.record_id,
        postgresql_where=custom_value.c[_name].is_not(None),
    )

# The words that records are found by (db/searching.py), kept by a trigger; none of records in the
# recycle bin. `rank`: which of a record's texts the word is of, the best first; `text` is that text
# as stored, null where the register has it (number and title).
search_key: Final = Table(
    "search_key",
    metadata,
    Column("record_id", BigInteger, autoincrement=False),
    Column("company_id", BigInteger, nullable=False),
    Column("owner_id", BigInteger, nullable=False),
    Column("rank", SmallInteger, autoincrement=False),
    Column("key", Text(collation="C")),
    Column("module", Text(collation="C"), nullable=False),
    Column("field", Text, nullable=False),
    Column("text", Text),
    PrimaryKeyConstraint("record_id", "key", "rank"),
)
FOUND_BY: Final = (search_key.c.key, search_key.c.rank, search_key.c.record_id.desc())
"""The order that found records are in: the whole word before longer ones, then newest first."""
Index("ix_search_key_module", search_key.c.company_id, search_key.c.module, *FOUND_BY)
Index(
    "ix_search_key_owner",
    search_key.c.company_id,
    search_key.c.owner_id,
    search_key.c.module,
    *FOUND_BY,
)

# Rows of many-to-many relations; `relation` is `CustomerAccount.campaigns`.
link: Final = Table(
    "link",
    metadata,
    Column("relation", Text, primary_key=True),
    Column("from_id", ForeignKey(record.c.id), primary_key=True),
    Column("to_id", ForeignKey(record.c.id), primary_key=True),
    Index("ix_link_relation_to_id_from_id", "relation", "to_id", "from_id"),
)

comment: Final = Table(
    "comment",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("record_id", ForeignKey(record.c.id), nullable=False),
    Column("parent_id", BigInteger, ForeignKey("comment.id")),
    Column("author_id", ForeignKey(principal.c.id), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Column("edited_at", MOMENT),
    Column("deleted_at", MOMENT),
    Column("reply_count", Integer, nullable=False, server_default="0"),
)
Index(
    "ix_comment_record_id_created_at_id",
    comment.c.record_id,
    comment.c.created_at,
    comment.c.id,
    postgresql_where=comment.c.parent_id.is_(None),
)
Index(
    "ix_comment_parent_id_created_at_id",
    comment.c.parent_id,
    comment.c.created_at,
    comment.c.id,
    postgresql_where=comment.c.parent_id.is_not(None),
)

# A tag is its owner's alone, shared with some (`tag_share`) or with the company. Its name is unique
# among those of the company, and among the others of its owner.
tag: Final = Table(
    "tag",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("owner_id", ForeignKey(principal.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("color", Text, nullable=False),
    Column("shared", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
)
Index(
    "uq_tag_shared",
    tag.c.company_id,
    text('fold(name) COLLATE "C"'),
    unique=True,
    postgresql_where=tag.c.shared,
)
Index(
    "uq_tag_private",
    tag.c.company_id,
    tag.c.owner_id,
    text('fold(name) COLLATE "C"'),
    unique=True,
    postgresql_where=not_(tag.c.shared),
)

# One tag, shared with a user, a team or a role: beside the company, where it is shared with that.
tag_share: Final = Table(
    "tag_share",
    metadata,
    Column("tag_id", ForeignKey(tag.c.id, ondelete="CASCADE"), primary_key=True),
    Column("principal_id", ForeignKey(principal.c.id), primary_key=True, index=True),
    Column("writes", Boolean, nullable=False),
)

tagging: Final = Table(
    "tagging",
    metadata,
    Column("tag_id", ForeignKey(tag.c.id), primary_key=True),
    Column("record_id", ForeignKey(record.c.id), primary_key=True),
    Column("created_by_id", ForeignKey(principal.c.id), nullable=False),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Index("ix_tagging_record_id_tag_id", "record_id", "tag_id"),
)

# The history of every record, append-only. `fields`: [{name, before, after, before_display,
# after_display}]; the display of a relation is the title its record had then. `version` is the one
# the record had afterwards, null where the change left it (comments, tags).
change: Final = Table(
    "change",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("record_id", ForeignKey(record.c.id), nullable=False),
    Column("at", MOMENT, nullable=False, server_default=NOW),
    Column("actor_id", ForeignKey(principal.c.id), nullable=False),
    Column("operation", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("version", Integer),
    Column("fields", JSONB, nullable=False),
    Index("ix_change_record_id_id", "record_id", "id"),
)

# The changes of a company as links of a hash chain (db/chain.py), append-only. No foreign keys: it
# is written from what was just read, and `fiches verify-history` looks at all of it.
seal: Final = Table(
    "seal",
    metadata,
    Column("company_id", BigInteger, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("change_id", BigInteger, nullable=False, unique=True),
    Column("hash", LargeBinary, nullable=False),
)

# The last link of each company's chain; the row is there from the company's first moment on, and
# locked by whoever seals.
chain: Final = Table(
    "chain",
    metadata,
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

# What was done to records, to be told to subscribers: read by (xid, id), see db/outbox.py. Nothing
# refers to anything: rows are gone within a day, and writing them must cost next to nothing.
outbox: Final = Table(
    "outbox",
    metadata,
    Column("xid", TransactionId, primary_key=True, server_default=text("pg_current_xact_id()")),
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", MOMENT, nullable=False, server_default=NOW),
    Column("company_id", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("module", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("change_id", BigInteger, nullable=False),
    Column("comment_id", BigInteger),
)

# What administrators made of rights and users, and who signed in, append-only (db/journal.py).
# `subject` is a node's id, or the name of a module; `fields` [{name, before, after}] in JSON form.
# The actor of an attempt to sign in is the user who was named.
event: Final = Table(
    "event",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("at", MOMENT, nullable=False, server_default=NOW),
    Column("actor_id", ForeignKey(principal.c.id), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("address", Text),
    Index("ix_event_company_id_id", "company_id", "id"),
    Index("ix_event_company_id_kind_id", "company_id", "kind", "id"),
)

# The last number given of each series; its row is locked until the number's record is written.
counter: Final = Table(
    "counter",
    metadata,
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("series", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

# What was done under a client's key: `digest` of the request, `result` the ids it gave.
idempotency: Final = Table(
    "idempotency",
    metadata,
    Column("user_id", ForeignKey(principal.c.id), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("result", JSONB),
    Column("at", MOMENT, nullable=False, server_default=NOW, index=True),
)

# Lists of a module's records that people keep: `columns`, `filter` and `order_by` as the client
# spelt them (graph/resolvers/list_input.py), null for those of the layout, for all, for newest
# first. No history: a list holds no data, and deleting it leaves all records as they are.
saved_list: Final = Table(
    "saved_list",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), nullable=False),
    Column("module", Text, nullable=False),
    Column("owner_id", ForeignKey(principal.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("columns", JSONB(none_as_null=True)),
    Column("filter", JSONB(none_as_null=True)),
    Column("order_by", JSONB(none_as_null=True)),
    Column("shared", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("created_at", MOMENT, nullable=False, server_default=NOW),
    Column("updated_at", MOMENT, nullable=False, server_default=NOW),
)
Index(
    "uq_saved_list_owner_id_company_id_module_name",
    saved_list.c.owner_id,
    saved_list.c.company_id,
    saved_list.c.module,
    text('fold(name) COLLATE "C"'),
    unique=True,
)
Index(
    "ix_saved_list_company_id_module_name",
    saved_list.c.company_id,
    saved_list.c.module,
    text('fold(name) COLLATE "C"'),
    postgresql_where=saved_list.c.shared,
)

# One list, shared with a user, a team or a role: beside the company, where it is shared with that.
list_share: Final = Table(
    "list_share",
    metadata,
    Column("list_id", ForeignKey(saved_list.c.id, ondelete="CASCADE"), primary_key=True),
    Column("principal_id", ForeignKey(principal.c.id), primary_key=True, index=True),
    Column("writes", Boolean, nullable=False),
)

# The list that a user sees first of a module; without a row, all its records.
default_list: Final = Table(
    "default_list",
    metadata,
    Column("user_id", ForeignKey(app_user.c.id), primary_key=True),
    Column("company_id", ForeignKey(company.c.id), primary_key=True),
    Column("module", Text, primary_key=True),
    Column("list_id", ForeignKey(saved_list.c.id, ondelete="CASCADE"), nullable=False, index=True),
)
