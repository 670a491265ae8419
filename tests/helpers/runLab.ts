import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const entry = path.resolve(import.meta.dirname, '../../src-main/cli/main.ts')

export interface LabOutcome {
  code: number | null
  out: string
  err: string
  /** One value for each line of stdout. */
  lines(): Array<Record<string, unknown>>
}

export interface LabProcess {
  child: ChildProcess
  /** Wait until stderr or stdout says this. */
  says(pattern: RegExp): Promise<void>
  outcome: Promise<LabOutcome>
}

/** Start `lab` as a process of its own, in a folder where it may remember what it likes; own networks are there too, or in a folder of their own. */
export function startLab(words: string[], home: string, networksFolder?: string): LabProcess {
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), METAMER_LAB_NETWORKS: networksFolder }
  const child = spawn(process.execPath, [entry, ...words], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  const listeners = new Set<() => void>()
  const collect = (name: 'out' | 'err') => (chunk: string) => {
    said[name] += chunk
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', collect('out'))
  child.stderr.setEncoding('utf8').on('data', collect('err'))
  return {
    child,
    says: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (pattern.test(said.out + said.err)) resolve()
        }
        listeners.add(look)
        look()
      }),
    outcome: new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, ...said, lines: () => said.out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) }))
    }),
  }
}

export function lab(words: string[], home: string, networksFolder?: string): Promise<LabOutcome> {
  return startLab(words, home, networksFolder).outcome
}
