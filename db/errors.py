"""Everything the service refuses, as one tree.

    FichesError
      ├── Unauthenticated          nobody, or nobody known, is asking
      ├── RateLimited              too much, or too many failures to sign in, for now
      ├── Forbidden                the viewer's profile does not allow it
      │    └── KeyRefused          the API key that acts for the viewer does not allow it
      ├── NotFound                 no such record, or none the viewer may see
      ├── InvalidInput             values to correct: every one of them, each with its path
      │    └── NotUnique           a value that another record has
      ├── RowsRefused              some of many records, where all or nothing was asked for
      ├── Conflict                 somebody changed the same fields meanwhile
      ├── Locked                   the record may not change any more
      ├── DocumentRefused          no document by that id, or none but trusted ones
      ├── BadUserInput             an argument that means nothing
      │    ├── BadCursor           a cursor of another list, or of none
      │    ├── BadPage             a page of no size, or too large, or in two directions
      │    ├── BadFilter           a filter or an order that its module does not know
      │    └── BadGroup            groups by what makes none
      ├── TooComplex               more asked for than one operation may
      ├── IdempotencyMismatch      a key used before, for something else
      ├── Timeout                  stopped for taking too long
      ├── Busy                     no room now; later there will be
      └── Internal                 our fault; the log has the rest

Each has a `code`, which programs switch on, and `problems`, which people read: at least one, each
with its path and its message in the viewer's language. Nothing internal is in either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from db.messages import message

if TYPE_CHECKING:
    from db.kinds import Invalid

Path = tuple[str, ...]
"""From the argument or the input's root to the value at fault, as the client spelt it."""

Action = Literal["read", "create", "edit", "delete", "export", "comment"]


class ErrorCode(str, Enum):
    """What went wrong, for programs."""

    description: str

    def __new__(cls, value: str, description: str) -> ErrorCode:
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    NOT_FOUND = "NOT_FOUND", "There is no such record, or none that the viewer may see."
    INVALID = "INVALID", "A value that its field does not take; the message says what it takes."
    REQUIRED = "REQUIRED", "A value that may not be left out or null."
    NOT_UNIQUE = "NOT_UNIQUE", "A value that another record has, in a field without duplicates."
    TOO_LONG = "TOO_LONG", "A text longer than its field takes."
    READ_ONLY = "READ_ONLY", "A field that only the service, or only an action, writes."
    CONFLICT = "CONFLICT", "A field changed by someone else since the expected version."
    LOCKED = "LOCKED", "A record that may not change any more, such as a validated invoice."
    FORBIDDEN = "FORBIDDEN", "Something that the viewer's profile does not allow."
    UNAUTHENTICATED = "UNAUTHENTICATED", "No token, or one that is wrong or has expired."
    RATE_LIMITED = (
        "RATE_LIMITED",
        "Too much asked for in a minute, or too many failures to sign in: `extensions.retryAfter` "
        "says in how many seconds to try.",
    )
    BAD_CURSOR = "BAD_CURSOR", "A cursor that does not come from this list, filter and order."
    BAD_PAGE = "BAD_PAGE", "A page size out of bounds, or first and last mixed up."
    BAD_FILTER = "BAD_FILTER", "A filter or order that the module does not know."
    BAD_GROUP = "BAD_GROUP", "Groups by a field that makes none; the message names those that do."
    BAD_USER_INPUT = "BAD_USER_INPUT", "An argument that cannot be understood."
    PERSISTED_QUERY_NOT_FOUND = (
        "PERSISTED_QUERY_NOT_FOUND",
        "No document is kept under the id that the request gives.",
    )
    PERSISTED_QUERY_NOT_SUPPORTED = (
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "Documents are not registered as they come; send their text.",
    )
    PERSISTED_QUERY_ONLY = (
        "PERSISTED_QUERY_ONLY",
        "Only documents that were loaded before are executed, by their id.",
    )
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX", "More asked for than one operation may."
    TIMEOUT = "TIMEOUT", "An operation stopped because it took too long."
    UNAVAILABLE = "UNAVAILABLE", "The service cannot answer now; try again later."
    IDEMPOTENCY_MISMATCH = (
        "IDEMPOTENCY_MISMATCH",
        "An idempotency key that was used for another request.",
    )
    INTERNAL = "INTERNAL", "A fault of the service; the message gives its reference in the log."


@dataclass(frozen=True)
class FieldConflict:
    """One field that two people changed: `name` as clients know it; the values in JSON form.

    `original` is what the field held at the expected version, `stored` what it holds now.
    """

    name: str
    yours: object
    stored: object
    original: object
    label: object = None
    """The field's Label; without one its name is said."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where, which, and what to say of it."""

    path: Path
    code: ErrorCode
    message_key: str
    params: Mapping[str, object] = field(default_factory=dict)
    conflict: FieldConflict | None = None

    @classmethod
    def of(cls, path: Path, label: object, invalid: Invalid) -> Problem:
        """What the kind of the field at `path`, called `label`, refused."""
        code = ErrorCode.TOO_LONG if invalid.code == "too_long" else ErrorCode.INVALID
        params = {"label": label, **invalid.params}
        return cls((*path, *invalid.path), code, invalid.code, params)

    def message(self, language: str) -> str:
        return message(self.message_key, language, **self.params)


