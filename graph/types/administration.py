"""Access rights and users, as administrators read and change them: docs/access.md."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry
from strawberry import UNSET

from db import administering
from db.explaining import ABOUT, AccessReason
from db.rights import HIDDEN, READ
from graph.resolvers import administration as resolvers
from graph.resolvers import lists
from graph.types.errors import UserError
from graph.types.fields import annotate, described, enumerated, resolved
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.parties import Party
from graph.types.record import Record

LEFT_OUT = "What is left out stays as it is."
FOR_ADMINISTRATORS = "For administrators."


class SharingLevel(Enum):
    PRIVATE = "PRIVATE"
    READ = "READ"
    READ_WRITE = "READ_WRITE"


class GrantedAction(Enum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    EXPORT = "export"
    COMMENT = "comment"


enumerated(
    SharingLevel,
    "What everyone in the company may do to the records of a module.",
    {
        "PRIVATE": "Nothing: they show to who has a right of their own.",
        "READ": "Read them.",
        "READ_WRITE": "Read, change and delete them.",
    },
)
enumerated(
    GrantedAction,
    "What a profile lets users do to the records of a module, where they may otherwise.",
    {
        "READ": "See them; without it there are none, and no other action.",
        "CREATE": "Make new ones.",
        "EDIT": "Change them.",
        "DELETE": "Put them in the recycle bin.",
        "EXPORT": "Take them out as a file.",
        "COMMENT": "Comment on them.",
    },
)
enumerated(AccessReason, "What decides whether a user sees a record.", ABOUT)


@strawberry.type(
    description="A place in the tree of roles: who has it has what users of the roles below own."
)
class Role:
    id: strawberry.ID = resolved(resolvers.spelt_id("role"), "`role-5`.")
    name: str = strawberry.field(description="What it is called.")
    parent: Role | None = resolved(resolvers.one("role", "parent_id"), "The role it is below.")
    users: int = strawberry.field(description="How many users have it.")


@strawberry.type(description="A team with who is in it.")
class TeamMembers:
    id: strawberry.ID = resolved(resolvers.spelt_id("team"), "`team-4`.")
    name: str = strawberry.field(description="What it is called.")
    members: list[Party] = resolved(
        resolvers.members, "Users, roles (everyone who has them) and teams (everyone in them)."
    )


@strawberry.type(description="What a profile grants in a module.")
class Grant:
    module: str | None = strawberry.field(
        description="The module; null for every one that has no grant of its own."
    )
    actions: list[GrantedAction] = resolved(
        lambda root: [GrantedAction(each) for each in root["actions"]], "What is granted."
    )


@strawberry.enum(description="What a profile lets users do to a field.")
class FieldLevel(Enum):
    HIDDEN = strawberry.enum_value(HIDDEN, description="Nothing: it is as if it were not there.")
    READ = strawberry.enum_value(READ, description="See it, and not write it.")


@strawberry.type(description="A field that a profile hides, or lets be read only.")
class FieldLimit:
    module: str = strawberry.field(description="Its module; `LineItem` for lines of documents.")
    name: str = strawberry.field(description="The field: `creditLimit`, `custom.loyaltyLevel`.")
    level: FieldLevel = resolved(lambda root: FieldLevel(root["level"]), "What is left of it.")


@strawberry.type(description="What users may do to what they see, by module.")
class Profile:
    id: strawberry.ID = resolved(resolvers.spelt_id("profile"), "`profile-2`.")
    name: str = strawberry.field(description="What it is called.")
    grants: list[Grant] = resolved(resolvers.grants, "What it grants; nothing but this.")
    fields: list[FieldLimit] = resolved(
        resolvers.limits, "The fields that it hides, or lets be read only; others are as granted."
    )


@strawberry.type(description="What everyone in the company may do to the records of a module.")
class ModuleSharing:
    module: str = strawberry.field(description="The module: `CustomerInvoice`.")
    level: SharingLevel = resolved(lambda root: SharingLevel(root["level"]), "What they may do.")


@strawberry.type(
    description="Records of a module that are shared: what members of a role (and of those below "
    "it) or team own, with everyone who has another role or is in another team."
)
class SharingRule:
    id: strawberry.ID = resolved(resolvers.spelt_id("rule"), "`rule-9`.")
    module: str = strawberry.field(description="The module: `CustomerInvoice`.")
    owners: Party | None = resolved(resolvers.party("from_id"), "Whose records are shared.")
    shared_with: Party | None = resolved(resolvers.party("to_id"), "With whom.")
    writes: bool = strawberry.field(description="Whether to change and delete them too.")


@strawberry.type(description="A user, as administrators keep them.")
class UserAccount:
    id: strawberry.ID = resolved(resolvers.spelt_id("user"), "`user-3`.")
    name: str = strawberry.field(description="What they are called.")
    email: str = strawberry.field(description="The address they sign in with.")
    administrator: bool = strawberry.field(description="Whether they see and do everything.")
    configures: bool = strawberry.field(
        description="Whether they set up modules (layouts, custom fields); administrators do."
    )
    active: bool = strawberry.field(description="Whether they may sign in and act.")
    language: str = strawberry.field(description="The language they are answered in: fr, en.")
    created_at: datetime = strawberry.field(description="When they were made.")
    role: Role | None = resolved(
        resolvers.one("role", "role_id"), "Their role in the company acted in."
    )
    profile: Profile | None = resolved(
        resolvers.one("profile", "profile_id"),
        "Their profile in the company acted in; without one, everything is granted.",
    )


@strawberry.type(description="A user at their place in a list.")
class UserAccountEdge:
    cursor: str = strawberry.field(description="Where the user stands in the list.")
    node: UserAccount = strawberry.field(description="The user.")


@strawberry.type(description="A page of users.")
class UserAccountConnection:
    edges: list[UserAccountEdge] = resolved(lists.edges, EDGES)
    nodes: list[UserAccount] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


@strawberry.type(description="Why a user sees a record, or does not.")
class AccessExplanation:
    reason: AccessReason = strawberry.field(description="What decides.")
    read: bool = strawberry.field(description="Whether they see it.")
    edit: bool = strawberry.field(description="Whether they may change it, unless it is locked.")
    delete: bool = strawberry.field(description="Whether they may delete it, unless it is locked.")
    rule: SharingRule | None = strawberry.field(description="The rule, where one decides.")


@strawberry.input(description=f"A role. {LEFT_OUT}")
class RoleInput:
    name: str | None = strawberry.field(description="What to call it.", default=UNSET)
    parent: strawberry.ID | None = strawberry.field(
        description="The role it is below; null for none.", default=UNSET
    )


@strawberry.input(description=f"A team. {LEFT_OUT}")
class TeamInput:
    name: str | None = strawberry.field(description="What to call it.", default=UNSET)
    members: list[strawberry.ID] | None = strawberry.field(
        description="Who is in it, in place of who was: `user-3`, `role-5`, `team-4`.",
        default=UNSET,
    )


@strawberry.input(description="What a profile grants in a module.")
class GrantInput:
    actions: list[GrantedAction] = strawberry.field(description="What is granted.")
    module: str | None = strawberry.field(
        description="The module; null for every one that has no grant of its own.", default=UNSET
    )


@strawberry.input(description="A field that a profile is to hide, or to let be read only.")
class FieldLimitInput:
    module: str = strawberry.field(description="Its module; `LineItem` for lines of documents.")
    name: str = strawberry.field(description="The field: `creditLimit`, `custom.loyaltyLevel`.")
    level: FieldLevel = strawberry.field(description="What is to be left of it.")


@strawberry.input(description=f"A profile. {LEFT_OUT}")
class ProfileInput:
    name: str | None = strawberry.field(description="What to call it.", default=UNSET)
    grants: list[GrantInput] | None = strawberry.field(
        description="What it grants, in place of what it did.", default=UNSET
    )
    fields: list[FieldLimitInput] | None = strawberry.field(
        description="All the fields that it limits, in place of those it did.", default=UNSET
    )


ROLE_IN = "Their role in the company acted in; null for none."
PROFILE_IN = "Their profile there; null for none, and everything granted."


@strawberry.input(description="A new user of the company.")
class CreateUserInput:
    name: str = strawberry.field(description="What they are called.")
    email: str = strawberry.field(description="The address they sign in with.")
    password: str | None = strawberry.field(
        description="Their password; without one they can't sign in by it.", default=UNSET
    )
    language: str | None = strawberry.field(description="fr or en.", default=UNSET)
    administrator: bool | None = strawberry.field(
        description="Whether they see and do everything.", default=UNSET
    )
    configures: bool | None = strawberry.field(
        description="Whether they set up modules (layouts, custom fields), and no more by that.",
        default=UNSET,
    )
    role: strawberry.ID | None = strawberry.field(description=ROLE_IN, default=UNSET)
    profile: strawberry.ID | None = strawberry.field(description=PROFILE_IN, default=UNSET)


@strawberry.input(description=f"What changes on a user. {LEFT_OUT}")
class UpdateUserInput:
    name: str | None = strawberry.field(description="What they are called.", default=UNSET)
    email: str | None = strawberry.field(
        description="The address they sign in with.", default=UNSET
    )
    administrator: bool | None = strawberry.field(
        description="Whether they see and do everything.", default=UNSET
    )
    configures: bool | None = strawberry.field(
        description="Whether they set up modules (layouts, custom fields), and no more by that.",
        default=UNSET,
    )
    active: bool | None = strawberry.field(
        description="Whether they may sign in and act; see `deactivateUser` too.", default=UNSET
    )
    role: strawberry.ID | None = strawberry.field(description=ROLE_IN, default=UNSET)
    profile: strawberry.ID | None = strawberry.field(description=PROFILE_IN, default=UNSET)


WRONG = "What to put right."
HANDED_OVER = "How many records have the new owner now."
KEPT = "How many could not be handed over."
REMAINING = "How many are still to be handed over."
COMPLETE = "Whether none remains; otherwise ask again, for the next ones."


@strawberry.type(description="A role made or changed.")
class RolePayload:
    role: Role | None = resolved(resolvers.one("role", "role_id"), "The role; null if refused.")
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A team made or changed.")
class TeamPayload:
    team: TeamMembers | None = resolved(
        resolvers.one("team", "team_id"), "The team; null if refused."
    )
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A profile made or changed.")
class ProfilePayload:
    profile: Profile | None = resolved(
        resolvers.one("profile", "profile_id"), "The profile; null if refused."
    )
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A role, profile or rule deleted.")
class DeleteRightPayload:
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A module shared with everyone, or no more.")
class ModuleSharingPayload:
    sharing: ModuleSharing | None = strawberry.field(description="As it is now; null if refused.")
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A sharing rule made.")
class SharingRulePayload:
    rule: SharingRule | None = strawberry.field(description="The rule; null if refused.")
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A record shared, or no more.")
class RecordSharePayload:
    record: Record | None = resolved(resolvers.shared_record, "The record; null if refused.")
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A user made or changed.")
class UserAccountPayload:
    user: UserAccount | None = strawberry.field(description="The user; null if refused.")
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A user deactivated, and what became of their records.")
class DeactivateUserPayload:
    user: UserAccount | None = strawberry.field(description="The user; null if refused.")
    handed_over: int = strawberry.field(description=HANDED_OVER)
    kept: int = strawberry.field(description=KEPT)
    remaining: int = strawberry.field(description=REMAINING)
    complete: bool = strawberry.field(description=COMPLETE)
    errors: list[UserError] = strawberry.field(description=WRONG)


@strawberry.type(description="A team dissolved, and what became of its records.")
class DeleteTeamPayload:
    deleted: bool = strawberry.field(description="Whether it is dissolved: it owned nothing more.")
    handed_over: int = strawberry.field(description=HANDED_OVER)
    kept: int = strawberry.field(description=KEPT)
    remaining: int = strawberry.field(description=REMAINING)
    complete: bool = strawberry.field(description=COMPLETE)
    errors: list[UserError] = strawberry.field(description=WRONG)


USER_ID = described(strawberry.ID, "The user: `user-3`.")
RECORD_ID = described(strawberry.ID, "The record.")
MODULE = described(str, "Its name: `CustomerInvoice`.")
SHARED_WITH = described(strawberry.ID, "A user or a team: `user-3`, `team-4`.", "with")
PARTY = "A role or a team: `role-5`, `team-4`."


@strawberry.type
class AdministrationQuery:
    roles: list[Role] = resolved(
        resolvers.listed("role"), f"The roles of the company. {FOR_ADMINISTRATORS}"
    )
    teams: list[TeamMembers] = resolved(
        resolvers.listed("team"), f"The teams of the company. {FOR_ADMINISTRATORS}"
    )
    profiles: list[Profile] = resolved(
        resolvers.listed("profile"), f"The profiles of the company. {FOR_ADMINISTRATORS}"
    )
    module_sharing: list[ModuleSharing] = resolved(
        resolvers.module_sharing,
        f"What everyone may do to the records of each module. {FOR_ADMINISTRATORS}",
    )
    sharing_rules: list[SharingRule] = resolved(
        resolvers.listed("rule"), f"The sharing rules of the company. {FOR_ADMINISTRATORS}"
    )
    users: UserAccountConnection = resolved(
        annotate(
            resolvers.list_users,
            search=described(
                str | None, "Names and addresses starting with this, whatever case and accents."
            ),
            **page_arguments(),
        ),
        f"The users who may act in the company, by name. {FOR_ADMINISTRATORS}",
    )
    explain_access: AccessExplanation | None = resolved(
        annotate(resolvers.explained, record=RECORD_ID, user=USER_ID),
        f"Why a user sees a record, or does not. {FOR_ADMINISTRATORS}",
    )


@strawberry.type
class AdministrationMutation:
    create_role: RolePayload = resolved(
        annotate(resolvers.creating("role"), input=described(RoleInput, "What it is.")),
        f"Make a role. {FOR_ADMINISTRATORS}",
    )
    update_role: RolePayload = resolved(
        annotate(
            resolvers.updating("role"),
            id=described(strawberry.ID, "The role: `role-5`."),
            input=described(RoleInput, "What changes."),
        ),
        f"Change a role. {FOR_ADMINISTRATORS}",
    )
    delete_role: DeleteRightPayload = resolved(
        annotate(
            resolvers.deleting("role", administering.delete_role),
            id=described(strawberry.ID, "The role: `role-5`."),
        ),
        f"Delete a role that nothing refers to. {FOR_ADMINISTRATORS}",
    )
    create_team: TeamPayload = resolved(
        annotate(resolvers.creating("team"), input=described(TeamInput, "What it is.")),
        f"Make a team. {FOR_ADMINISTRATORS}",
    )
    update_team: TeamPayload = resolved(
        annotate(
            resolvers.updating("team"),
            id=described(strawberry.ID, "The team: `team-4`."),
            input=described(TeamInput, "What changes."),
        ),
        f"Change a team. {FOR_ADMINISTRATORS}",
    )
    delete_team: DeleteTeamPayload = resolved(
        annotate(
            resolvers.delete_team,
            id=described(strawberry.ID, "The team: `team-4`."),
            new_owner=described(
                strawberry.ID | None,
                "Who gets its records, in the recycle bin or out of it; refused without, where it "
                "owns some.",
            ),
        ),
        "Dissolve a team: nobody is in it any more, and nothing is shared with it. Its records, up "
        f"to 5,000 at a time, are handed over before. {FOR_ADMINISTRATORS}",
    )
    create_profile: ProfilePayload = resolved(
        annotate(resolvers.creating("profile"), input=described(ProfileInput, "What it is.")),
        f"Make a profile. {FOR_ADMINISTRATORS}",
    )
    update_profile: ProfilePayload = resolved(
        annotate(
            resolvers.updating("profile"),
            id=described(strawberry.ID, "The profile: `profile-2`."),
            input=described(ProfileInput, "What changes."),
        ),
        f"Change a profile. {FOR_ADMINISTRATORS}",
    )
    delete_profile: DeleteRightPayload = resolved(
        annotate(
            resolvers.deleting("profile", administering.delete_profile),
            id=described(strawberry.ID, "The profile: `profile-2`."),
        ),
        f"Delete a profile that no user has. {FOR_ADMINISTRATORS}",
    )
    set_module_sharing: ModuleSharingPayload = resolved(
        annotate(
            resolvers.set_sharing,
            module=MODULE,
            level=described(SharingLevel, "What everyone may do."),
        ),
        f"Share the records of a module with everyone, or no more. {FOR_ADMINISTRATORS}",
    )
    add_sharing_rule: SharingRulePayload = resolved(
        annotate(
            resolvers.add_rule,
            module=MODULE,
            from_=described(strawberry.ID, f"Whose records. {PARTY}", "from"),
            with_=described(strawberry.ID, f"With whom. {PARTY}", "with"),
            writes=described(bool, "Whether to change and delete them too."),
        ),
        "Share what members of a role (and of those below it) or team own of a module. "
        f"{FOR_ADMINISTRATORS}",
    )
    delete_sharing_rule: DeleteRightPayload = resolved(
        annotate(
            resolvers.deleting("rule", administering.delete_rule),
            id=described(strawberry.ID, "The rule: `rule-9`."),
        ),
        f"Delete a sharing rule. {FOR_ADMINISTRATORS}",
    )
    share_record: RecordSharePayload = resolved(
        annotate(
            resolvers.share_record,
            record=RECORD_ID,
            with_=SHARED_WITH,
            writes=described(bool, "Whether they may change and delete it too."),
        ),
        "Share one record with a user or team. Takes the right to edit it.",
    )
    unshare_record: RecordSharePayload = resolved(
        annotate(resolvers.unshare_record, record=RECORD_ID, with_=SHARED_WITH),
        "Share a record with a user or team no more. Takes the right to edit it.",
    )
    create_user: UserAccountPayload = resolved(
        annotate(resolvers.create_user, input=described(CreateUserInput, "Who they are.")),
        f"Make a user of the company. {FOR_ADMINISTRATORS}",
    )
    update_user: UserAccountPayload = resolved(
        annotate(
            resolvers.update_user, id=USER_ID, input=described(UpdateUserInput, "What changes.")
        ),
        f"Change a user. {FOR_ADMINISTRATORS}",
    )
    deactivate_user: DeactivateUserPayload = resolved(
        annotate(
            resolvers.deactivate_user,
            id=USER_ID,
            new_owner=described(strawberry.ID, "Who gets their records: `user-3`, `team-4`."),
        ),
        "Let a user sign in and act no more, and hand over what they own in the company, in the "
        f"recycle bin or out of it, up to 5,000 records at a time. {FOR_ADMINISTRATORS}",
    )
