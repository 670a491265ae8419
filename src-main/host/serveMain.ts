import { parseArgs } from 'node:util'
import { createNodeHost } from './nodeHost.ts'
import { places, recentFile } from './places.ts'
import { serve } from './serve.ts'

/**
 * Serve the window on loopback until told to stop.
 *
 *   node src-main/host/serveMain.ts [--project FILE] [--port N]
 */
const { values } = parseArgs({ options: { project: { type: 'string' }, port: { type: 'string', default: '0' } } })
const host = createNodeHost({ recentFile: recentFile() })

try {
  if (values.project !== undefined) await host.handlers['project.open']({ path: values.project })
  const server = await serve({ rendererFolder: places.rendererFolder, port: Number(values.port), connect: host.connect })
  // `npm start` reads this line.
  process.stdout.write(`Metamer Lab is at ${server.address}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server.close))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await host.close()
}

/** What is at work is paused first, with a checkpoint. */
async function stop(closeServer: () => Promise<void>): Promise<void> {
  await host.close()
  await closeServer()
}
