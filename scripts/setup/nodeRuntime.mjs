import fs from 'node:fs'
import path from 'node:path'
import { NPM_OPTIONS, npmCommand, ownNode, runsTypeScript } from './context.mjs'
import { besideName, readJson, removeLeftovers, writeWhole } from './files.mjs'
import { NODE_PACKAGES, NODE_VERSION } from './pins.mjs'
import { explainFailure, SetupProblem } from './problems.mjs'

/**
 * Node 24, from the platform package behind the npm package `node`. That package would fetch it with an install
 * script; here npm fetches the same file, checked against our own integrity, and no script runs.
 */
export const nodeRuntime = {
  name: 'Node 24',
  required: true,
  ready: (context) =>
    (isStamped(context) && context.exists(ownNode(context))) ||
    (!packageFor(context) && runsTypeScript(context.nodeVersion)),
  install,
}

const stampFile = (context) => path.join(context.stamps, 'node.json')
const packageFor = (context) => NODE_PACKAGES[`${context.platform}-${context.arch}`]

function isStamped(context) {
  const size = fs.statSync(ownNode(context), { throwIfNoEntry: false })?.size
  const stamp = readJson(stampFile(context))
  return stamp?.version === NODE_VERSION && stamp.size === size
}

async function install(context) {
  const wanted = packageFor(context)
  if (!wanted) {
    throw new SetupProblem(
      `There is no Node ${NODE_VERSION} to fetch for ${context.platform} ${context.arch}. Install Node 24 yourself and start again.`,
    )
  }
  const scratch = path.join(context.stamps, 'node')
  removeLeftovers(scratch)
  const beside = besideName(scratch)
  try {
    await context.during(`fetching Node ${NODE_VERSION}`, () => fetchPackage(context, wanted, beside))
    await checkVersion(context, binaryIn(context, beside, wanted))
    place(context, binaryIn(context, beside, wanted))
  } finally {
    fs.rmSync(beside, { recursive: true, force: true })
  }
  writeWhole(stampFile(context), JSON.stringify({ version: NODE_VERSION, size: fs.statSync(ownNode(context)).size }))
}

function binaryIn(context, folder, { name }) {
  return path.join(folder, 'node_modules', name, 'bin', path.basename(ownNode(context)))
}

/** Let npm install one package from a lock file of ours, which makes it check the integrity. */
async function fetchPackage(context, { name, integrity }, folder) {
  const manifest = { name: 'node-runtime', version: '1.0.0', private: true, dependencies: { [name]: NODE_VERSION } }
  const packages = { '': manifest, [`node_modules/${name}`]: { version: NODE_VERSION, integrity } }
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  fs.writeFileSync(
    path.join(folder, 'package-lock.json'),
    JSON.stringify({ ...manifest, lockfileVersion: 3, requires: true, packages }),
  )
  const [npm, first] = npmCommand(context)
  const args = ['ci', '--no-bin-links', '--prefix', folder, ...NPM_OPTIONS]
  // npm tells its scripts which folder it works in: left in, that would win over --prefix.
  const env = { npm_config_local_prefix: undefined, npm_config_prefix: undefined }
  const result = await context.run(npm, [...first, ...args], { cwd: folder, env })
  if (result.code === 0) return
  if (/EINTEGRITY/.test(result.output)) {
    throw new SetupProblem(`${name} ${NODE_VERSION} is not the file this program was made with (wrong checksum), so it is refused. Start again; if it stays so, ask who runs your package registry.`)
  }
  throw explainFailure(`Node ${NODE_VERSION} could not be fetched`, result)
}

async function checkVersion(context, binary) {
  const result = await context.run(binary, ['--version'], { timeoutS: 30 })
  if (result.code === 0 && result.output.trim() === `v${NODE_VERSION}`) return
  throw explainFailure(`Node ${NODE_VERSION} was fetched but does not run on this machine`, result)
}

function place(context, binary) {
  const target = ownNode(context)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  fs.renameSync(binary, target)
  const link = path.join(context.modules, '.bin', 'node')
  if (context.platform === 'win32' || fs.existsSync(link)) return
  fs.mkdirSync(path.dirname(link), { recursive: true })
  fs.rmSync(link, { force: true })
  fs.symlinkSync(path.relative(path.dirname(link), target), link)
}
