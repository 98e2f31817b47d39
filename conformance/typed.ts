// What the generated types promise, held to it by tsc --strict: each line errs if a type is looser or stricter.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core'
import type { ClientDocument, InvoiceDocument, CommentsDocument } from './generated/graphql.ts'

type Client = NonNullable<ResultOf<typeof ClientDocument>['customerAccount']>

// Fields of modules may be null: what the viewer may not see is.
export const name = (client: Client): string => client.name ?? ''
// Money is text, never a number that loses cents.
export const due: Client['balanceDue'] = '12545.40'
// @ts-expect-error
export const wrong: Client['balanceDue'] = 12545.4
// Lists and their pages are there in any case.
export const rows = (client: Client): number => client.invoices.nodes.length + client.invoices.totalCount
export const status: Client['invoices']['nodes'][number]['status'] = 'SENT'
// @ts-expect-error
export const other: Client['invoices']['nodes'][number]['status'] = 'NO_STATUS'

// An input says what is required, and takes null for what may be emptied.
export const invoice: VariablesOf<typeof InvoiceDocument> = {
  input: { newAccount: { name: 'Dupont' }, subject: 'Mars', issuedOn: '2026-03-31', dueOn: '2026-04-30', lineItems: null },
}
// @ts-expect-error
export const nameless: VariablesOf<typeof InvoiceDocument> = { input: { newAccount: {}, dueOn: '2026-04-30' } }

export const told = (event: ResultOf<typeof CommentsDocument>): string =>
  event.commentAdded.gap ? `missed since ${event.commentAdded.gap.after}` : (event.commentAdded.comment?.body ?? '')
