import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may import whom. A new folder needs a line here: that is the moment to think about where it belongs. */

interface Rule {
  /** Path from the root; the longest that fits a file counts. */
  folder: string
  /** Folders it may import from, beside itself. */
  may: string[]
  /** Packages it may import. 'node' stands for Node's own modules. */
  packages: string[]
  /** What to do instead of an import that is not allowed. */
  instead: string
}

const rules: Rule[] = [
  { folder: 'src-main/domain', may: [], packages: ['zod'], instead: 'Domain is plain words: move the code to the folder that does the work, or the type to domain.' },
  { folder: 'src-main/engine', may: ['domain'], packages: ['@tensorflow/tfjs-core', 'zod'], instead: 'The engine computes and nothing else: let the worker read the file, clock or setting and pass it in as an argument.' },
  { folder: 'src-main/media', may: ['domain'], packages: ['node', 'sharp', 'fast-png', 'zod'], instead: 'Media turns bytes into samples and pixels and back: hand it what it needs as arguments.' },
  { folder: 'src-main/weights', may: ['domain'], packages: ['node', 'zod'], instead: 'Weights turns bytes into named arrays: hand it what it needs as arguments.' },
  { folder: 'src-main/project', may: ['domain'], packages: ['node', 'better-sqlite3', 'zod'], instead: 'The project stores what it is given: compute it in the worker and store the result.' },
  { folder: 'src-main/jobs', may: ['project', 'domain'], packages: ['node', 'zod'], instead: 'Jobs decide what runs when: ask the worker by a message through jobs/workerLink.' },
  { folder: 'src-main/worker', may: ['engine', 'media', 'weights', 'domain'], packages: ['node', '@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-node-gpu', 'zod'], instead: 'The worker knows only its requests: let the host send what it needs as data.' },
  { folder: 'src-main/export', may: ['project', 'media', 'domain'], packages: ['node', 'write-file-atomic', 'zod'], instead: 'An export writes only what is stored: let the worker compute it and the project keep it first.' },
  { folder: 'src-main/figures', may: ['domain'], packages: ['vega', 'vega-lite', 'fast-png', 'zod'], instead: 'Figures turn stored values into tables and drawings, for the window and for print: let the host gather what they need.' },
  { folder: 'src-main/rpc', may: ['domain'], packages: ['zod'], instead: 'The RPC runs in the window too: keep Node, Electron and all work out of it, behind the handlers that the host gives.' },
  { folder: 'src-main/rpc/contract', may: ['domain'], packages: ['zod'], instead: 'The contract is types and schemas: move the word to domain, or the code to rpc/server or the host.' },
  { folder: 'src-main/host', may: ['jobs', 'export', 'figures', 'project', 'rpc', 'media', 'domain'], packages: ['node', 'ws', 'write-file-atomic', 'zod'], instead: 'The host wires the parts: ask the worker by a message (jobs/workerLink) instead of importing the engine, and leave windows to shell.' },
  { folder: 'src-main/cli', may: ['host', 'rpc', 'domain'], packages: ['node', 'zod'], instead: 'The command line only asks the host: add a method to the contract, or a function to the host.' },
  { folder: 'src-main/shell', may: ['host', 'jobs', 'rpc', 'domain'], packages: ['node', 'electron', 'zod'], instead: 'The shell only opens windows: add a method to the contract, or a function to the host.' },
  { folder: 'src-renderer', may: ['domain', 'rpc/contract', 'rpc/client', 'rpc/transport', 'rpc/transports'], packages: ['*'], instead: 'The window knows the program by its contract: call a method through rpc/client, or add one to rpc/contract.' },
]

/** Packages that only some folders may import, whatever else they may. */
const onlyIn: Record<string, string[]> = {
  electron: ['src-main/shell'],
  'better-sqlite3': ['src-main/project'],
  '@tensorflow': ['src-main/engine', 'src-main/worker'],
  node: rules.filter((r) => r.packages.includes('node')).map((r) => r.folder),
}

/** Within the window: panels use charts, never the other way. */
const neverFrom: Array<{ folder: string; never: string; instead: string }> = [
  { folder: 'src-renderer/charts', never: 'src-renderer/stores', instead: 'A chart draws what it is given: let the panel read the store and pass the values.' },
  { folder: 'src-renderer/charts', never: 'src-main/rpc', instead: 'A chart draws what it is given: let a store ask and the panel pass the values.' },
  { folder: 'src-renderer/charts', never: 'src-renderer/panels', instead: 'Panels use charts, not the other way: pass what the chart needs.' },
  { folder: 'src-renderer/stores', never: 'src-renderer/panels', instead: 'Stores do not know who shows them: let the panel read the store.' },
  { folder: 'src-renderer/charts', never: 'src-renderer/composables', instead: 'A chart draws what it is given: let the panel use the composable and pass the values.' },
  { folder: 'src-renderer/stores', never: 'src-renderer/views', instead: 'Stores do not know who shows them: let the view read the store.' },
  { folder: 'src-renderer/stores', never: 'src-renderer/charts', instead: 'Stores keep values, charts draw them: let the panel pass them on.' },
  { folder: 'src-renderer/composables', never: 'src-renderer/panels', instead: 'Composables are used by panels, not the other way.' },
  { folder: 'src-renderer/composables', never: 'src-renderer/views', instead: 'Composables are used by views, not the other way.' },
  { folder: 'src-renderer/panels', never: 'src-main/rpc/client', instead: 'A panel reads stores: let a store call the method.' },
  { folder: 'src-renderer/panels', never: 'src-main/rpc/transports', instead: 'A panel reads stores: let the composable connect.' },
  { folder: 'src-renderer/views', never: 'src-main/rpc/client', instead: 'A view reads stores: let a store call the method.' },
  { folder: 'src-renderer/panels', never: 'src-renderer/views', instead: 'Views are made of panels, not the other way.' },
]