class FichesError(Exception):
    """What a client is told instead of an answer."""

    def __init__(
        self, code: ErrorCode, message_key: str, path: Path = (), **params: object
    ) -> None:
        self.code = code
        self.message_key = message_key
        self.path = path
        self.params = params
        super().__init__(f"{code.value} {'.'.join(path)} {message_key}")

    @property
    def problems(self) -> Sequence[Problem]:
        """What to put right, in the order of the input; just this error unless it holds several."""
        return [Problem(self.path, self.code, self.message_key, self.params)]

    def message(self, language: str) -> str:
        """One sentence for the whole, in French or English."""
        return message(self.message_key, language, **self.params)


class Unauthenticated(FichesError):
    """`message_key`: unauthenticated (no token), bad_token, or bad_password, which does not say
    whether the address is known.
    """

    def __init__(
        self,
        message_key: Literal["unauthenticated", "bad_token", "bad_password"] = "unauthenticated",
    ) -> None:
        super().__init__(ErrorCode.UNAUTHENTICATED, message_key)


class Forbidden(FichesError):
    """`subject` is what the action is on: a module's or field's Label, or a record's title."""

    def __init__(
        self,
        subject: object,
        action: Action | None = None,
        path: Path = (),
        message_key: str | None = None,
    ) -> None:
        key = message_key or (f"forbidden_{action}" if action else "forbidden")
        super().__init__(ErrorCode.FORBIDDEN, key, path, subject=subject)


class RateLimited(FichesError):
    """`seconds` is when to try again; `message_key`: rate_limited (failures to sign in),
    rate_of_user, rate_of_address.
    """

    def __init__(self, seconds: int, message_key: str = "rate_limited") -> None:
        super().__init__(ErrorCode.RATE_LIMITED, message_key, seconds=seconds)
        self.seconds = seconds


class KeyRefused(Forbidden):
    """`message_key`: key_reads_only, or key_may_not (what only a person who signed in may)."""

    def __init__(self, message_key: Literal["key_reads_only", "key_may_not"]) -> None:
        FichesError.__init__(self, ErrorCode.FORBIDDEN, message_key)


class NotFound(FichesError):
    """`kind` is the module's Label (or a word), `id` what was looked for, as given."""

    def __init__(self, kind: object, id: object, path: Path = ()) -> None:
        super().__init__(ErrorCode.NOT_FOUND, "not_found", path, kind=kind, id=str(id))


class InvalidInput(FichesError):
    """Every value to correct, at least one; the code is theirs where they agree, else INVALID."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        codes = {problem.code for problem in problems}
        code = codes.pop() if len(codes) == 1 else ErrorCode.INVALID
        super().__init__(code, "invalid_input", count=len(problems))
        self._problems = tuple(problems)

    def below(self, path: Path) -> InvalidInput:
        """The same of an input that stands at `path`."""
        return InvalidInput([replace(each, path=(*path, *each.path)) for each in self._problems])

    @property
    def problems(self) -> Sequence[Problem]:
        return self._problems


class NotUnique(InvalidInput):
    """`value` of the field at `path`, called `label`, is another record's already."""

    def __init__(self, path: Path, label: object, value: object) -> None:
        params = {"label": label, "value": value}
        super().__init__([Problem(path, ErrorCode.NOT_UNIQUE, "not_unique", params)])


class RowsRefused(FichesError):
    """Some of many records were refused, so that none was written: `ids` are all those asked for,
    `refused` says why, by id. The code is theirs where they agree, else INVALID.
    """

    def __init__(self, ids: Sequence[str], refused: Mapping[str, FichesError]) -> None:
        codes = {each.code for each in refused.values()}
        code = codes.pop() if len(codes) == 1 else ErrorCode.INVALID
        super().__init__(code, "rows_refused", ("atomic",), count=len(refused), total=len(ids))
        self.ids = ids
        self.refused = refused


class Conflict(FichesError):
    """The fields that were changed by someone else since the expected version, at least one."""

    def __init__(self, conflicts: Sequence[FieldConflict], path: Path = ()) -> None:
        labels = [conflict.label or conflict.name for conflict in conflicts]
        super().__init__(ErrorCode.CONFLICT, "conflict", path, fields=labels)
        self.conflicts = tuple(conflicts)

    def below(self, path: Path) -> Conflict:
        """The same of an input that stands at `path`."""
        return Conflict(self.conflicts, (*path, *self.path))

    @property
    def problems(self) -> Sequence[Problem]:
        return [
            Problem(
                (*self.path, conflict.name),
                self.code,
                "field_conflict",
                {
                    "label": conflict.label or conflict.name,
                    "yours": conflict.yours,
                    "stored": conflict.stored,
                    "original": conflict.original,
                },
                conflict,
            )
            for conflict in self.conflicts
        ]


