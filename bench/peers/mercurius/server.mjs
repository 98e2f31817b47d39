// Mercurius over the tables of Fiches, as its documentation advises for production: graphql-jit,
// one batch a level by loaders, named (prepared) statements, nothing logged.
//
// DATABASE_URL, COMPANY_ID and PORT come from the environment. The schema has the names and shapes
// of Fiches, so that both answer the same documents. Whoever asks sees all of the company.

import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";
import { clustered } from "../clustered.mjs";

const DATE = 1082;
// Days stay as PostgreSQL writes them: no Date is made of them to be written back.
pg.types.setTypeParser(DATE, (value) => value);

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const company = process.env.COMPANY_ID;

const schema = `
  type Query {
    customerAccount(id: ID!): CustomerAccount
    customerAccounts(first: Int! = 20, after: ID): CustomerAccountConnection!
    customerInvoices(first: Int! = 20, after: ID): CustomerInvoiceConnection!
  }
  type PageInfo { hasNextPage: Boolean! endCursor: ID }
  type CustomerAccountConnection { nodes: [CustomerAccount!]! pageInfo: PageInfo! }
  type CustomerInvoiceConnection { nodes: [CustomerInvoice!]! pageInfo: PageInfo! }
  type AccountingEntryConnection { nodes: [AccountingEntry!]! pageInfo: PageInfo! }
  type CommentConnection { nodes: [Comment!]! pageInfo: PageInfo! }
  type CustomerAccount {
    id: ID!
    number: String
    title: String
    name: String
    email: String
    invoices(first: Int! = 20): CustomerInvoiceConnection!
    comments(first: Int! = 20): CommentConnection!
  }
  type CustomerInvoice {
    id: ID!
    number: String
    title: String
    status: String
    issuedOn: String
    dueOn: String
    totalInclTax: String
    balanceDue: String
    accountingEntries(first: Int! = 20): AccountingEntryConnection!
  }
  type AccountingEntry {
    id: ID!
    entryNumber: String
    label: String
    debit: String
    credit: String
    entryDate: String
  }
  type Comment { id: ID! body: String! createdAt: String! author: Actor! }
  type Actor { name: String }
`;

const ACCOUNT = "t.id, t.number, t.title, t.name, t.email";
const INVOICE = `t.id, t.number, t.title, t.status, t.issued_on AS "issuedOn", t.due_on AS "dueOn",
  t.total_incl_tax AS "totalInclTax", t.balance_due AS "balanceDue"`;
const ENTRY = `t.id, t.entry_number AS "entryNumber", t.label, t.debit, t.credit,
  t.entry_date AS "entryDate"`;
const SEEN = "t.company_id = $1 AND t.deleted_at IS NULL";

const one = `SELECT ${ACCOUNT} FROM customer_account t WHERE t.id = $2 AND ${SEEN}`;

const list = (table, columns) => `SELECT ${columns} FROM ${table} t
  WHERE ${SEEN} AND t.id < $3 ORDER BY t.id DESC LIMIT $2`;

// A page for each parent, all of them in one statement.
const pages = (table, columns, key) => `SELECT parent.id AS parent, page.*
  FROM unnest($3::bigint[]) AS parent(id) CROSS JOIN LATERAL (
    SELECT ${columns} FROM ${table} t
    WHERE t.${key} = parent.id AND ${SEEN} ORDER BY t.id DESC LIMIT $2) page`;

const comments = `SELECT parent.id AS parent, page.*
  FROM unnest($2::bigint[]) AS parent(id) CROSS JOIN LATERAL (
    SELECT t.id, t.body, t.created_at AS "createdAt", p.name
    FROM comment t JOIN principal p ON p.id = t.author_id
    WHERE t.record_id = parent.id AND t.parent_id IS NULL
      AND (t.deleted_at IS NULL OR t.reply_count > 0)
    ORDER BY t.created_at DESC, t.id DESC LIMIT $1) page`;

async function rows(name, text, values) {
  return (await pool.query({ name, text, values })).rows;
}

function page(found, first) {
  const nodes = found.length > first ? found.slice(0, first) : found;
  return { nodes, pageInfo: { hasNextPage: found.length > first, endCursor: nodes.at(-1)?.id } };
}

const LAST = "9223372036854775807";

const resolvers = {
  Query: {
    customerAccount: async (_, { id }) => (await rows("account", one, [company, id]))[0],
    customerAccounts: async (_, { first, after }) =>
      page(await rows("accounts", list("customer_account", ACCOUNT), [company, first + 1, after ?? LAST]), first),
    customerInvoices: async (_, { first, after }) =>
      page(await rows("invoices", list("customer_invoice", INVOICE), [company, first + 1, after ?? LAST]), first),
  },
};

// Mercurius hands a loader all of a level; those with other arguments are statements of their own.
const loader = (read) => async (queries) => {
  const found = new Map();
  for (const first of new Set(queries.map(({ params }) => params.first))) {
    const ids = queries.filter(({ params }) => params.first === first).map(({ obj }) => obj.id);
    const byParent = new Map(ids.map((id) => [id, []]));
    for (const row of await read(first + 1, ids)) byParent.get(row.parent).push(row);
    for (const [id, each] of byParent) found.set(`${first} ${id}`, page(each, first));
  }
  return queries.map(({ obj, params }) => found.get(`${params.first} ${obj.id}`));
};

const INVOICES = pages("customer_invoice", INVOICE, "account_id");
const ENTRIES = pages("accounting_entry", ENTRY, "customer_invoice_id");

const loaders = {
  CustomerAccount: {
    invoices: loader((size, ids) => rows("account invoices", INVOICES, [company, size, ids])),
    comments: loader(async (size, ids) => {
      const found = await rows("account comments", comments, [size, ids]);
      return found.map(({ parent, id, body, createdAt, name }) => (
        { parent, id, body, createdAt: createdAt.toISOString(), author: { name } }));
    }),
  },
  CustomerInvoice: {
    accountingEntries: loader((size, ids) => rows("invoice entries", ENTRIES, [company, size, ids])),
  },
};

await clustered(async () => {
  const app = Fastify({ logger: false });
  app.register(mercurius, { schema, resolvers, loaders, jit: 1, graphiql: false });
  await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
});
