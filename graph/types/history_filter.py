"""Which changes of a history are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from db.changes import FILTERS
from db.history import Operation, Origin
from graph.types.compare import compared
from graph.types.fields import Fields, enumerated

enumerated(
    Operation,
    "What was done to a record.",
    {
        "CREATED": "It was written for the first time.",
        "UPDATED": "Fields, lines or links were changed.",
        "DELETED": "It was put in the recycle bin.",
        "RESTORED": "It was taken out of the recycle bin.",
        "PURGED": "Its time in the recycle bin was over: all but its history is gone.",
        "LINKED": "Records that are linked to it came into one of its tabs.",
        "UNLINKED": "Records that were linked to it left one of its tabs.",
        "COMMENTED": "A comment or a reply was left on it.",
        "COMMENT_EDITED": "The text of one of its comments was changed.",
        "COMMENT_DELETED": "One of its comments was deleted.",
        "FINALISED": "It was validated: numbered, posted and locked.",
        "TAGGED": "Shared tags were put on it.",
        "UNTAGGED": "Shared tags were taken off it.",
        "SHARED": "It was shared with a user or a team, or shared otherwise than before.",
        "UNSHARED": "It is shared with a user or a team no more.",
        "CONVERTED": "Another record was made of it, wholly or in part.",
    },
)
enumerated(
    Origin,
    "The way a change came about.",
    {
        "MANUAL": "By a person who had signed in.",
        "API": "By a program, with a key.",
        "QUICK_CREATE": "By the quick form of a record that points at it.",
        "WORKFLOW": "By a workflow.",
        "IMPORT": "By an import of files.",
        "FORM": "By a form on a web site.",
        "CONVERSION": "By the conversion of a record into another.",
        "RECURRENCE": "By a recurrence that fell due.",
        "SYSTEM": "By the service itself.",
    },
)

ASKED: dict[str, tuple[str, Any, str]] = {
    "actor": ("ID", strawberry.ID, "Who: `user-3`, or `system-0` for the service itself."),
    "operation": ("Operation", Operation, "What was done."),
    "origin": ("Origin", Origin, "The way it came about."),
    "at": ("DateTime", datetime, "When: a period."),
    "field": ("FieldName", str, "A field that it changed, as this schema calls it: `creditLimit`."),
}


class HistoryFilter:
    """A filter of changes."""


fields = Fields()
for name, (of, value, about) in ASKED.items():
    fields.maybe(name, compared(of, value, FILTERS[name][1]), about)
fields.build(
    HistoryFilter, strawberry.input, description="Changes of a record. Every condition must hold."
)
