// Follows a record with the clients that front ends use, and prints what they are told, as JSON by
// line: node web/clients.mjs graphql-ws|graphql-sse http://127.0.0.1:8000/graphql TOKEN RECORD
import { createClient as events } from 'graphql-sse'
import { createClient as sockets } from 'graphql-ws'
import WebSocket from 'ws'

const [, , name, url, token, record] = process.argv
const said = (what, value) => console.log(JSON.stringify({ [what]: value }))
const headers = { Authorization: `Bearer ${token}` }
const patient = { retryAttempts: 50, retryWait: soon, retry: soon }

const client =
  name === 'graphql-ws'
    ? sockets({
        ...patient,
        url: url.replace(/^http/, 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: headers,
        on: { connected: () => said('connected', true), closed: ({ code }) => said('closed', code) },
      })
    : events({
        ...patient,
        url,
        headers,
        on: { connected: () => said('connected', true) },
      })

async function soon() {
  await new Promise((resolve) => setTimeout(resolve, 200))
}

async function all(request) {
  const found = []
  try {
    for await (const { extensions, ...result } of client.iterate(request)) found.push(result)
  } catch (error) {
    // Of what is wrong before the first event, sockets tell the errors alone.
    found.push(Array.isArray(error) ? { errors: error } : { error: String(error) })
  }
  return found
}

said('query', await all({ query: '{ viewer { name } }' }))
said(
  'mutation',
  await all({
    query: 'mutation ($id: ID!) { addComment(record: $id, body: "Un") { errors { code } } }',
    variables: { id: record },
  }),
)
said('syntax', await all({ query: '{' }))
said('invalid', await all({ query: '{ nothing }' }))
said('refused', await all({ query: 'subscription { recordChanged(id: "999999999") { cursor } }' }))

const query =
  'subscription ($id: ID!) { commentAdded(record: $id) { comment { body } } }'
for await (const { data } of client.iterate({ query, variables: { id: record } })) {
  const { body } = data.commentAdded.comment
  said('comment', body)
  if (body === 'Fin') break
}
await client.dispose()
said('done', true)
