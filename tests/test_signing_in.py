"""Sessions: short tokens and what refreshes them, signing out, passwords, and too many failures."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt

from db import passwords, sessions, throttling
from db.accounts import add_user, set_password
from db.errors import InvalidInput, RateLimited
from db.forgetting import forget
from tests.client import Client
from tests.conftest import SECRET
from tests.properties import examples

PASSWORD = "une phrase de passe"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PAYLOAD = "{ token expiresAt refreshToken errors { path code message } }"
SIGN_IN = (
    "mutation ($email: String!, $password: String!) "
    f"{{ signIn(email: $email, password: $password) {PAYLOAD} }}"
)
REFRESH = f"mutation ($token: String!) {{ refresh(refreshToken: $token) {PAYLOAD} }}"
SESSIONS = "{ viewer { sessions { id createdAt lastUsedAt expiresAt device address current } } }"
ENDED = "{ ended errors { path code message } }"
CHANGE = (
    "mutation ($current: String!, $new: String!) "
    f"{{ changePassword(current: $current, new: $new) {ENDED} }}"
)


class Person:
    """Somebody with a password, on a network of their own, at a device or none yet."""

    def __init__(self, client: Client, user_id: int, email: str, address: str) -> None:
        self.client, self.user_id, self.email, self.address = client, user_id, email, address
        self.headers = {"User-Agent": FIREFOX, "Accept-Language": "en"}
        self.refresh_token = ""

    async def post(self, document: str, /, **variables: Any) -> httpx2.Response:
        transport = httpx2.ASGITransport(self.client.world.app, client=(self.address, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://x", timeout=60) as http:
            return await http.post(
                "/graphql",
                json={"query": document, "variables": variables},
                headers=self.headers,
            )

    async def ask(self, document: str, /, **variables: Any) -> Any:
        answer = (await self.post(document, **variables)).json()
        assert not answer.get("errors"), answer
        return answer["data"]

    async def code(self, document: str = "{ viewer { id } }", /, **variables: Any) -> str | None:
        """The code of what a document is refused for; None where it is not."""
        answer = (await self.post(document, **variables)).json()
        return answer["errors"][0]["extensions"]["code"] if answer.get("errors") else None

    async def sign_in(self, password: str = PASSWORD, email: str | None = None) -> Any:
        data = await self.ask(SIGN_IN, email=email or self.email, password=password)
        return self.holding(data["signIn"])

    async def refresh(self, token: str | None = None) -> Any:
        data = await self.ask(REFRESH, token=token or self.refresh_token)
        return self.holding(data["refresh"])

    def holding(self, payload: Any) -> Any:
        if payload["token"]:
            self.headers["Authorization"] = f"Bearer {payload['token']}"
            self.refresh_token = payload["refreshToken"]
        return payload

    def elsewhere(self) -> Person:
        """The same at another device."""
        return Person(self.client, self.user_id, self.email, self.address)

    async def sessions(self) -> list[Any]:
        found: list[Any] = (await self.ask(SESSIONS))["viewer"]["sessions"]
        return found


@pytest.fixture
async def person(client: Client) -> Person:
    client.world.users += 1
    number = client.world.users
    email = f"agathe.{client.company_id}.{number}@fiches.example"
    async with client.world.database.pool.acquire() as connection:
        user_id = await add_user(
            connection,
            email=email,
            name="Agathe",
            company_id=client.company_id,
            password=PASSWORD,
        )
    return Person(client, user_id, email, f"10.{number >> 8 & 255}.{number & 255}.1")


def claims(person: Person) -> dict[str, Any]:
    token = person.headers["Authorization"].removeprefix("Bearer ")
    return jwt.decode(token, person.client.world.tokens.key, algorithms=["HS256"]).claims


async def test_a_token_lasts_a_quarter_of_an_hour_and_names_its_session(person: Person) -> None:
    payload = await person.sign_in()

    said = claims(person)
    (session,) = await person.sessions()
    assert said["exp"] - said["iat"] == 900
    assert f"session-{said['sid']}" == session["id"]
    assert datetime.fromisoformat(payload["expiresAt"]).timestamp() == said["exp"]


async def test_refreshing_gives_the_next_pair_of_the_same_session(person: Person) -> None:
    first = await person.sign_in()
    before = claims(person)["sid"]

    second = await person.refresh()

    assert second["errors"] == []
    assert second["refreshToken"] != first["refreshToken"]
    assert claims(person)["sid"] == before
    assert await person.code() is None


async def test_a_refresh_token_used_again_ends_the_session_of_thief_and_owner(
    person: Person,
) -> None:
    stolen = (await person.sign_in())["refreshToken"]
    other = person.elsewhere()
    await other.sign_in()
    for _ in range(3):
        await person.refresh()
    good = person.refresh_token

    payload = await person.refresh(stolen)

    assert [each["code"] for each in payload["errors"]] == ["UNAUTHENTICATED"]
    assert payload["token"] is None
    assert await person.code() == "UNAUTHENTICATED"
    assert (await person.refresh(good))["token"] is None
    assert await other.code() is None


async def test_of_two_uses_at_once_one_counts_and_the_session_ends(person: Person) -> None:
    await person.sign_in()
    token = person.refresh_token

    answers = await asyncio.gather(*(person.ask(REFRESH, token=token) for _ in range(2)))

    assert sorted(each["refresh"]["token"] is None for each in answers) == [False, True]
    assert await person.code() == "UNAUTHENTICATED"


async def test_what_is_no_refresh_token_ends_nothing(person: Person) -> None:
    await person.sign_in()
    family, _, _ = person.refresh_token.partition(".")
    token = person.headers["Authorization"].removeprefix("Bearer ")

    for wrong in ("", ".", "x", "x.y", token, f"x{family}.y", "a\0b.\0", "x" * 100_000):
        payload = await person.ask(REFRESH, token=wrong)
        assert payload["refresh"]["token"] is None, wrong[:20]

    assert await person.code() is None


async def test_a_refresh_token_is_no_access_token(person: Person) -> None:
    await person.sign_in()
    for token in (person.refresh_token, *person.refresh_token.split(".")):
        person.headers["Authorization"] = f"Bearer {token}"
        assert await person.code() == "UNAUTHENTICATED"


async def test_a_session_that_was_not_refreshed_in_time_is_over(person: Person) -> None:
    await person.sign_in()
    database = person.client.world.database
    await database.pool.execute(
        "UPDATE session SET expires_at = now() WHERE user_id = $1", person.user_id
    )

    assert await person.code() == "UNAUTHENTICATED"
    assert (await person.refresh())["token"] is None


async def test_refreshing_makes_a_session_last_longer(person: Person) -> None:
    await person.sign_in()
    database = person.client.world.database
    await database.pool.execute(
        "UPDATE session SET expires_at = now() + interval '1 hour' WHERE user_id = $1",
        person.user_id,
    )

    await person.refresh()

    (session,) = await person.sessions()
    left = datetime.fromisoformat(session["expiresAt"]) - datetime.now(UTC)
    assert timedelta(days=29) < left <= timedelta(days=30)


async def test_whoever_left_refreshes_nothing(person: Person) -> None:
    await person.sign_in()
    await person.client.world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE id = $1", person.user_id
    )

    assert (await person.refresh())["token"] is None


async def test_one_sees_where_one_is_signed_in(person: Person) -> None:
    await person.sign_in()
    phone = person.elsewhere()
    phone.headers["User-Agent"] = "Fiches/2.1 (mobile)"
    phone.address = "2001:db8::7"
    await phone.sign_in()

    seen = await phone.sessions()

    assert [(each["device"], each["address"], each["current"]) for each in seen] == [
        ("Fiches/2.1", "2001:db8::7", True),
        ("Firefox, Linux", person.address, False),
    ]


async def test_signing_out_ends_one_session_with_the_next_operation(person: Person) -> None:
    await person.sign_in()
    other = person.elsewhere()
    await other.sign_in()

    data = await person.ask(f"mutation {{ signOut {ENDED} }}")

    assert data["signOut"] == {"ended": 1, "errors": []}
    assert await person.code() == "UNAUTHENTICATED"
    assert (await person.refresh())["token"] is None
    assert await other.code() is None


async def test_signing_out_everywhere_ends_all_sessions_of_oneself(
    person: Person, client: Client
) -> None:
    await person.sign_in()
    other = person.elsewhere()
    await other.sign_in()

    data = await person.ask(f"mutation {{ signOutEverywhere {ENDED} }}")

    assert data["signOutEverywhere"] == {"ended": 2, "errors": []}
    assert [await each.code() for each in (person, other)] == ["UNAUTHENTICATED"] * 2
    await client.ask("{ viewer { id } }")


async def test_one_revokes_one_s_own_sessions_and_no_others(person: Person, client: Client) -> None:
    await person.sign_in()
    other = person.elsewhere()
    await other.sign_in()
    session = (await other.sessions())[0]["id"]
    revoke = f"mutation ($id: ID!) {{ revokeSession(id: $id) {ENDED} }}"

    by_another = await client.ask(revoke, id=session)
    unknown = await person.ask(revoke, id="session-x")
    kept = await other.code()
    revoked = await person.ask(revoke, id=session)

    for refused in (by_another, unknown):
        assert [each["code"] for each in refused["revokeSession"]["errors"]] == ["NOT_FOUND"]
    assert kept is None
    assert revoked["revokeSession"] == {"ended": 1, "errors": []}
    assert await other.code() == "UNAUTHENTICATED"
    assert await person.code() is None


async def test_a_session_of_another_is_of_no_use_in_a_token(person: Person, client: Client) -> None:
    await person.sign_in()
    session = int(claims(person)["sid"])
    token = client.world.tokens.issue(client.user_id, timedelta(hours=1), session)
    client.headers["Authorization"] = f"Bearer {token}"

    refused = await client.refused("{ viewer { id } }")

    assert [each["code"] for each in refused] == ["UNAUTHENTICATED"]


async def test_of_too_many_sessions_those_used_last_stay(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST", 2)
    devices = [person.elsewhere() for _ in range(3)]
    for each in devices:
        await each.sign_in()

    assert [await each.code() for each in devices] == ["UNAUTHENTICATED", None, None]


async def test_secrets_of_sessions_are_kept_as_hashes(person: Person) -> None:
    await person.sign_in()
    kept = await person.client.world.database.pool.fetchval(
        "SELECT s::text FROM session s WHERE user_id = $1", person.user_id
    )

    for secret in person.refresh_token.split("."):
        assert len(secret) == 43
        assert secret not in kept
        assert secret.encode().hex() not in kept


async def test_nobody_in_particular_is_answered_401_where_clients_know_it(person: Person) -> None:
    statuses = {}
    for accepted in ("application/json", "application/graphql-response+json"):
        person.headers["Accept"] = accepted
        response = await person.post("{ viewer { id } }")
        statuses[accepted] = (response.status_code, response.headers.get("www-authenticate"))

    assert statuses == {
        "application/json": (200, None),
        "application/graphql-response+json": (401, "Bearer"),
    }


async def test_the_token_of_the_command_line_is_a_session_too(person: Person) -> None:
    world = person.client.world
    async with world.database.pool.acquire() as connection:
        id = await sessions.begin_without_refreshing(connection, person.user_id, timedelta(hours=1))
    token = world.tokens.issue(person.user_id, timedelta(hours=1), id)
    person.headers["Authorization"] = f"Bearer {token}"

    (session,) = await person.sessions()
    await person.ask(f"mutation {{ signOut {ENDED} }}")

    assert (session["device"], session["current"]) == ("fiches token", True)
    assert await person.code() == "UNAUTHENTICATED"


async def test_a_use_is_noted_once_a_minute(person: Person) -> None:
    await person.sign_in()
    pool = person.client.world.database.pool
    earlier = "UPDATE session SET used_at = now() - interval '61 s' WHERE user_id = $1"
    await pool.execute(earlier, person.user_id)
    noted = "SELECT used_at, xmin::text FROM session WHERE user_id = $1"

    await person.code()
    first = await pool.fetchrow(noted, person.user_id)
    await person.code()

    assert datetime.now(UTC) - first["used_at"] < timedelta(seconds=60)
    assert await pool.fetchrow(noted, person.user_id) == first


# Failures


async def test_after_five_failures_the_right_password_has_to_wait_too(person: Person) -> None:
    for _ in range(5):
        assert (await person.sign_in("faux"))["errors"][0]["code"] == "UNAUTHENTICATED"

    person.headers["Accept"] = "application/graphql-response+json"
    response = await person.post(SIGN_IN, email=person.email, password=PASSWORD)

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert 25 <= error["extensions"]["retryAfter"] <= 30
    assert error["message"].startswith("Too many failures to sign in; try again in ")
    assert response.status_code == 429
    assert response.headers["retry-after"] == str(error["extensions"]["retryAfter"])


async def waited(person: Person) -> None:
    """As if all delays were over."""
    await person.client.world.database.pool.execute(
        "UPDATE sign_in_failure SET free_at = least(free_at, now())"
    )


async def test_delays_double_up_to_a_quarter_of_an_hour(person: Person) -> None:
    delays = []
    for failures in range(1, 13):
        await person.ask(SIGN_IN, email=person.email, password="faux")
        answer = (await person.post(SIGN_IN, email=person.email, password="faux")).json()
        if failures < 5:
            # That was another failure.
            await person.client.world.database.pool.execute(
                "UPDATE sign_in_failure SET failures = failures - 1"
            )
        else:
            delays.append(answer["errors"][0]["extensions"]["retryAfter"])
        await waited(person)

    assert delays == [30, 60, 120, 240, 480, 900, 900, 900]


async def test_success_forgets_the_failures_of_the_account(person: Person) -> None:
    for _ in range(3):
        for _ in range(4):
            await person.sign_in("faux")
        assert (await person.sign_in())["token"]


async def test_an_unknown_address_is_limited_as_a_known_one_is(person: Person) -> None:
    told = {}
    for email in (person.email, f"x{person.email}"):
        answers = [
            (await person.post(SIGN_IN, email=email, password="faux")).json() for _ in range(7)
        ]
        for each in answers:
            each.pop("extensions", None)
        told[email] = answers

    known, unknown = told.values()
    assert known == unknown


async def test_a_thousand_at_once_are_no_more_than_in_turn(person: Person) -> None:
    attempts = [throttling.Attempt(person.client.world.database, "x@y.z", person.address)] * 40

    claimed = await asyncio.gather(*(each.claim() for each in attempts), return_exceptions=True)

    assert [each for each in claimed if not isinstance(each, RateLimited)] == [None] * 5


async def test_those_who_sign_in_at_once_from_one_network_are_all_let_in(person: Person) -> None:
    database = person.client.world.database
    attempts = [
        throttling.Attempt(database, f"{i}@y.z", person.address)
        for i in range(throttling.NETWORK.free - 1)
    ]

    await asyncio.gather(*(each.claim() for each in attempts))
    await asyncio.gather(*(each.succeeded() for each in attempts))

    kept = await database.pool.fetch(
        "SELECT failures FROM sign_in_failure WHERE key = $1",
        throttling.NETWORK.key(person.address),
    )
    assert [row["failures"] for row in kept] == [0]


async def test_a_network_is_limited_whatever_accounts_it_tries(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "NETWORK", throttling.Limit("network", 7))
    for i in range(7):
        await person.sign_in("faux", f"{i}@fiches.example")
    other = person.elsewhere()
    other.address = "203.0.113.9"

    assert await person.code(SIGN_IN, email=person.email, password=PASSWORD) == "RATE_LIMITED"
    assert (await other.sign_in())["token"]


async def test_success_leaves_the_failures_of_the_network(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "NETWORK", throttling.Limit("network", 3))
    await person.sign_in("faux")
    await person.sign_in("faux")
    assert (await person.sign_in())["token"]

    await person.sign_in("faux")

    assert await person.code(SIGN_IN, email=person.email, password=PASSWORD) == "RATE_LIMITED"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_network_is_what_one_customer_has(address: str, network: str) -> None:
    assert throttling.network(address) == network


async def test_failures_are_counted_one_by_one_in_one_document(person: Person) -> None:
    fields = " ".join(
        f'a{i}: signIn(email: "{person.email}", password: "x") {{ token }}' for i in range(6)
    )

    assert await person.code(f"mutation {{ {fields} }}") == "RATE_LIMITED"


async def test_what_is_over_is_forgotten(person: Person) -> None:
    database = person.client.world.database
    await person.sign_in()
    old = person.elsewhere()
    await old.sign_in()
    await old.sign_in("faux")
    await database.pool.execute(
        "UPDATE session SET expires_at = now() - interval '1 s' WHERE id = $1",
        int(claims(old)["sid"]),
    )
    key = throttling.ACCOUNT.key(person.email)
    await database.pool.execute(
        "UPDATE sign_in_failure SET free_at = now() - interval '16 minutes' WHERE key = $1", key
    )

    await forget(database)

    left = await database.pool.fetchval(
        "SELECT count(*) FROM session WHERE user_id = $1", person.user_id
    )
    assert left == 1
    assert not await database.pool.fetch("SELECT FROM sign_in_failure WHERE key = $1", key)


# Passwords


async def test_a_new_password_ends_the_other_sessions(person: Person) -> None:
    await person.sign_in()
    other = person.elsewhere()
    await other.sign_in()

    data = await person.ask(CHANGE, current=PASSWORD, new="une tout autre phrase")

    assert data["changePassword"] == {"ended": 1, "errors": []}
    assert [await each.code() for each in (person, other)] == [None, "UNAUTHENTICATED"]
    assert (await other.sign_in())["token"] is None
    assert (await other.sign_in("une tout autre phrase"))["token"]


@pytest.mark.parametrize(
    ("current", "new", "path", "message"),
    [
        ("faux", "une tout autre phrase", ["current"], "Current password is not the present one."),
        (
            PASSWORD,
            "onze signes",
            ["new"],
            "Password: use at least 12 characters; a sentence will do.",
        ),
        (PASSWORD, "x" * 1001, ["new"], "Password must be at most 1,000 characters long."),
        (PASSWORD, "EMAIL", ["new"], "Password may not be your address; choose another."),
        (
            PASSWORD,
            "MotDePasse1234",
            ["new"],
            "Password: it is among the first that people try; choose another.",
        ),
    ],
)
async def test_a_password_that_may_not_be_changes_nothing(
    person: Person, current: str, new: str, path: list[str], message: str
) -> None:
    await person.sign_in()

    new = person.email.upper() if new == "EMAIL" else new
    data = await person.ask(CHANGE, current=current, new=new)

    (error,) = data["changePassword"]["errors"]
    assert (error["path"], error["message"]) == (path, message)
    assert (await person.elsewhere().sign_in())["token"]


async def test_a_password_given_by_the_operator_ends_all_sessions(person: Person) -> None:
    await person.sign_in()
    async with person.client.world.database.pool.acquire() as connection:
        with pytest.raises(InvalidInput):
            await set_password(connection, person.user_id, person.email, "court")
        kept = await person.code()
        await set_password(connection, person.user_id, person.email, "une autre phrase")

    assert kept is None
    assert await person.code() == "UNAUTHENTICATED"
    assert (await person.sign_in("une autre phrase"))["token"]


async def test_who_has_only_stolen_a_token_does_not_guess_the_password(person: Person) -> None:
    await person.sign_in()
    for _ in range(5):
        await person.ask(CHANGE, current="faux", new="une tout autre phrase")

    code = await person.code(CHANGE, current=PASSWORD, new="une tout autre phrase")

    assert code == "RATE_LIMITED"


async def test_an_old_hash_is_replaced_at_the_next_sign_in(person: Person) -> None:
    pool = person.client.world.database.pool
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    await pool.execute("UPDATE app_user SET password_hash = $2 WHERE id = $1", person.user_id, weak)
    stored = "SELECT password_hash FROM app_user WHERE id = $1"

    await person.sign_in("faux")
    kept = await pool.fetchval(stored, person.user_id)
    await person.sign_in()
    renewed = await pool.fetchval(stored, person.user_id)
    await person.sign_in()

    assert kept == weak
    assert not passwords.outdated(renewed)
    assert await pool.fetchval(stored, person.user_id) == renewed


@given(password=st.text(max_size=1010))
@examples(200)
def test_passwords_are_accepted_by_length_and_rarity_alone(password: str) -> None:
    folded = password.strip().casefold()
    common = folded in passwords.COMMON or len(set(folded)) < 3
    try:
        passwords.check(password, "a@fiches.example")
        accepted = True
    except InvalidInput:
        accepted = False

    assert accepted == (12 <= len(password) <= 1000 and not common)


def test_common_passwords_are_those_that_would_be_long_enough() -> None:
    assert len(passwords.COMMON) == 100
    assert all(len(each) >= 12 and each == each.casefold() for each in passwords.COMMON)


# Devices and logs


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
            "Gecko) Version/26.0 Safari/605.1.15",
            "Safari, macOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/142.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("a\nb\0" + "x" * 1000, "a"),
        (None, ""),
    ],
)
def test_a_device_is_called_as_people_call_it(agent: str | None, device: str) -> None:
    assert sessions.device(agent) == device


async def test_the_log_tells_who_and_no_secret(
    person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "fiches")
    await person.sign_in("ce que l’on tape")
    payload = await person.sign_in()
    await person.refresh()
    await person.refresh(payload["refreshToken"])

    told = caplog.text
    assert f"sign-in failed: user {person.user_id}, from {person.address}" in told
    assert f"signed in: user {person.user_id}, session" in told
    assert "a refresh token was used again: session" in told
    halves = payload["refreshToken"].split(".")
    for secret in (PASSWORD, "ce que l’on tape", payload["token"], person.email, SECRET, *halves):
        assert secret not in told
