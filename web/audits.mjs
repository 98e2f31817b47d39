// Runs the audits of GraphQL over HTTP against a service and prints what each found, as JSON:
// node web/audits.mjs http://127.0.0.1:8000/graphql
import { serverAudits } from 'graphql-http'

const found = []
for (const { fn } of serverAudits({ url: process.argv[2] })) {
  const { id, name, status, reason } = await fn()
  found.push({ id, name, status, reason })
}
console.log(JSON.stringify(found))
