import fs from 'node:fs'
import path from 'node:path'
import { nodeBinary } from './context.mjs'
import { readJson } from './files.mjs'
import { explainFailure } from './problems.mjs'

const LIMIT_S = 60

/** Electron's binary, by the package's own "install-electron". METAMER_LAB_ELECTRON=skip does without. */
export const electron = {
  name: "Electron's binary",
  retryAfterHours: 24,
  ready: (context) => context.env.METAMER_LAB_ELECTRON === 'skip' || electronBinary(context.root) !== null,
  install,
}

/**
 * The executable, or null when it is not (wholly) there: the package writes path.txt last.
 *
 * @param {string} root  the checkout
 * @returns {string | null}
 */
export function electronBinary(root) {
  const folder = path.join(root, 'node_modules', 'electron')
  const name = readText(path.join(folder, 'path.txt'))
  const wanted = readJson(path.join(folder, 'package.json'))?.version
  if (!name || readText(path.join(folder, 'dist', 'version'))?.replace(/^v/, '') !== wanted) return null
  const file = path.join(folder, 'dist', name)
  return fs.existsSync(file) ? file : null
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

async function install(context) {
  const installer = path.join(context.modules, 'electron', 'install.js')
  fs.rmSync(path.join(context.modules, 'electron', 'path.txt'), { force: true })
  await context.during(`fetching Electron's binary (${LIMIT_S} s at most)`, async () => {
    const result = await context.run(nodeBinary(context), [installer], { cwd: context.root, timeoutS: LIMIT_S })
    if (result.code === 0 && electronBinary(context.root)) return
    throw explainFailure("The window opens in a browser, because Electron's binary could not be fetched", result, "Electron's download site")
  })
}
