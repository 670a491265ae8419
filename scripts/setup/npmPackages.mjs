import fs from 'node:fs'
import path from 'node:path'
import { NPM_OPTIONS, npmCommand } from './context.mjs'
import { readJson, sha256OfText, writeWhole } from './files.mjs'
import { explainFailure, SetupProblem } from './problems.mjs'

/** The locked npm packages. No package's install script is run. */
export const npmPackages = {
  name: 'npm packages',
  required: true,
  ready: (context) => context.exists(hiddenLock(context)) && (isStamped(context) || adopt(context)),
  install,
}

const hiddenLock = (context) => path.join(context.modules, '.package-lock.json')
const stampFile = (context) => path.join(context.stamps, 'npm.json')
const lockHash = (context) => sha256OfText(fs.readFileSync(path.join(context.root, 'package-lock.json')))

function isStamped(context) {
  return readJson(stampFile(context))?.lock === lockHash(context)
}

/** Accept what "npm ci" by hand has installed, when it is exactly what the lock file asks for. */
function adopt(context) {
  const agrees = isWhole(context)
  if (agrees) writeWhole(stampFile(context), JSON.stringify({ lock: lockHash(context) }))
  return agrees
}

function isWhole(context) {
  const locked = readJson(path.join(context.root, 'package-lock.json'))?.packages ?? {}
  const installed = readJson(hiddenLock(context))?.packages ?? {}
  return Object.entries(locked).every(([folder, wanted]) => {
    if (folder === '') return true
    const found = installed[folder]
    if (!found) return wanted.optional === true
    return found.version === wanted.version && context.exists(path.join(context.root, folder, 'package.json'))
  })
}

async function install(context) {
  const [npm, first] = npmCommand(context)
  const args = ['ci', '--include=dev', '--include=optional', ...NPM_OPTIONS]
  // npm ci empties node_modules file by file: were it killed meanwhile, these two would still promise a whole folder.
  fs.rmSync(stampFile(context), { force: true })
  fs.rmSync(hiddenLock(context), { force: true })
  await context.during('installing the locked npm packages', async () => {
    const result = await context.run(npm, [...first, ...args], { cwd: context.root })
    if (result.code !== 0) throw explainFailure('The npm packages could not be installed', result)
    if (!adopt(context)) throw new SetupProblem('npm did not install all of the locked packages. Start again.')
  })
}
