import os from 'node:os'
import type { Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say, writeJson } from '../io.ts'
import { columns } from '../text.ts'
import { json } from './sharedOptions.ts'

export const info: Command = {
  name: 'info',
  summary: 'tell which engine computes here, and on what',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: ['Starts the engine and tells its back end, the version of TensorFlow, the device and the number of threads. Anything but native TensorFlow is slow, and the reason is told.'],
  options: { json },
  examples: ['lab info', 'lab info --json'],
  run: (args, { io, withLab }) =>
    withLab(async ({ client }) => {
      const { version, engine } = await client.call('app.info', {})
      const platform = `${os.platform()} ${os.arch()}`
      if (args.on('json')) writeJson(io, { version, engine, platform })
      else io.out(columns(rowsOf(version, engine, platform)))
      if (engine.slowReason) say(io, `Slow engine: ${engine.slowReason}`)
      return exitCodes.ok
    }),
}

function rowsOf(version: string, engine: { backend: string; tensorflowVersion: string | null; device: string; threads: number; slow: boolean; nodeVersion: string }, platform: string): string[][] {
  return [
    ['Metamer Lab', version],
    ['back end', engine.slow ? `${engine.backend} (slow engine)` : `${engine.backend} (native)`],
    ['TensorFlow', engine.tensorflowVersion ?? 'none'],
    ['device', engine.device],
    ['threads', String(engine.threads)],
    ['Node', engine.nodeVersion],
    ['platform', platform],
  ]
}
