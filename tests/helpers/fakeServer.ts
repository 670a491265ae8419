import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { createServer, type Plugin } from 'vite'
import { dataPath } from './data.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface FakeServer {
  url: string
  close: () => Promise<void>
}

/**
 * Serve the window over a fake program, to look at it and to test it without an engine.
 * Scenes are chosen in the address: `?start`, `?empty`, `?slow`.
 *
 * @throws Error when the sample picture is not there
 */
export async function startFakeServer(): Promise<FakeServer> {
  const picture = dataPath('data/free/chelsea.png')
  if (!picture) throw new Error('The sample picture data/free/chelsea.png is missing. Set METAMER_LAB_DATA to the folder that holds data/.')
  const server = await createServer({
    configFile: false,
    root: `${root}src-renderer`,
    logLevel: 'warn',
    server: { port: 0, host: '127.0.0.1', fs: { allow: [root] }, hmr: false },
    plugins: [vue(), fakeEntry(picture)],
  })
  await server.listen()
  const address = server.resolvedUrls?.local[0]
  if (!address) throw new Error('The fake server did not start.')
  return { url: address, close: () => server.close() }
}

function fakeEntry(picture: string): Plugin {
  return {
    name: 'fake-entry',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace('./main.ts', `/@fs${root}tests/helpers/fakeLab/window.ts`) },
    configureServer(server) {
      server.middlewares.use('/fake-reference.png', (_, response) => {
        response.setHeader('content-type', 'image/png')
        response.end(readFileSync(picture))
      })
    },
  }
}
