"""Signing in: passwords, tokens, and what is told of those that are wrong."""

from __future__ import annotations

import base64
import hmac
import json
import time
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from db import throttling
from db.accounts import add_user
from db.api_keys import PREFIX
from db.chain import Head
from db.checkpoints import Checkpoints
from db.errors import InvalidInput, NotUnique
from db.tokens import AUDIENCE, ISSUER, Tokens
from tests.client import Client
from tests.conftest import SECRET

PASSWORD = "une phrase de passe"
SIGN_IN = (
    "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) "
    "{ token expiresAt refreshToken errors { path code message } } }"
)
WHO = "{ viewer { email } }"


@pytest.fixture(autouse=True)
async def forgotten(client: Client) -> None:
    """No failures: other tests come from the same address."""
    await client.world.database.pool.execute("TRUNCATE sign_in_failure")


async def user(client: Client, password: str | None = PASSWORD) -> str:
    """The address of a new user of the client's company."""
    client.world.users += 1
    email = f"Agathe.{client.company_id}.{client.world.users}@fiches.example"
    async with client.world.database.pool.acquire() as connection:
        await add_user(
            connection,
            email=email,
            name="Agathe",
            company_id=client.company_id,
            password=password,
        )
    return email


async def signed_in(client: Client, email: str, password: str, **headers: str) -> Any:
    """What signing in answers to somebody who has no token yet."""
    response = await client.http.post(
        "/graphql",
        json={"query": SIGN_IN, "variables": {"email": email, "password": password}},
        headers=headers,
    )
    return response.json()["data"]["signIn"]


async def asked(client: Client, token: str | None, **headers: str) -> Any:
    """The answer to who is asking."""
    given = {} if token is None else {"Authorization": f"Bearer {token}"}
    response = await client.http.post("/graphql", json={"query": WHO}, headers={**given, **headers})
    return response.json()


async def test_the_right_password_gives_a_token_that_works(client: Client) -> None:
    email = await user(client)

    payload = await signed_in(client, email.upper(), PASSWORD)

    assert payload["errors"] == []
    answer = await asked(client, payload["token"])
    assert answer["data"] == {"viewer": {"email": email}}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "Wrong address or password; check both."),
        ("fr", "Adresse ou mot de passe inexact\u202f; vérifiez les deux."),
    ],
)
async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    client: Client, language: str, message: str
) -> None:
    email, without = await user(client), await user(client, None)
    inactive = await user(client)
    await client.world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE email = $1", inactive
    )

    for address, password in (
        (email, "faux"),
        (email, ""),
        (email, PASSWORD + "\0"),
        (email, "x" * 100_000),
        ("personne@fiches.example", PASSWORD),
        ("", PASSWORD),
        ("a\0b", PASSWORD),
        ("x" * 100_000, PASSWORD),
        (without, ""),
        (without, "nobody"),
        (inactive, PASSWORD),
    ):
        payload = await signed_in(client, address, password, **{"Accept-Language": language})
        assert payload == {
            "token": None,
            "expiresAt": None,
            "refreshToken": None,
            "errors": [{"path": [], "code": "UNAUTHENTICATED", "message": message}],
        }, (address[:40], password[:40])


async def test_whether_an_address_is_known_does_not_show_in_the_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "ACCOUNT", throttling.Limit("account", 1000))
    email = await user(client)
    await signed_in(client, "first@fiches.example", "x")  # makes the hash of nobody

    taken: dict[str, list[float]] = {email: [], "personne@fiches.example": []}
    for _ in range(7):
        for address, times in taken.items():
            start = time.perf_counter()
            await signed_in(client, address, "faux")
            times.append(time.perf_counter() - start)

    known, unknown = (median(times) for times in taken.values())
    assert 1 / 3 < known / unknown < 3


async def test_nobody_is_told_so(client: Client) -> None:
    answer = await asked(client, None, **{"Accept-Language": "en"})

    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert error["message"] == ("Sign in: this request needs a token (Authorization: Bearer …).")


