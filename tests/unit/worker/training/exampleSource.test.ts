import { expect, it } from 'vitest'
import { createExampleSource } from '../../../../src-main/worker/training/exampleSource.ts'
import type { ThreadStart } from '../../../../src-main/worker/training/exampleThread.ts'

const order = { split: 'train', clip: 0, mixture: 0 } as const

/** A thread of a line of code. */
const sourceOf = (code: string) => createExampleSource(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {} as ThreadStart)

it.each([
  ['breaks', 'throw new Error("no memory left")', /^The thread that makes examples ended: no memory left. Try again; a training goes on from its last checkpoint.$/],
  ['ends', 'process.exit(3)', /^The thread that makes examples ended: it left with code 3. Try again/],
])('does not wait for a thread that %s, whether it was asked before or is asked afterwards', async (_, code, message) => {
  const source = sourceOf(code)
  await expect(source.make([order])).rejects.toThrow(message)
  await expect(source.make([order])).rejects.toThrow(message)
  await source.close()
})

it('fails what is still asked for when it is closed', async () => {
  const source = sourceOf('setInterval(() => undefined, 1000)')
  const asked = source.make([order])
  const refused = expect(asked).rejects.toThrow('The thread that makes examples was closed.')
  await source.close()
  await refused
})
