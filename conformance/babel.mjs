// Turns the TypeScript of a folder into modules that Node runs, with Relay's plugin: node babel.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformAsync } from '@babel/core'

const folder = process.argv[2]
for (const file of readdirSync(folder, { recursive: true })) {
  if (!/\.tsx?$/.test(file)) continue
  const path = join(folder, file)
  const { code } = await transformAsync(readFileSync(path, 'utf8'), {
    filename: path,
    configFile: false,
    babelrc: false,
    cwd: import.meta.dirname,
    plugins: [['relay', { eagerEsModules: true, artifactDirectory: join(folder, '__generated__') }]],
    presets: ['@babel/preset-typescript', ['@babel/preset-react', { runtime: 'automatic' }]],
  })
  // Bundlers know files without their ending, Node does not.
  const named = code.replace(/(from\s+|import\s+)(['"])(\.[^'"]+?)(\.ts)?\2/g, '$1$2$3.mjs$2')
  writeFileSync(path.replace(/\.tsx?$/, '.mjs'), named)
}
