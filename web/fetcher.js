// How an operation leaves the page: HTTP for queries and mutations, one socket per subscription.
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { parse } from 'graphql'
import { createClient } from 'graphql-ws'

export function fetcherFor(endpoint, defaultHeaders) {
  const url = new URL(endpoint, location.href).href
  return (params, options) => {
    const headers = options?.headers ?? (isIntrospection(params) ? defaultHeaders : {})
    const send = createGraphiQLFetcher({
      url,
      fetch: answer,
      enableIncrementalDelivery: false,
      // A client per run: the headers tab is the socket's connection_init, as it stands now. No
      // silent retries either, a developer wants to see the socket close.
      wsClient: createClient({
        url: url.replace(/^http/, 'ws'),
        connectionParams: headers,
        retryAttempts: 0,
      }),
    })
    return send(...fresh(params, headers))
  }
}

// GraphiQL reads the schema before its headers editor stands, hence without any header.
function isIntrospection(params) {
  return params.operationName === 'IntrospectionQuery'
}

// GraphiQL parses the text a moment after it was typed. Whoever runs it sooner would send a
// subscription over HTTP, or the name of an operation that is no longer there.
function fresh(params, headers) {
  let documentAST
  try {
    documentAST = parse(params.query)
  } catch {
    return [params, { headers }] // The service says what is wrong with the text.
  }
  const names = documentAST.definitions
    .filter((definition) => definition.kind === 'OperationDefinition')
    .map((operation) => operation.name?.value)
  const only = names.length === 1 ? names[0] : undefined
  const operationName = names.includes(params.operationName) ? params.operationName : only
  return [{ ...params, operationName }, { headers, documentAST }]
}

async function answer(url, request) {
  const response = await fetch(url, request)
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new Error(`${response.status} ${response.statusText}\n${await response.text()}`)
  }
  return response
}
