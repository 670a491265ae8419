import { spawnSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { cases, keepHeapEnvironment, type BenchCase } from './cases.ts'
import { peerPython } from './peerEnvironment.ts'
import { caseResult, tableOf, type CaseResult, type Measurement } from './report.ts'

/**
 * Compare our milliseconds per update with PyTorch's. Every measurement is a fresh process; ours and the peers' take turns,
 * round by round, so that a slow spell of the machine hits them alike.
 */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '10' },
    cases: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  process.stdout.write('Usage: npm run bench -- [--cases PATTERN] [--rounds 3] [--steps 10] [--json]\n')
  process.exit(0)
}

const python = peerPython()
const versions: Record<string, string> = { node: process.version }
const chosen = cases.filter((c) => new RegExp(options.cases).test(c.name))
const results = chosen.map(measure)

if (options.json) process.stdout.write(JSON.stringify({ machine: machine(), versions, cases: results }) + '\n')
else process.stdout.write(tableOf(results, machine(), versions))

function measure(benchCase: BenchCase): CaseResult {
  const ours: Measurement[] = []
  const peers: Record<string, Measurement[]> = {}
  const failed = new Set<string>()
  for (let round = 1; round <= Number(options.rounds); round++) {
    process.stderr.write(`bench: ${benchCase.name}, round ${round} of ${options.rounds}\n`)
    ours.push(runOurs(benchCase.name))
    for (const variant of python ? benchCase.variants : []) {
      if (failed.has(variant.name)) continue
      const environment = variant.keepHeap ? keepHeapEnvironment : {}
      const args = [here(`peers/${benchCase.peer ?? 'step.py'}`), benchCase.name, variant.argument, options.steps]
      const one = unlessItFails(() => run(python!, args, environment))
      if (!one) {
        failed.add(variant.name)
        continue
      }
      versions[variant.argument.includes('plenoptic') ? 'plenoptic' : isNull(benchCase.name) ? 'scipy' : 'torch'] = one.version
      ;(peers[variant.name] ??= []).push(one)
    }
  }
  return caseResult(benchCase.name, ours, peers)
}

function runOurs(name: string): Measurement {
  const one = run(process.execPath, [here(isNull(name) ? 'nullOurs.ts' : 'ours.ts'), name, options.steps], {})
  versions['ours'] = one.version
  return one
}

/** Ranking or pairs of a null distribution, not an update. */
function isNull(name: string): boolean {
  return name.startsWith('null/')
}

function run(command: string, args: string[], environment: Record<string, string>): Measurement {
  const child = spawnSync(command, args, { env: { ...process.env, ...environment }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const line = child.stdout?.split('\n').find((l) => l.startsWith('{'))
  if (child.status !== 0 || !line) throw new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${child.stderr}`)
  return JSON.parse(line) as Measurement
}

/** One peer that cannot run here, such as torch.compile without a C++ compiler, leaves the others their turn. */
function unlessItFails(measurement: () => Measurement): Measurement | null {
  try {
    return measurement()
  } catch (error) {
    process.stderr.write(`bench: left out: ${(error as Error).message}\n`)
    return null
  }
}

function here(file: string): string {
  return path.join(import.meta.dirname, file)
}

function machine(): string {
  return `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()}`
}
