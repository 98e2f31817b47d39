"""What people are told: complete in both languages, well spaced, and reachable from every error."""

from __future__ import annotations

import re
import string
from decimal import Decimal
from typing import NamedTuple, get_args

import pytest

from db import errors
from db.errors import (
    Action,
    BadCursor,
    BadFilter,
    BadGroup,
    BadPage,
    BadUserInput,
    Busy,
    Conflict,
    DocumentRefused,
    ErrorCode,
    FichesError,
    FieldConflict,
    Forbidden,
    IdempotencyMismatch,
    Internal,
    InvalidInput,
    KeyRefused,
    Locked,
    NotFound,
    NotUnique,
    Problem,
    RateLimited,
    RowsRefused,
    Timeout,
    TooComplex,
    Unauthenticated,
)
from db.messages import MESSAGES, message


class Words(NamedTuple):
    fr: str
    en: str


SUBJECT = Words("Objet", "Subject")
WORD_BY_WORD = {"automatic_unknown", "automatic_unsupported"}
"""What programs compare, as Apollo's servers say it."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_has_both_languages_and_the_same_placeholders(key: str) -> None:
    french, english = MESSAGES[key]

    assert french
    assert english
    assert (french != english) == (key not in WORD_BY_WORD)
    assert placeholders(french) == placeholders(english)
    assert all(name.isidentifier() for name in placeholders(french))


@pytest.mark.parametrize("key", MESSAGES)
def test_french_is_spaced_as_french_is(key: str) -> None:
    french, english = MESSAGES[key]
    prose = re.sub(r"https?://|\{\{.*\}\}|[0-9:+]{5,}|Authorization:|Accept:", "", french)

    assert not re.search("(?<!\u202f)[;!?]|(?<!\u00a0)[:»]|«(?!\u00a0)|'", prose)
    assert not re.search("[\u202f\u00a0«»]", english)


def test_a_message_speaks_the_language_of_the_viewer() -> None:
    assert message("required", "fr", label=SUBJECT) == "Objet est obligatoire."
    assert message("required", "fr-CA", label=SUBJECT) == "Objet est obligatoire."
    assert message("required", "en", label=SUBJECT) == "Subject is required."
    assert message("required", "de", label="Name") == "Name is required."


def test_numbers_and_lists_are_written_as_people_write_them() -> None:
    assert message("too_long", "fr", label="Note", maximum=100_000) == (
        "Note doit tenir en 100\u202f000 caractères."
    )
    assert message("out_of_range", "en", label="Rate", minimum=0, maximum=Decimal("1000.5")) == (
        "Rate must be between 0 and 1,000.5."
    )
    assert message("unknown_field", "en", name="nmae", accepted=["name", "number"]) == (
        "“nmae” is not a field. Possible fields: name, number."
    )


def test_what_a_client_sent_is_quoted_short_and_harmless() -> None:
    long = message("unknown_field", "en", name="x" * 1000, accepted=[])
    assert f"“{'x' * 79}…”" in long
    assert message("unknown_field", "en", name="{label}\ud800", accepted=[]).encode()


def test_a_missing_param_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        message("required", "fr")


PROBLEM = Problem(("input", "name"), ErrorCode.REQUIRED, "required", {"label": SUBJECT})
RAISED = [
    Unauthenticated(),
    Unauthenticated("bad_token"),
    Unauthenticated("bad_password"),
    RateLimited(30),
    KeyRefused("key_reads_only"),
    KeyRefused("key_may_not"),
    Forbidden(SUBJECT),
    *(Forbidden(SUBJECT, action) for action in get_args(Action)),
    NotFound(SUBJECT, 42),
    InvalidInput([PROBLEM]),
    NotUnique(("input", "sku"), SUBJECT, "A-1"),
    RowsRefused(["1", "2"], {"2": Locked("FAC-2026-00042")}),
    Conflict([FieldConflict("subject", "a", None, True, SUBJECT), FieldConflict("x", 1, [], {})]),
    Locked("FAC-2026-00042"),
    BadUserInput(("id",), accepted="id, number"),
    BadUserInput(("id",), "bad_id", value="x"),
    BadCursor("after"),
    BadPage("first"),
    BadPage.mixed("last"),
    BadFilter(("filter", "name"), accepted="eq, in"),
    BadFilter(("filter",), "bad_filter_name", name="nmae", accepted=["name"]),
    BadFilter(("filter",), "filter_too_deep", maximum=5),
    BadFilter(("filter",), "filter_too_large", maximum=1000),
    BadGroup(("by", "0"), name="nmae", accepted=["status"]),
    BadGroup(("by", "0"), "not_a_key", name="subject", accepted=["status"]),
    BadGroup(("by", "0"), "not_dated", name="status", accepted=["createdAt"]),
    BadGroup(("groups",), "group_of_group"),
    DocumentRefused("unknown_document", id="own-1"),
    DocumentRefused("trusted_only"),
    RateLimited(30, "rate_of_user"),
    RateLimited(30, "rate_of_address"),
    TooComplex(60_000, 50_000),
    TooComplex(21, 20, "query_depth"),
    IdempotencyMismatch("k-1"),
    Timeout(10),
    Busy(),
    Internal("3f2a"),
]


@pytest.mark.parametrize(
    "error", RAISED, ids=lambda error: f"{error.code.value}-{error.message_key}"
)
def test_an_error_can_be_told_in_both_languages(error: FichesError) -> None:
    told: list[FichesError | Problem] = [error, *error.problems]

    assert error.problems
    for said in told:
        assert said.message("fr") != said.message("en")


def family(kind: type[FichesError]) -> set[type[FichesError]]:
    return {kind}.union(*(family(child) for child in kind.__subclasses__()))


def test_every_error_is_tried_and_stands_in_the_tree() -> None:
    known = family(FichesError) - {FichesError}

    assert {type(error) for error in RAISED} == known
    assert all(re.search(rf"─ {kind.__name__} ", errors.__doc__ or "") for kind in known)


def test_every_code_is_described() -> None:
    assert all(code.description.endswith(".") for code in ErrorCode)
    assert ErrorCode["NOT_FOUND"] is ErrorCode.NOT_FOUND
    assert all(code.name == code.value for code in ErrorCode)


def test_input_is_corrected_value_by_value() -> None:
    other = Problem(("input", "dueOn"), ErrorCode.INVALID, "not_a_date", {"label": "Due date"})

    error = InvalidInput([PROBLEM, other])

    assert error.code == ErrorCode.INVALID
    assert InvalidInput([PROBLEM]).code == ErrorCode.REQUIRED
    assert [problem.path for problem in error.problems] == [("input", "name"), ("input", "dueOn")]
    assert error.problems[0].message("en") == "Subject is required."
    assert error.message("en") == "Nothing was saved. Values to correct: 2."


def test_a_conflict_shows_all_three_values_of_each_field() -> None:
    clash = FieldConflict("subject", yours="Mars", stored="Avril", original="Mai", label=SUBJECT)

    error = Conflict([clash], ("input",))

    [problem] = error.problems
    assert (problem.path, problem.code, problem.conflict) == (
        ("input", "subject"),
        ErrorCode.CONFLICT,
        clash,
    )
    assert problem.message("en") == (
        "Subject has meanwhile changed: it was “Mai”, it is now “Avril”, you give “Mars”. "
        "Choose, then retry with the current version."
    )
