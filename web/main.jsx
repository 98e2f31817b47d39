// GraphiQL for Fiches. The page says in data- attributes where the service is, who is signed in
// (demo mode only) and what to show first; nothing else is fetched from anywhere.
import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import '@graphiql/plugin-explorer/style.css'
import './style.css'

import { explorerPlugin } from '@graphiql/plugin-explorer'
import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'

import { fetcherFor } from './fetcher.js'

const WELCOME = `# Fiches: type a query, Ctrl-Space completes, Ctrl-Enter runs.
#
# To sign in, put this into the Headers tab below:
#
#   {"Authorization": "Bearer TOKEN"}
#
# fiches token EMAIL prints a token; signIn(email, password) returns one.

`

const root = document.getElementById('ide')
const { endpoint, token } = root.dataset
const headers = token ? { Authorization: `Bearer ${token}` } : undefined
const tabs = JSON.parse(root.dataset.examples).map(({ title, query, variables }) => ({
  query: `# ${title}\n${query}`,
  variables: variables && JSON.stringify(variables, null, 2),
}))

// GraphiQL takes the variables of its first tab from storage or from this property, never from
// the tab; with tabs in storage the property would add one more.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null

// No history pane: it keeps the headers of each run in local storage, whatever is asked.
const plugins = [explorerPlugin({ showAttribution: false })]

createRoot(root).render(
  <GraphiQL
    fetcher={fetcherFor(endpoint, headers)}
    plugins={plugins}
    defaultQuery={WELCOME}
    defaultHeaders={headers && JSON.stringify(headers, null, 2)}
    defaultTabs={tabs.length ? tabs : undefined}
    initialVariables={isFirstVisit ? tabs[0]?.variables : undefined}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <a href={endpoint}>Fiches</a>
    </GraphiQL.Logo>
  </GraphiQL>,
)
