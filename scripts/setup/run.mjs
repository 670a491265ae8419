import { spawn } from 'node:child_process'

const OUTPUT_KEPT = 16_384
const PATIENCE_MS = 3000
const children = new Set()
let interrupted = false

/**
 * Run a command, quietly, and keep the end of what it says.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutS?: number, onStart?: (pid: number) => void }} [options]
 * @returns {Promise<{ code: number | null, output: string, timedOut: boolean, timeoutS: number | undefined }>}
 *   code is null when the command could not be started or was killed
 */
export function run(command, args, { cwd, env, timeoutS, onStart } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let timedOut = false
    const keep = (chunk) => (output = (output + chunk).slice(-OUTPUT_KEPT))
    const timer = timeoutS && setTimeout(() => ((timedOut = true), child.kill('SIGKILL')), timeoutS * 1000)
    const finish = (code) => {
      clearTimeout(timer)
      children.delete(child)
      // A command ended by Ctrl-C has not failed: nothing may be concluded from it.
      if (!interrupted) resolve({ code, output, timedOut, timeoutS })
    }
    children.add(child)
    if (child.pid) onStart?.(child.pid)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => (keep(error.message), finish(null)))
    // Ctrl-C on a terminal reaches the command too: let our own signal be heard first.
    child.on('close', (code) => setImmediate(finish, code))
  })
}

/**
 * End the commands that still run, for Ctrl-C, and wait until they are gone: an npm that outlives us would delete
 * what the next start installs.
 */
export async function endCommands() {
  interrupted = true
  const gone = [...children].map((child) => new Promise((resolve) => child.once('close', resolve)))
  const signalAll = (signal) => children.forEach((child) => child.kill(signal))
  signalAll('SIGTERM')
  const timer = setTimeout(() => signalAll('SIGKILL'), PATIENCE_MS)
  await Promise.all(gone)
  clearTimeout(timer)
}
