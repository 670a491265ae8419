import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { besideName, removeLeftovers } from '../setup/files.mjs'

const LOOK_FOR_PARENT_MS = 1000
const ADDRESS = /^Metamer Lab is at (http:\/\/\S+)/

/**
 * Serve the program on loopback and show it in a browser window of its own; closing the window ends both.
 * Without a browser the address is printed and the program runs until Ctrl-C.
 *
 * @param {{ node: string, browser: string | null, projects: string[] }} using
 * @returns {Promise<number>} the exit code
 */
export async function runInBrowser(context, { node, browser, projects }) {
  const host = spawn(node, [path.join(context.root, 'src-main/host/serveMain.ts'), ...hostArgs(projects)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: process.cwd(),
  })
  const ended = new Promise((resolve) => {
    host.on('error', () => resolve(1))
    host.on('exit', (code, signal) => resolve(signal ? 0 : code))
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => host.kill(signal))
  endWithParent(() => host.kill('SIGTERM'))

  for await (const line of readline.createInterface({ input: host.stdout })) {
    const address = ADDRESS.exec(line)?.[1]
    if (address && browser) openWindow(context, browser, address, () => host.kill('SIGTERM'))
    else process.stdout.write(`${line}\n`)
    if (address && !browser) process.stdout.write('Open this address in Chromium, Chrome or Edge on this machine. Ctrl-C ends the program.\n')
  }
  return ended
}

/** npm runs us in a shell that passes no signal on: when npm is ended, we only notice that the shell is gone. */
function endWithParent(end) {
  const parent = process.ppid
  const timer = setInterval(() => process.ppid === parent || (clearInterval(timer), end()), LOOK_FOR_PARENT_MS)
  timer.unref()
}

const hostArgs = (projects) => projects.slice(0, 1).flatMap((file) => ['--project', path.resolve(file)])

/** A window without tabs, with a profile of its own so that closing it is the end of the browser's process. */
function openWindow(context, browser, address, onClosed) {
  const base = path.join(context.cache, 'browser-profile')
  removeLeftovers(base)
  const profile = besideName(base)
  fs.mkdirSync(profile, { recursive: true })
  const args = [`--app=${address}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check', '--window-size=1440,900']
  if (context.isRoot) args.push('--no-sandbox')
  const child = spawn(browser, args, { stdio: 'ignore' })
  const over = () => {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    onClosed()
  }
  child.on('error', (error) => {
    context.say(`The browser did not start (${error.message}). Open ${address} yourself; Ctrl-C ends the program.`)
    fs.rmSync(profile, { recursive: true, force: true })
  })
  child.on('exit', over)
}
