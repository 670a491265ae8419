import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export interface HostUnderTest {
  /** With the token of this start. */
  address: string
  /** An empty folder for projects and exports; gone after `stop`. */
  folder: string
  stop: () => Promise<void>
}

export const windowIsBuilt = existsSync(path.join(root, 'out/renderer/index.html'))

/** Start the real program, with a home of its own so that it neither finds nor leaves anything in the user's. */
export async function startHost(): Promise<HostUnderTest> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'metamer-lab-story-'))
  const child = spawn(process.execPath, ['src-main/host/serveMain.ts'], {
    cwd: root,
    env: { ...process.env, METAMER_LAB_NETWORKS: undefined, HOME: folder, USERPROFILE: folder, XDG_CONFIG_HOME: path.join(folder, '.config'), APPDATA: path.join(folder, '.config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await printedAddress(child)
  return {
    address,
    folder,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => (said += String(chunk)))
    child.stdout?.on('data', (chunk: Buffer) => {
      said += String(chunk)
      const address = /Metamer Lab is at (\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`The host ended (${code}) before it printed its address:\n${said}`)))
  })
}
