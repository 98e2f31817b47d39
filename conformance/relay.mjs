// Shows the page of docs/clients/relay.md in a document, presses More until there is no more, prints what is seen.
// node relay.mjs FOLDER RECORD, FOLDER holding the page's files compiled by Relay and Babel.
import { pathToFileURL } from 'node:url'
import { JSDOM } from 'jsdom'

const [, , folder, id] = process.argv
const { window } = new JSDOM('<div id="root"></div>', { pretendToBeVisual: true })
globalThis.window = window
globalThis.document = window.document
globalThis.IS_REACT_ACT_ENVIRONMENT = false

const { createElement } = await import('react')
const { createRoot } = await import('react-dom/client')
const { App } = await import(pathToFileURL(`${folder}/page.mjs`).href)

const root = createRoot(document.getElementById('root'))
// One element, so that its environment is made once.
const { FICHES_URL: url, FICHES_TOKEN: token } = process.env
root.render(createElement(App, { url, token, id }))

const until = async (what) => {
  for (let tries = 0; tries < 400; tries++) {
    const found = what()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`not seen: ${what}\n${document.body.innerHTML}`)
}

await until(() => document.querySelector('li'))
const pages = [document.querySelectorAll('li').length]
for (let more; (more = document.querySelector('button')); ) {
  const before = document.querySelectorAll('li').length
  more.click()
  await until(() => document.querySelectorAll('li').length > before)
  pages.push(document.querySelectorAll('li').length - before)
}
const text = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent)
console.log(JSON.stringify({ title: text('h1')[0], comments: text('li'), pages }))
root.unmount()
// Relay keeps what no page holds for a while, which would keep this program.
process.exit()
