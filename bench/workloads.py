"""What is asked: the operations, and how each server is asked for the same.

Mercurius and the Strawberry twin have the names of the service and take its documents as they are;
the floor goes by `operationName`. PostGraphile derives its schema from the tables: its documents
ask for the same rows, columns and order under its names, and call them by those of the service.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACCOUNT = "id number title name email"
INVOICE = "id number title status issuedOn dueOn totalInclTax balanceDue"
ENTRY = "id entryNumber label debit credit entryDate"
COMMENT = "id body createdAt author { name }"

DOCUMENTS: Mapping[str, str] = {
    "S": f"query S($id: ID!) {{ customerAccount(id: $id) {{ {ACCOUNT} }} }}",
    "M": f"""query M($id: ID!) {{ customerAccount(id: $id) {{ {ACCOUNT}
        invoices(first: 20) {{ nodes {{ {INVOICE}
            accountingEntries(first: 4) {{ nodes {{ {ENTRY} }} }} }} }}
        comments(first: 10) {{ nodes {{ {COMMENT} }} }} }} }}""",
    "L": f"""query L($after: AFTER) {{ customerAccounts(first: 50, after: $after) {{ nodes {{
        {ACCOUNT} invoices(first: 20) {{ nodes {{ {INVOICE}
            accountingEntries(first: 4) {{ nodes {{ {ENTRY} }} }} }} }} }} }} }}""",
    "Rows": f"""query Rows($first: Int!) {{ customerInvoices(first: $first) {{
        nodes {{ {INVOICE} }} }} }}""",
    "Parents": f"""query Parents($first: Int!) {{ customerAccounts(first: $first) {{ nodes {{
        {ACCOUNT} invoices(first: 5) {{ nodes {{ {INVOICE} }} }} }} }} }}""",
    # Not measured: it gives the cursors that L begins at.
    "Pages": """query Pages($after: AFTER) { customerAccounts(first: 50, after: $after) {
        pageInfo { hasNextPage endCursor } } }""",
}

NEWEST = "orderBy: [PRIMARY_KEY_DESC]"
P_ACCOUNT = ACCOUNT.replace("id", "id: rowId", 1)
P_INVOICE = INVOICE.replace("id", "id: rowId", 1)
P_ENTRY = ENTRY.replace("id", "id: rowId", 1)
P_COMMENT = COMMENT.replace("id", "id: rowId", 1)
P_INVOICES = "invoices: customerInvoicesByAccountId"
P_ENTRIES = f"accountingEntries(first: 4, {NEWEST})"

POSTGRAPHILE: Mapping[str, str] = {
    "S": f"query S($id: BigInt!) {{ customerAccount(rowId: $id) {{ {P_ACCOUNT} }} }}",
    "M": f"""query M($id: BigInt!) {{ customerAccount(rowId: $id) {{ {P_ACCOUNT}
        {P_INVOICES}(first: 20, {NEWEST}) {{ nodes {{ {P_INVOICE}
            {P_ENTRIES} {{ nodes {{ {P_ENTRY} }} }} }} }}
        comments(first: 10, orderBy: [CREATED_AT_DESC, PRIMARY_KEY_DESC]) {{
            nodes {{ {P_COMMENT} }} }} }} }}""",
    "L": f"""query L($after: Cursor) {{ customerAccounts(first: 50, after: $after, {NEWEST}) {{
        nodes {{ {P_ACCOUNT}
        {P_INVOICES}(first: 20, {NEWEST}) {{ nodes {{ {P_INVOICE}
            {P_ENTRIES} {{ nodes {{ {P_ENTRY} }} }} }} }} }} }} }}""",
    "Rows": f"""query Rows($first: Int!) {{ customerInvoices(first: $first, {NEWEST}) {{
        nodes {{ {P_INVOICE} }} }} }}""",
    "Parents": f"""query Parents($first: Int!) {{ customerAccounts(first: $first, {NEWEST}) {{
        nodes {{ {P_ACCOUNT}
        {P_INVOICES}(first: 5, {NEWEST}) {{ nodes {{ {P_INVOICE} }} }} }} }} }}""",
    "Pages": f"""query Pages($after: Cursor) {{
        customerAccounts(first: 50, after: $after, {NEWEST}) {{
            pageInfo {{ hasNextPage endCursor }} }} }}""",
}


@dataclass(frozen=True)
class Dialect:
    """How a server is asked: its documents, and the type of what `after` takes."""

    documents: Mapping[str, str]
    after: str = ""

    def body(self, operation: str, variables: Mapping[str, Any]) -> bytes:
        """The body of a request, in JSON."""
        document = self.documents[operation].replace("AFTER", self.after)
        asked = {
            "query": " ".join(document.split()),
            "operationName": operation,
            "variables": variables,
        }
        return json.dumps(asked).encode()


FICHES = Dialect(DOCUMENTS, "String")
TWINS = Dialect(DOCUMENTS, "ID")
PG = Dialect(POSTGRAPHILE)
