import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { makeContext } from '../../scripts/setup/context.mjs'

export interface Command {
  command: string
  args: string[]
}
export interface Outcome {
  code: number | null
  output: string
  timedOut?: boolean
  timeoutS?: number
}

/**
 * A set-up step's context in a temporary folder: commands are answered by `answer`, and noted; nothing is started.
 *
 * @param commands  names that are "installed"
 */
export function setupContext(
  answer: (call: Command) => Outcome | Promise<Outcome> = () => ({ code: 0, output: '' }),
  commands: string[] = [],
) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-setup-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(path.join(root, 'node_modules'))
  const calls: Command[] = []
  const said: string[] = []
  const context = makeContext(root, {
    env: {} as Record<string, string>,
    platform: 'linux',
    arch: 'x64',
    nodeVersion: '20.20.2',
    execPath: '/usr/bin/node',
    isRoot: false,
    cache: path.join(root, 'cache'),
    glibc: () => '2.36',
    find: (name: string) => (commands.includes(name) ? `/usr/bin/${name}` : null),
    now: () => Date.UTC(2026, 0, 1),
    run: async (command: string, args: string[]) => {
      calls.push({ command, args })
      return answer({ command, args })
    },
    say: (text: string) => said.push(text),
    during: (_title: string, work: () => Promise<unknown>) => work(),
  })
  return { root, context, calls, said }
}

export function put(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}
