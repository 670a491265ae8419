import { spawn } from 'node:child_process'

const FAILS_AT_ONCE_MS = 5000

/**
 * Run Electron until its window is closed.
 *
 * @returns {Promise<boolean>} false when it did not start, for instance because a system library is missing
 */
export function runElectron(context, binary, projects) {
  // Chromium's own sandbox does not start for root.
  const args = [...(context.isRoot ? ['--no-sandbox'] : []), context.root, ...projects]
  const started = context.now()
  return new Promise((resolve) => {
    const child = spawn(binary, args, { stdio: 'inherit', cwd: process.cwd() })
    const over = (ended) => {
      const failed = ended !== 0 && context.now() - started < FAILS_AT_ONCE_MS
      if (failed) context.say('Electron did not start on this machine; the window opens in a browser instead.')
      resolve(!failed)
    }
    child.on('error', () => over(1))
    child.on('exit', (code) => over(code))
  })
}
