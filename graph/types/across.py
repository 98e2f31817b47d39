"""What crosses modules: nodes, records of any kind, comments, and who is asking."""

from __future__ import annotations

from asyncio import gather
from datetime import datetime
from typing import Any

import strawberry
from strawberry import Info

from db.errors import BadUserInput
from db.kinds import Json
from graph.context import operation
from graph.resolvers import (
    forms,
    history,
    mutations,
    preferences,
    records,
    recycling,
    searching,
    tags,
)
from graph.resolvers.nodes import MOST, node_of
from graph.resolvers.relating import relating
from graph.types import modules as known
from graph.types.administration import AdministrationMutation, AdministrationQuery
from graph.types.bulk import BulkPayload
from graph.types.comments import Comment
from graph.types.customs import CustomMutation, CustomQuery
from graph.types.errors import UserError
from graph.types.fields import EXPECTED, KEY, annotate, described, resolved
from graph.types.forms import RecordPayload
from graph.types.history import Change, Comparison, RecordAsOf
from graph.types.journal import JournalQuery
from graph.types.modules import ModuleInfo
from graph.types.node import Node
from graph.types.page import page_arguments
from graph.types.parties import SHARED_WITH, WRITES
from graph.types.people import Company, System, Team, User, Viewer
from graph.types.preferences import PreferencesInput, PreferencesPayload
from graph.types.record import Record
from graph.types.record_page import CommentsBlock, KeyFieldsBlock
from graph.types.recycling import (
    DeletedRecordConnection,
    DeletionImpact,
)
from graph.types.saved_lists import List, ListMutation, ListQuery
from graph.types.searching import SearchResult
from graph.types.signing_in import SignInMutation
from graph.types.tabs import RecordConnection
from graph.types.tags import (
    CreateTagInput,
    DeleteTagPayload,
    Tag,
    TagConnection,
    TagPayload,
    UpdateTagInput,
)

NODES = (User, Team, System, Company, Comment, Change, Tag, List)
BLOCKS = (KeyFieldsBlock, CommentsBlock)


@strawberry.type(description="A comment written, changed or deleted.")
class CommentPayload:
    comment: Comment | None = strawberry.field(description="The comment; null where refused.")
    change: Change | None = strawberry.field(description="What the record's history says of it.")
    errors: list[UserError] = strawberry.field(description="What to put right.")


async def node(info: Info, id: Any) -> Any:
    return await node_of(info, str(id))


async def nodes(info: Info, ids: Any) -> Any:
    _ = operation(info).viewer
    if len(ids) > MOST:
        raise BadUserInput(("ids",), "too_many", maximum=MOST)
    return await gather(*(node_of(info, str(id)) for id in ids))


async def viewer(info: Info) -> Any:
    return operation(info).viewer


ID = described(strawberry.ID, "Its id.")
AT = "The present stands for all times to come."


@strawberry.type
class Query(AdministrationQuery, JournalQuery, CustomQuery, ListQuery):
    node: Node | None = resolved(annotate(node, id=ID), "Anything, by its id.")
    nodes: list[Node | None] = resolved(
        annotate(nodes, ids=described(list[strawberry.ID], "Up to 100 ids.")),
        "Several things by their ids, in order; null for those not there.",
    )
    record: Record | None = resolved(
        annotate(records.record, id=ID), "A record of any module, by its id."
    )
    records: RecordConnection = resolved(
        annotate(
            records.records,
            modules=described(list[str] | None, "Of these modules only: `CustomerInvoice`."),
            search=described(
                str | None, "Titles and numbers starting with this, whatever case and accents."
            ),
            **page_arguments(),
        ),
        "Records of any module, newest first.",
    )
    search: SearchResult = resolved(
        annotate(
            searching.search,
            text=described(str, "What to look for, up to 500 characters and 10 words."),
            modules=described(list[str] | None, "In these modules only: `CustomerInvoice`."),
            first=described(int | None, "How many hits of each module, 1 to 20."),
        ),
        "Records of all modules by the words of their titles, by numbers, e-mails, phones and "
        "references, or by how these start. Every word must be found; case, accents and grouping "
        "make no difference.",
    )
    record_as_of: RecordAsOf | None = resolved(
        annotate(history.record_as_of, id=ID, at=described(datetime, f"The time. {AT}")),
        "What a record was, made of its history; null before it was created. Of a record in the "
        "recycle bin too.",
    )
    compare: Comparison | None = resolved(
        annotate(
            history.compare,
            id=ID,
            from_=described(datetime, f"The earlier time. {AT}", "from"),
            to=described(datetime | None, f"The later time; now unless given. {AT}"),
        ),
        "What of a record differs from one time to another.",
    )
    recycle_bin: DeletedRecordConnection = resolved(
        annotate(
            recycling.recycle_bin,
            modules=described(list[str] | None, "Of these modules only: `CustomerInvoice`."),
            search=described(
                str | None, "Titles and numbers starting with this, whatever case and accents."
            ),
            **page_arguments(),
        ),
        "Deleted records of any module, what was deleted last first.",
    )
    deletion_impact: DeletionImpact | None = resolved(
        annotate(recycling.deletion_impact, id=ID),
        "What deleting a record of any module would do. Nothing is written.",
    )
    tags: TagConnection = resolved(
        annotate(
            tags.tags,
            search=described(str | None, "Names starting with this, whatever case and accents."),
            **page_arguments(),
        ),
        "The tags that the viewer sees, by name: shared ones and their own.",
    )
    modules: list[ModuleInfo] = resolved(
        known.modules, "The kinds of record there are, in menu order."
    )
    module: ModuleInfo | None = resolved(
        annotate(known.module, name=described(str, "Its name: `CustomerInvoice`.")),
        "One kind of record.",
    )
    viewer: Viewer = resolved(viewer, "Who is asking.")


