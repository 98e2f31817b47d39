"""A prospect becomes an account, a contact and a deal, once, and is then closed."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.books import customer, seen
from tests.client import Client
from tests.saves import act, history, stored, update

MADE = (
    "status convertedAt convertedAccount { id name } convertedContact { id lastName } "
    "convertedDeal { id name }"
)
CONVERT = (
    "mutation ($id: ID!, $account: ID, $contact: ID, $deal: ConversionDealInput) { "
    "convertProspect(id: $id, account: $account, contact: $contact, deal: $deal) { "
    f"prospect {{ {MADE} }} change {{ operation origin version }} "
    "errors { path code message } } }"
)
PREVIEW = (
    "query ($id: ID!, $account: ID, $contact: ID, $deal: Boolean! = false) { prospectConversion("
    "id: $id, account: $account, contact: $contact, deal: $deal) { converted "
    "creates { module values { name value } } lost { name label value display } "
    "duplicates { argument field record { id } } } }"
)


async def prospect(client: Client, **values: Any) -> str:
    given = {"lastName": "Petit", "firstName": "Agathe", "companyName": "Fournil Petit", **values}
    return await client.create("Prospect", **given)


async def convert(client: Client, id: str, **given: Any) -> Any:
    return (await client.ask(CONVERT, id=id, **given))["convertProspect"]


async def refused(client: Client, id: str, **given: Any) -> list[tuple[str, str]]:
    payload = await convert(client, id, **given)
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]


async def preview(client: Client, id: str, **given: Any) -> Any:
    return (await client.ask(PREVIEW, id=id, **given))["prospectConversion"]


async def test_a_prospect_becomes_an_account_a_contact_and_a_deal(client: Client) -> None:
    campaign = await client.create("Campaign", name="Salon")
    source = await prospect(
        client,
        email="agathe@exemple.fr",
        phone="02 47 00 00 00",
        jobTitle="Gérante",
        industry="RETAIL",
        website="https://petit.example",
        address={"city": "Tours"},
        source="TRADE_SHOW",
        emailOptOut=True,
        campaigns=[campaign],
    )

    payload = await convert(client, source, deal={"expectedCloseOn": "2026-12-01", "amount": "900"})

    assert payload["errors"] == []
    assert payload["change"] == {"operation": "CONVERTED", "origin": "CONVERSION", "version": 2}
    made = payload["prospect"]
    account, contact = made["convertedAccount"]["id"], made["convertedContact"]["id"]
    deal = made["convertedDeal"]["id"]
    assert (made["status"], made["convertedAt"] is not None) == ("CONVERTED", True)
    linked = {"campaigns": {"nodes": [{"id": campaign}]}}
    campaigns = "campaigns { nodes { id } }"
    fields = f"name phone industry website billingAddress {{ city }} {campaigns}"
    assert await seen(client, "CustomerAccount", account, fields) == {
        "name": "Fournil Petit",
        "phone": "02 47 00 00 00",
        "industry": "RETAIL",
        "website": "https://petit.example",
        "billingAddress": {"city": "Tours"},
        **linked,
    }
    fields = f"firstName lastName jobTitle email emailOptOut account {{ id }} {campaigns}"
    assert await seen(client, "Contact", contact, fields) == {
        "firstName": "Agathe",
        "lastName": "Petit",
        "jobTitle": "Gérante",
        "email": "agathe@exemple.fr",
        "emailOptOut": True,
        "account": {"id": account},
        **linked,
    }
    fields = "name amount source account { id } contact { id } campaign { id }"
    assert await seen(client, "Deal", deal, fields) == {
        "name": "Fournil Petit",
        "amount": "900.00",
        "source": "TRADE_SHOW",
        "account": {"id": account},
        "contact": {"id": contact},
        "campaign": {"id": campaign},
    }
    (created,) = await history(client, account)
    assert (created["operation"], created["origin"]) == ("CREATED", "CONVERSION")
    told = {
        each["name"]: each["afterDisplay"] for each in (await history(client, source))[-1]["fields"]
    }
    assert told["convertedAccount"] == "Fournil Petit"
    assert told["convertedContact"] == "Agathe Petit"


async def test_a_person_alone_becomes_a_contact(client: Client) -> None:
    source = await prospect(client, companyName=None)

    made = (await convert(client, source))["prospect"]

    assert (made["convertedAccount"], made["convertedDeal"]) == (None, None)
    assert made["convertedContact"]["lastName"] == "Petit"


async def test_an_account_and_a_contact_there_are_used_as_they_are(client: Client) -> None:
    account = await customer(client)
    contact = await client.create("Contact", lastName="Durand")
    first, second = await prospect(client), await prospect(client, phone="1")

    reused = (await convert(client, first, account=account))["prospect"]
    both = (await convert(client, second, account=account, contact=contact))["prospect"]

    assert reused["convertedAccount"] == {"id": account, "name": "Dupont"}
    made = reused["convertedContact"]["id"]
    assert await seen(client, "Contact", made, "account { id }") == {"account": {"id": account}}
    assert both["convertedContact"] == {"id": contact, "lastName": "Durand"}
    kept = await seen(client, "Contact", contact, "phone version account { id }")
    assert kept == {"phone": None, "version": 1, "account": None}


async def test_a_converted_prospect_is_closed_and_not_converted_again(client: Client) -> None:
    source = await prospect(client)
    await convert(client, source)
    before = await stored(client)

    again = await refused(client, source)
    edited = await update(client, "Prospect", source, phone="1")
    deleted = await act(client, "delete", "Prospect", source)

    assert again == [("id", "LOCKED")]
    assert (edited.codes, deleted.codes) == (["LOCKED"], ["LOCKED"])
    assert await stored(client) == before
    await client.comment(source, "Bienvenue")
    assert await client.comments(source) == ["Bienvenue"]


async def test_only_a_conversion_says_that_a_prospect_is_converted(client: Client) -> None:
    source = await prospect(client)

    edited = await update(client, "Prospect", source, status="CONVERTED")

    assert (edited.codes, edited.paths) == (["READ_ONLY"], [["input", "status"]])
    assert "convertProspect" in edited.errors[0]["message"]


async def test_two_who_convert_at_once_make_one_account(client: Client) -> None:
    source = await prospect(client)

    payloads = await asyncio.gather(*(convert(client, source) for _ in range(4)))

    assert sorted(len(each["errors"]) for each in payloads) == [0, 1, 1, 1]
    data = await client.ask("{ customerAccounts { totalCount } contacts { totalCount } }")
    assert data == {"customerAccounts": {"totalCount": 1}, "contacts": {"totalCount": 1}}


async def test_a_refusal_makes_nothing(client: Client) -> None:
    await client.create("Contact", lastName="Petit", email="agathe@exemple.fr")
    source = await prospect(client, email="agathe@exemple.fr")
    before = await stored(client)

    told = [
        await refused(client, source),
        await refused(client, source, account="99999999", contact="rien"),
        await refused(client, "99999999"),
    ]

    assert told == [
        [("contact.email", "NOT_UNIQUE")],
        [("account", "NOT_FOUND"), ("contact", "NOT_FOUND")],
        [("id", "NOT_FOUND")],
    ]
    assert await stored(client) == before


async def test_who_may_not_edit_a_prospect_does_not_convert_it(client: Client) -> None:
    source = await prospect(client)
    other = await client.colleague()
    hidden = await refused(other, source)
    await client.share("Prospect")

    told = await refused(other, source)

    assert (hidden, told) == ([("id", "NOT_FOUND")], [("id", "FORBIDDEN")])


async def test_comments_stay_and_roll_up(client: Client) -> None:
    source = await prospect(client)
    await client.comment(source, "Vue au salon")

    made = (await convert(client, source))["prospect"]

    account = made["convertedAccount"]["id"]
    assert await client.comments(account) == []
    assert await client.comments(account, roll_up=True) == ["Vue au salon"]


async def test_a_preview_says_what_would_be_made_and_what_is_lost(client: Client) -> None:
    source = await prospect(client, phone="1", rating="HOT", source="REFERRAL")
    before = await stored(client)

    found = await preview(client, source)
    with_deal = await preview(client, source, deal=True)
    reusing = await preview(client, source, account="1", contact="2")

    def values(**held: Any) -> list[dict[str, Any]]:
        return [{"name": name, "value": value} for name, value in held.items()]

    rating = {"name": "rating", "label": "Évaluation", "value": "hot", "display": "Chaud"}
    origin = {
        "name": "source",
        "label": "Origine",
        "value": "referral",
        "display": "Recommandation",
    }
    made = [
        {"module": "CustomerAccount", "values": values(name="Fournil Petit", phone="1")},
        {
            "module": "Contact",
            "values": values(firstName="Agathe", lastName="Petit", phone="1"),
        },
    ]
    deal = {"module": "Deal", "values": values(name="Fournil Petit", source="referral")}
    assert found == {
        "converted": False,
        "creates": made,
        "lost": [origin, rating],
        "duplicates": [],
    }
    assert (with_deal["creates"], with_deal["lost"]) == ([*made, deal], [rating])
    assert reusing["creates"] == []
    assert {each["name"] for each in reusing["lost"]} == {
        *("firstName", "lastName", "companyName", "phone", "rating", "source")
    }
    assert await stored(client) == before


async def test_a_preview_proposes_duplicates_that_the_viewer_sees(client: Client) -> None:
    account = await customer(client, "FOURNIL PETIT")
    contact = await client.create("Contact", lastName="P.", email="agathe@exemple.fr")
    source = await prospect(client, email="agathe@exemple.fr")
    other = await client.colleague()
    await client.share("Prospect", "Contact")

    found = await preview(client, source)
    seen_by_other = await preview(other, source)

    same_contact = {"argument": "contact", "field": "email", "record": {"id": contact}}
    assert found["duplicates"] == [
        {"argument": "account", "field": "name", "record": {"id": account}},
        same_contact,
    ]
    assert seen_by_other["duplicates"] == [same_contact]


async def test_a_preview_of_nothing_to_convert(client: Client) -> None:
    source = await prospect(client)
    await convert(client, source)

    assert await preview(client, source) == {
        "converted": True,
        "creates": [],
        "lost": [],
        "duplicates": [],
    }
    assert await preview(client, "99999999") is None
    assert await preview(await client.colleague(), source) is None