const root = path.resolve(import.meta.dirname, '../..')

describe('imports', () => {
  const imports = ['src-main', 'src-renderer'].flatMap(importsBelow)

  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(50)
  })

  it('go downwards only, as the table says', () => {
    expect(imports.flatMap(brokenRule)).toEqual([])
  })

  it.each([
    ['src-main/engine/a.ts', 'node:fs', /^src-main\/engine\/a.ts imports "node:fs". The engine computes/],
    ['src-main/host/a.ts', '../engine/models/model.ts', /ask the worker by a message/],
    ['src-main/rpc/contract/a.ts', '../server.ts', /The contract is types and schemas/],
    ['src-main/cli/a.ts', 'electron', /The command line only asks the host/],
    ['src-renderer/stores/a.ts', '../../src-main/host/createHost.ts', /call a method through rpc\/client/],
    ['src-renderer/stores/a.ts', 'node:fs', /The window knows the program by its contract/],
    ['src-renderer/charts/a.ts', '../stores/b.ts', /let the panel read the store/],
    ['src-main/nowhere/a.ts', 'zod', /stands in a folder without a rule/],
  ])('of %s from "%s" are refused with advice', (file, specifier, advice) => {
    expect(brokenRule({ file, specifier })[0]).toMatch(advice)
  })

  it.each([
    ['src-main/rpc/contract/a.ts', '../../domain/run.ts'],
    ['src-main/worker/requests/a.ts', '../../engine/models/model.ts'],
    ['src-renderer/stores/a.ts', '../../src-main/rpc/client.ts'],
  ])('of %s from "%s" are allowed', (file, specifier) => {
    expect(brokenRule({ file, specifier })).toEqual([])
  })
})

describe('the engine', () => {
  it('reads no clock and no unseeded randomness: what it needs comes as an argument', () => {
    const engine = readdirSync(path.join(root, 'src-main/engine'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const forbidden = /Date\.now|new Date|Math\.random|performance\.now|process\./
    expect(engine.filter((name) => forbidden.test(readFileSync(path.join(root, 'src-main/engine', name), 'utf8')))).toEqual([])
  })
})

interface Import {
  file: string
  specifier: string
}

function importsBelow(folder: string): Import[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .flatMap((file) => specifiersIn(readFileSync(path.join(root, file), 'utf8')).map((specifier) => ({ file, specifier })))
}

function specifiersIn(source: string): string[] {
  const patterns = [/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm, /\bimport\s*['"]([^'"\n]+)['"]/g, /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g]
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1]!))
}

function brokenRule({ file, specifier }: Import): string[] {
  const rule = ruleOf(file)
  if (!rule) return [`${file} stands in a folder without a rule. Add the folder to the table in this test.`]
  const advice = specifier.startsWith('.') ? brokenByPath(rule, file, specifier) : brokenByPackage(rule, file, specifier)
  return advice ? [`${file} imports "${specifier}". ${advice}`] : []
}

function brokenByPath(rule: Rule, file: string, specifier: string): string | null {
  const target = path.posix.join(path.posix.dirname(file), specifier)
  const never = neverFrom.find((n) => isBelow(file, n.folder) && isBelow(target, n.never))
  if (never) return never.instead
  const allowed = [rule.folder, ...rule.may.map((name) => `src-main/${name}`)]
  const isData = ['models', 'resources'].some((folder) => isBelow(target, folder))
  return isData || allowed.some((folder) => isBelow(target, folder) || target === `${folder}.ts`) ? null : rule.instead
}

function brokenByPackage(rule: Rule, file: string, specifier: string): string | null {
  const name = specifier.startsWith('node:') ? 'node' : specifier
  const reserved = Object.entries(onlyIn).find(([of]) => isBelow(name, of))
  if (reserved && !reserved[1].some((folder) => isBelow(file, folder))) return rule.instead
  return rule.packages.some((p) => p === '*' || isBelow(name, p)) ? null : rule.instead
}

function ruleOf(file: string): Rule | undefined {
  return rules.filter((r) => isBelow(file, r.folder)).toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

function isBelow(name: string, folder: string): boolean {
  return name === folder || name.startsWith(`${folder}/`)
}