class Locked(FichesError):
    """`record` is the number or title of the record that may not change."""

    def __init__(self, record: object, path: Path = ()) -> None:
        super().__init__(ErrorCode.LOCKED, "locked", path, record=record)


class BadUserInput(FichesError):
    """An argument that means nothing; the message says what would."""

    def __init__(
        self,
        path: Path,
        message_key: str = "bad_user_input",
        *,
        code: ErrorCode = ErrorCode.BAD_USER_INPUT,
        **params: object,
    ) -> None:
        super().__init__(code, message_key, path, **{"argument": ".".join(path), **params})


class BadCursor(BadUserInput):
    """`argument` is `after` or `before`."""

    def __init__(self, argument: str) -> None:
        super().__init__((argument,), "bad_cursor", code=ErrorCode.BAD_CURSOR)


class BadPage(BadUserInput):
    """`argument` (`first`, `last`) is out of bounds; see `mixed` for the other way to be wrong."""

    def __init__(
        self,
        argument: str,
        minimum: int = 1,
        maximum: int = 100,
        message_key: str = "bad_page",
    ) -> None:
        super().__init__(
            (argument,),
            message_key,
            code=ErrorCode.BAD_PAGE,
            minimum=minimum,
            maximum=maximum,
        )

    @classmethod
    def mixed(cls, argument: str) -> BadPage:
        """`argument` stands beside one of the other direction."""
        return cls(argument, message_key="bad_page_direction")


class BadFilter(BadUserInput):
    """`path` leads into the filter or order; the key is `bad_filter` (accepted), `bad_filter_name`
    (name, accepted), `filter_too_deep` or `filter_too_large` (maximum).
    """

    def __init__(self, path: Path, message_key: str = "bad_filter", **params: object) -> None:
        super().__init__(path, message_key, code=ErrorCode.BAD_FILTER, **params)


class BadGroup(BadUserInput):
    """`path` leads into `by` or the order; the key is `not_a_key`, `not_dated`, `bad_group_name`
    (name, accepted: Python names), `bad_page` (minimum, maximum) or `group_of_group`.
    """

    def __init__(self, path: Path, message_key: str = "bad_group_name", **params: object) -> None:
        super().__init__(path, message_key, code=ErrorCode.BAD_GROUP, **params)


class DocumentRefused(FichesError):
    """`message_key`: unknown_document (id), automatic_unknown, automatic_unsupported (what Apollo's
    clients switch on, hence in no language), trusted_only.
    """

    CODES: Final = {
        "unknown_document": ErrorCode.PERSISTED_QUERY_NOT_FOUND,
        "automatic_unknown": ErrorCode.PERSISTED_QUERY_NOT_FOUND,
        "automatic_unsupported": ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
        "trusted_only": ErrorCode.PERSISTED_QUERY_ONLY,
    }

    def __init__(self, message_key: str, **params: object) -> None:
        super().__init__(self.CODES[message_key], message_key, (), **params)


class TooComplex(FichesError):
    """More asked for, `requested`, than the `maximum` of one operation. The key says of what:
    query_too_complex (nodes), query_depth, query_fields, query_aliases, query_directives,
    query_fragments, query_mutations, query_tokens, query_values, socket_operations,
    body_too_large (bytes).
    """

    def __init__(
        self, requested: int, maximum: int, message_key: str = "query_too_complex"
    ) -> None:
        super().__init__(
            ErrorCode.QUERY_TOO_COMPLEX, message_key, requested=requested, maximum=maximum
        )


class IdempotencyMismatch(FichesError):
    def __init__(self, key: str) -> None:
        super().__init__(
            ErrorCode.IDEMPOTENCY_MISMATCH,
            "idempotency_mismatch",
            ("idempotencyKey",),
            idempotency_key=key,
        )


class Timeout(FichesError):
    """`seconds` is how long an operation, or with the key body_too_slow its body, may take."""

    def __init__(self, seconds: int, message_key: str = "timeout") -> None:
        super().__init__(ErrorCode.TIMEOUT, message_key, seconds=seconds)


class Busy(FichesError):
    """`seconds` is when to try again."""

    def __init__(self, seconds: int = 1) -> None:
        super().__init__(ErrorCode.UNAVAILABLE, "unavailable", seconds=seconds)


class Internal(FichesError):
    """`reference` is the id under which the log holds what happened."""

    def __init__(self, reference: str) -> None:
        super().__init__(ErrorCode.INTERNAL, "internal", reference=reference)
