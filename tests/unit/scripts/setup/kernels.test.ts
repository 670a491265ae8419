import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { kernels } from '../../../../scripts/setup/kernels.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { put, setupContext, type Command, type Outcome } from '../../../helpers/setupContext.ts'

/** Answers as compiler and as the Node that tries the result; `tries` says how each trial ends. */
function compiling(tries: number[], compiler: Outcome = { code: 0, output: '' }): (call: Command) => Outcome {
  return ({ args }) => {
    if (args[0] === '-e') return { code: tries.shift()!, output: '' }
    if (compiler.code === 0) put(args[args.indexOf('-o') + 1]!, 'compiled')
    return compiler
  }
}

function contextWith(answer: (call: Command) => Outcome) {
  const made = setupContext(answer, ['g++'])
  put(path.join(made.root, 'node_modules/node/bin/node'), '')
  put(path.join(made.root, 'src-main/engine/native/kernels/addon.cc'), 'int one;')
  return { ...made, folder: path.join(made.root, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8') }
}

describe('the step of the kernels', () => {
  it('compiles once, and again when a source changes', async () => {
    const { context, calls, root } = contextWith(compiling([0, 0]))
    expect(kernels.ready(context)).toBe(false)
    await runSteps([kernels], context)
    expect(kernels.ready(context)).toBe(true)
    expect(calls).toHaveLength(2)
    put(path.join(root, 'src-main/engine/native/kernels/addon.cc'), 'int two;')
    expect(kernels.ready(context)).toBe(false)
  })

  it.each([
    ['refuses them', 9],
    ['dies of them', 132],
  ])('does without the instructions of newer processors on one that %s', async (_, code) => {
    const { context, calls } = contextWith(compiling([code, code, 0]))
    await runSteps([kernels], context)
    const compiled = calls.filter(({ args }) => args[0] !== '-e').map(({ args }) => args.filter((word) => /^-mavx/.test(word)).length)
    expect(compiled[0]).toBeGreaterThan(compiled[1]!)
    expect(compiled[2]).toBe(0)
    expect(kernels.ready(context)).toBe(true)
  })

  it.each([
    ['the compiler fails', compiling([], { code: 1, output: 'addon.cc:1: error: expected' }), /^The kernels could not be compiled.*expected/s],
    ['nothing compiled runs here', compiling([9, 9, 9]), /^The kernels were compiled but do not run on this processor, so cochleagrams take three times as long\. Cure: set CXX/],
    ['it does not load', compiling([1, 1, 1]), /^The kernels were compiled but do not load/],
  ])('goes on without them, and keeps nothing half-made, when %s', async (_, answer, sentence) => {
    const { context, said, folder } = contextWith(answer)
    expect(await runSteps([kernels], context)).toBe(true)
    expect(said[0]).toMatch(sentence)
    expect(kernels.ready(context)).toBe(false)
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
  })
})
