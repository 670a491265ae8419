import fs from 'node:fs'
import path from 'node:path'
import { nodeBinary } from './context.mjs'
import { filesUnder, readJson, sha256OfText, writeWhole } from './files.mjs'
import { explainFailure } from './problems.mjs'

const SOURCES = ['src-main', 'src-renderer', 'resources', 'models', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json']

/** Main process, preload and window, built by electron-vite when a source has changed. */
export const appBuild = {
  name: 'build',
  required: true,
  ready: (context) => readJson(stampFile(context))?.sources === sourcesHash(context.root),
  install,
}

const stampFile = (context) => path.join(context.root, 'out', 'built.json')

/** Changes with any source's name, size or time: reading them all would take longer. */
function sourcesHash(root) {
  const files = SOURCES.flatMap((name) => {
    const full = path.join(root, name)
    return fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() ? filesUnder(full) : [full]
  })
  return sha256OfText(
    ...files.map((file) => {
      const stat = fs.statSync(file, { throwIfNoEntry: false })
      return `${path.relative(root, file)} ${stat?.size} ${stat?.mtimeMs}`
    }),
  )
}

async function install(context) {
  // Taken before the build: a file saved meanwhile makes the next start build again.
  const sources = sourcesHash(context.root)
  fs.rmSync(stampFile(context), { force: true })
  const tool = path.join(context.modules, 'electron-vite', 'bin', 'electron-vite.js')
  await context.during('building the program', async () => {
    const result = await context.run(nodeBinary(context), [tool, 'build', '--logLevel', 'warn'], { cwd: context.root })
    if (result.code !== 0) throw explainFailure('The program could not be built', result)
  })
  writeWhole(stampFile(context), JSON.stringify({ sources }))
}
