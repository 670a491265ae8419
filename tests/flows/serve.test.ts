import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { places } from '../../src-main/host/places.ts'
import { createProject } from '../../src-main/project/openProject.ts'
import { createRpcClient } from '../../src-main/rpc/client.ts'
import { webSocketTransport, type SocketLike } from '../../src-main/rpc/transports/webSocket.ts'
import { temporaryFolder } from '../helpers/temporaryProject.ts'

const built = existsSync(path.join(places.rendererFolder, 'index.html'))

/** Start the program as `npm start` does, and read where it is. */
async function startServer(words: string[], home: string) {
  const entry = path.resolve(places.workerEntry, '../../host/serveMain.ts')
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, METAMER_LAB_NETWORKS: undefined }
  const child = spawn(process.execPath, [entry, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk))
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ended, said: () => said, address: new URL(/^Metamer Lab is at (http:\S+)$/.exec(line)![1]!) }
  }
  return { child, ended, said: () => said, address: null }
}

describe.skipIf(!built)('the loopback server (needs the built window: npm run build)', () => {
  it('serves the window with its project, and closes it when told to stop', async () => {
    const home = temporaryFolder()
    const file = path.join(home, 'p.metamer')
    createProject(file).close()
    const { child, ended, address } = await startServer(['--project', file], home)
    const taken = await fetch(address!, { redirect: 'manual' })
    const cookie = taken.headers.get('set-cookie')!.split(';')[0]!
    expect(await (await fetch(address!.origin, { headers: { cookie } })).text()).toContain('<div')

    const socket = new WebSocket(`ws://${address!.host}/rpc`, { headers: { cookie, origin: address!.origin } })
    const client = createRpcClient(webSocketTransport(socket as unknown as SocketLike))
    expect(await client.call('project.current', {})).toMatchObject({ path: file, readOnlyReason: null })
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('says what is wrong with a project it cannot open, and ends', async () => {
    const home = temporaryFolder()
    const { ended, said, address } = await startServer(['--project', path.join(home, 'nowhere.metamer')], home)
    expect([await ended, address]).toEqual([1, null])
    expect(said()).toMatch(/^There is no project ".*nowhere\.metamer"\. Check the path, or create a project there\.\n$/)
  })
})
