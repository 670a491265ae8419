import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeReporter } from './progress.mjs'
import { run } from './run.mjs'

/**
 * What a set-up step may touch: paths, the environment, commands and the voice. Tests hand in their own.
 *
 * @param {string} root  the checkout
 */
export function makeContext(root, overrides = {}) {
  const env = overrides.env ?? process.env
  return {
    root,
    env,
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    execPath: process.execPath,
    glibc: () => process.report.getReport().header.glibcVersionRuntime ?? null,
    isRoot: process.getuid?.() === 0,
    cache: cacheFolder(env),
    modules: path.join(root, 'node_modules'),
    /** Stamps live inside node_modules, so that they go when it goes. */
    stamps: path.join(root, 'node_modules', '.metamer-lab'),
    find: (name) => findCommand(name, env),
    exists: (file) => fs.existsSync(file),
    now: () => Date.now(),
    run,
    ...makeReporter(process.stderr),
    ...overrides,
  }
}

/** Where large downloads are kept, for all checkouts of one user. */
export function cacheFolder(env) {
  const base = env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
  return path.resolve(env.METAMER_LAB_CACHE || path.join(base, 'metamer-lab'))
}

/** The full path of a command, or null: looked up without starting anything. */
export function findCommand(name, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending)
      if (folder && isExecutable(file)) return file
    }
  }
  return null
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

/** How to call npm without a shell: the very npm that runs us, where there is one. */
export function npmCommand(context) {
  const script = context.env.npm_execpath
  // The Node that runs npm, not the one that runs us: ours may lie in the folder that npm is about to empty.
  const node = context.env.npm_node_execpath
  if (node && script && /npm-cli\.c?js$/.test(script)) return [node, [script]]
  return [context.find('npm') ?? 'npm', []]
}

/** For every npm that we call: no package's script runs, and without a network it gives up within a minute. */
export const NPM_OPTIONS = [
  ...['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'],
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
]

/** The program's own Node 24, else the Node that runs us where it is new enough to run TypeScript. */
export function nodeBinary(context) {
  const own = ownNode(context)
  if (context.exists(own)) return own
  return runsTypeScript(context.nodeVersion) ? context.execPath : null
}

export function ownNode(context) {
  return path.join(context.modules, 'node', 'bin', context.platform === 'win32' ? 'node.exe' : 'node')
}

export function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}