def encoded(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def forged(client: Client) -> dict[str, str]:
    """Tokens that are not the service's, or no longer."""
    tokens = client.world.tokens
    sub, later = str(client.user_id), datetime.now(UTC) + timedelta(hours=1)
    claims = {"iss": ISSUER, "sub": sub, "aud": AUDIENCE, "exp": int(later.timestamp())}

    def signed(key: Any = tokens.key, alg: str = "HS256", **changed: Any) -> str:
        kept = {name: each for name, each in {**claims, **changed}.items() if each is not None}
        return jwt.encode({"alg": alg}, kept, key, algorithms=[alg])

    right, rsa = signed(), RSAKey.generate_key(2048)
    head, body, signature = right.split(".")
    # By hand: the library keeps one from doing so by mistake.
    mac = hmac.digest(rsa.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    by_public_key = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
    return {
        "expired": tokens.issue(client.user_id, timedelta(seconds=-1)),
        "no expiry": signed(exp=None),
        "alg none": f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}.",
        "alg none, signed": f"{encoded({'alg': 'none'})}.{body}.{signature}",
        "other algorithm": signed(alg="HS512"),
        "other secret": Tokens(b"another secret").issue(client.user_id),
        "the bare secret": signed(OctKey.import_key(SECRET.encode())),
        "other audience": signed(aud="elsewhere"),
        "no audience": signed(aud=None),
        "no subject": signed(sub=None),
        "no issuer": signed(iss=None),
        "other issuer": signed(iss="elsewhere"),
        "not yet valid": signed(nbf=int(later.timestamp()) - 60),
        "issued later": signed(iat=int(later.timestamp()) - 60),
        "expiry that is no time": signed(exp="later"),
        "huge": signed(more="x" * 10_000),
        "endless": "e30." * 100_000,
        "session that is not there": signed(sid=str(2**62)),
        "session that is no number": signed(sid="x"),
        "session of a number": signed(sid=1),
        "asymmetric": signed(rsa, "RS256"),
        "public key as secret": f"{head}.{body}.{by_public_key}",
        "checkpoint": Checkpoints(SECRET.encode()).issue({1: Head(1, b"")}),
        "no key": PREFIX,
        "key that is none": PREFIX + "x" * 43,
        "endless key": PREFIX + "x" * 100_000,
        "subject that is no number": signed(sub="admin"),
        "subject beyond all numbers": signed(sub="9" * 40),
        "nobody's": signed(sub="0"),
        "other subject": f"{head}.{encoded({**claims, 'sub': '1'})}.{signature}",
        "cut": right[:-3],
        "nonsense": "abc",
        "empty": "",
        "half": f"{head}.{body}",
    }


async def test_a_token_that_is_forged_or_expired_is_refused(client: Client) -> None:
    assert (await asked(client, client.world.tokens.issue(client.user_id))).get("errors") is None

    for case, token in forged(client).items():
        answer = await asked(client, token)
        codes = [each["extensions"]["code"] for each in answer["errors"]]
        assert (answer["data"], codes) == (None, ["UNAUTHENTICATED"]), case


async def test_a_token_of_somebody_who_left_is_refused(client: Client) -> None:
    colleague = await client.colleague()
    await client.world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE id = $1", colleague.user_id
    )

    refused = await colleague.refused(WHO)

    assert [each["code"] for each in refused] == ["UNAUTHENTICATED"]


async def test_a_bad_token_keeps_nobody_from_signing_in(client: Client) -> None:
    email = await user(client)

    payload = await signed_in(client, email, PASSWORD, Authorization="Bearer expired")

    assert payload["token"]


async def test_one_acts_in_the_companies_one_belongs_to(client: Client) -> None:
    other, stranger = await client.world.company(), await client.world.company()
    await client.world.database.pool.execute(
        "INSERT INTO membership (user_id, company_id) VALUES ($1, $2)",
        client.user_id,
        other.company_id,
    )
    document = "{ viewer { company { id } } }"

    for named in (f"company-{other.company_id}", str(other.company_id)):
        client.headers["Fiches-Company"] = named
        data = await client.ask(document)
        assert data["viewer"]["company"] == {"id": f"company-{other.company_id}"}
    for named in (f"company-{stranger.company_id}", "company-0", "x", "9" * 30, "-1"):
        client.headers["Fiches-Company"] = named
        assert [each["code"] for each in await client.refused(document)] == ["NOT_FOUND"], named


async def test_an_address_is_one_user_s(client: Client) -> None:
    email = await user(client)

    async with client.world.database.pool.acquire() as connection:
        with pytest.raises(NotUnique):
            await add_user(connection, email=email.lower(), name="X", company_id=client.company_id)
        for wrong, password in (("x", None), ("x@fiches.example", "x" * 1001)):
            with pytest.raises(InvalidInput):
                await add_user(
                    connection,
                    email=wrong,
                    name="X",
                    company_id=client.company_id,
                    password=password,
                )


async def test_passwords_are_not_kept(client: Client) -> None:
    email = await user(client)

    kept = await client.world.database.pool.fetchval(
        "SELECT password_hash FROM app_user WHERE email = $1", email
    )

    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