KEY_GIVEN = described(str | None, KEY)
HOST = described(strawberry.ID, "The record whose tab it is.")
TAB = described(str, "The tab, one whose `canLink` is true: `campaigns`.")
BODY = described(str, "What to say, up to 20,000 characters.")
ONCE = {"idempotency_key": described(str | None, KEY)}
TAG_ID = described(strawberry.ID, "The tag: `tag-7`.")
MANY = {
    "records": described(
        list[strawberry.ID] | None,
        "Their ids, of any module: up to 10,000, fewer with several tags. These or `filter`.",
    ),
    "module": described(str | None, "The module that `filter` is of: `CustomerInvoice`."),
    "filter": described(
        Json | None, "Those for which it holds, as JSON of the module's filter; `{}` for all."
    ),
    "tags": described(list[strawberry.ID], "The tags, 1 to 20: `tag-7`."),
    "atomic": described(bool, "All or nothing: nothing is written if one of them is refused."),
    **ONCE,
}
COMMENT_ID = described(strawberry.ID, "The comment: `comment-42`.")


@strawberry.type
class Mutation(AdministrationMutation, CustomMutation, ListMutation, SignInMutation):
    add_comment: CommentPayload = resolved(
        annotate(
            mutations.add_comment,
            record=described(
                strawberry.ID | None, "The record to comment on; not needed for a reply."
            ),
            body=BODY,
            parent=described(
                strawberry.ID | None, "The comment to answer: the reply stands on its record."
            ),
        ),
        "Leave a comment on a record, or answer one.",
    )
    restore_fields: RecordPayload = resolved(
        annotate(
            mutations.restore_fields,
            id=ID,
            change=described(strawberry.ID, "The change, one of the record's: `change-7`."),
            fields=described(
                list[str], "Those of its fields to put back, as this schema calls them."
            ),
            expected_version=described(int | None, EXPECTED),
            idempotency_key=KEY_GIVEN,
        ),
        "Put fields of a record back to what they held before a change: a save like any other.",
    )
    create_tag: TagPayload = resolved(
        annotate(tags.create_tag, input=described(CreateTagInput, "What it is."), **ONCE),
        "Make a tag of one's own, shared or not.",
    )
    update_tag: TagPayload = resolved(
        annotate(
            tags.update_tag, id=TAG_ID, input=described(UpdateTagInput, "What changes."), **ONCE
        ),
        "Change a tag: it stays on its records.",
    )
    delete_tag: DeleteTagPayload = resolved(
        annotate(tags.delete_tag, id=TAG_ID, **ONCE),
        "Delete a tag, and take it off its records; refused where those are more than 10,000.",
    )
    share_tag: TagPayload = resolved(
        annotate(tags.share_tag, id=TAG_ID, with_=SHARED_WITH, writes=WRITES),
        "Share a tag with a user, everyone in a team, or everyone who has a role. Takes the right "
        "to change it. With the whole company: `updateTag(input: {shared: true})`.",
    )
    unshare_tag: TagPayload = resolved(
        annotate(tags.unshare_tag, id=TAG_ID, with_=SHARED_WITH),
        "Share a tag with a user, team or role no more: it stays on its records, unseen by them. "
        "Takes the right to change it.",
    )
    add_tags: BulkPayload = resolved(
        annotate(tags.add_tags, **MANY),
        "Put tags on records. One of the company's takes the right to edit the record, even a "
        "locked one; others the right to read it.",
    )
    remove_tags: BulkPayload = resolved(
        annotate(tags.remove_tags, **MANY), "Take tags off records, with the same rights."
    )
    edit_comment: CommentPayload = resolved(
        annotate(mutations.edit_comment, id=COMMENT_ID, body=BODY),
        "Change one's own comment.",
    )
    delete_comment: CommentPayload = resolved(
        annotate(mutations.delete_comment, id=COMMENT_ID),
        "Delete one's own comment; with replies, its place remains.",
    )
    restore_record: RecordPayload = resolved(
        annotate(
            recycling.restore_record,
            id=ID,
            idempotency_key=KEY_GIVEN,
        ),
        "Take a record of any module out of the recycle bin, as it was with all it had.",
    )
    quick_create: RecordPayload = resolved(
        annotate(
            forms.quick_create,
            module=described(str, "The module of the new record: `Contact`."),
            input=described(Json, "What it holds, as its create input has it."),
            from_=known.FROM,
            tab=known.TAB,
            idempotency_key=KEY_GIVEN,
        ),
        "Create a record of any module, from another one: what is left out is taken as its "
        "`quickCreateForm` shows it; null leaves it empty.",
    )
    link: RecordPayload = resolved(
        annotate(
            relating("link", linked=True),
            record=HOST,
            tab=TAB,
            ids=described(list[strawberry.ID], "The records to put in it, up to 1,000."),
            idempotency_key=KEY_GIVEN,
        ),
        "Put records in a tab of a many-to-many relation, from either of its sides.",
    )
    unlink: RecordPayload = resolved(
        annotate(
            relating("unlink", linked=False),
            record=HOST,
            tab=TAB,
            ids=described(list[strawberry.ID], "The records to take out of it, up to 1,000."),
            idempotency_key=KEY_GIVEN,
        ),
        "Take records out of a tab of a many-to-many relation; the records themselves stay.",
    )
    update_preferences: PreferencesPayload = resolved(
        annotate(preferences.updated, input=described(PreferencesInput, "What to prefer.")),
        "Change how values are shown to whoever asks.",
    )
