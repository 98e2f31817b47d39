"""The event journal: what was done to rights and users, and who signed in. docs/access.md."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from db.journal import FILTERS, EventKind
from db.kinds import Json
from graph.resolvers import journal, lists
from graph.types.compare import compared
from graph.types.fields import Fields, annotate, described, enumerated, resolved
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.people import Actor

enumerated(
    EventKind,
    "What was done.",
    {
        "ROLE_CREATED": "A role was made.",
        "ROLE_CHANGED": "A role was renamed, or put below another.",
        "ROLE_DELETED": "A role was deleted.",
        "TEAM_CREATED": "A team was made.",
        "TEAM_CHANGED": "A team was renamed, or its members changed.",
        "TEAM_DELETED": "A team was dissolved.",
        "PROFILE_CREATED": "A profile was made.",
        "PROFILE_CHANGED": "A profile grants or hides something else.",
        "PROFILE_DELETED": "A profile was deleted.",
        "SHARING_CHANGED": "A module is shared with everyone otherwise than before.",
        "RULE_CREATED": "A sharing rule was made.",
        "RULE_CHANGED": "A sharing rule lets write, or no more.",
        "RULE_DELETED": "A sharing rule was deleted.",
        "USER_CREATED": "A user was made.",
        "USER_CHANGED": "A user was changed, let in or shut out.",
        "RECORDS_HANDED_OVER": "What a user or a team owned was given to another.",
        "SIGNED_IN": "A user of the company signed in with their password.",
        "SIGN_IN_FAILED": "Somebody came with the address of a user and not their password.",
        "PASSWORD_CHANGED": "A user changed their password.",
    },
)


@strawberry.type(description="What an event changed of its subject.")
class EventField:
    name: str = resolved(lambda root: root["name"], "What was changed: `parent`, `grants`.")
    before: Json | None = resolved(lambda root: root["before"], "What it was; null for nothing.")
    after: Json | None = resolved(lambda root: root["after"], "What it is since.")


def event_id(root: Any) -> str:
    return f"event-{root['id']}"


@strawberry.type(description="Something done to rights or users, or by who signs in.")
class Event:
    id: strawberry.ID = resolved(event_id, "`event-7`.")
    at: datetime = strawberry.field(description="When.")
    actor: Actor = resolved(
        journal.actor, "Who; of an attempt to sign in the user it was made in the name of."
    )
    kind: EventKind = resolved(lambda root: EventKind(root["kind"]), "What was done.")
    subject: str = strawberry.field(description="To what: `role-5`, `user-3`, a module's name.")
    name: str = strawberry.field(description="What that was called.")
    fields: list[EventField] = strawberry.field(description="What changed.")
    address: str | None = strawberry.field(
        description="Where it came from, of what signing in is about."
    )


@strawberry.type(description="An event at its place in the journal.")
class EventEdge:
    cursor: str = strawberry.field(description="Where the event stands in the list.")
    node: Event = strawberry.field(description="The event.")


@strawberry.type(description="A page of the event journal, newest first.")
class EventConnection:
    edges: list[EventEdge] = resolved(lists.edges, EDGES)
    nodes: list[Event] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


class EventFilter:
    """A filter of events."""


fields = Fields()
for name, (of, value, about) in {
    "actor": ("ID", strawberry.ID, "Who: `user-3`."),
    "kind": ("EventKind", EventKind, "What was done."),
    "at": ("DateTime", datetime, "When: a period."),
}.items():
    fields.maybe(name, compared(of, value, FILTERS[name][1]), about)
fields.build(
    EventFilter, strawberry.input, description="Events of the journal. Every condition must hold."
)


@strawberry.type
class JournalQuery:
    events: EventConnection = resolved(
        annotate(
            journal.events,
            filter=described(EventFilter | None, "Which of them; all unless given."),
            **page_arguments(),
        ),
        "What was done to the company's rights and users, and who signed in, newest first. "
        "For administrators.",
    )
