import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { besideName } from '../../../../scripts/setup/files.mjs'
import { TENSORFLOW } from '../../../../scripts/setup/pins.mjs'
import { runSteps } from '../../../../scripts/setup/runSteps.mjs'
import { libraryFolder, quickFlavour, tensorflow } from '../../../../scripts/setup/tensorflow.mjs'
import { put, setupContext, type Command, type Outcome } from '../../../helpers/setupContext.ts'

const wheelContent = 'a wheel'
const pinned = TENSORFLOW.cpu.wheels
const unpackedBytes = TENSORFLOW.cpu.unpackedBytes

/** Stand-in for pip and for the unpacking: writes what they would. */
function wheels(content = wheelContent): (call: Command) => Outcome {
  return ({ args }) => {
    if (args.includes('download')) put(path.join(args[args.indexOf('--dest') + 1]!, 'tensorflow_cpu.whl'), content)
    if (args[0]?.endsWith('unpack.py')) unpackInto(args[1]!)
    return { code: 0, output: '' }
  }
}

function unpackInto(folder: string): void {
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) put(path.join(folder, 'tensorflow', name), name)
}

describe('the TensorFlow step', () => {
  beforeEach(() => {
    const sha256 = createHash('sha256').update(wheelContent).digest('hex')
    TENSORFLOW.cpu.wheels = [['tensorflow-cpu', '2.21.0', wheelContent.length, sha256]]
    TENSORFLOW.cpu.unpackedBytes = 100
  })
  afterEach(() => {
    TENSORFLOW.cpu.wheels = pinned
    TENSORFLOW.cpu.unpackedBytes = unpackedBytes
  })

  it('puts the library in place once, and then does nothing', async () => {
    const { context, calls } = setupContext(wheels(), ['python3'])
    expect(await runSteps([tensorflow], context)).toBe(true)
    expect(tensorflow.ready(context)).toBe(true)
    expect(readdirSync(context.cache)).toEqual([TENSORFLOW.cpu.folder])
    const before = calls.length
    await runSteps([tensorflow], context)
    expect(calls.length).toBe(before)
  })

  it('refuses a wheel with another checksum in a sentence, and keeps nothing of it', async () => {
    const { context, said } = setupContext(wheels('something else'), ['python3'])
    expect(await runSteps([tensorflow], context)).toBe(true)
    expect(said[0]).toMatch(/^tensorflow_cpu\.whl is not the file this program was made with \(wrong SHA-256\), so it is refused\..*slow WebAssembly engine.*"npm run setup"/)
    expect(readdirSync(context.cache)).toEqual([])
  })

  it('does not trust a library without its stamp, nor one whose files changed', async () => {
    const { context } = setupContext(wheels(), ['python3'])
    unpackInto(libraryFolder(context, 'cpu'))
    expect(tensorflow.ready(context)).toBe(false)
    await runSteps([tensorflow], context)
    expect(tensorflow.ready(context)).toBe(true)
    put(path.join(libraryFolder(context, 'cpu'), 'tensorflow/libtensorflow_cc.so.2'), 'cut')
    expect(tensorflow.ready(context)).toBe(false)
  })

  it('removes what a killed set-up left, and starts anew', async () => {
    const { context } = setupContext(wheels(), ['python3'])
    const leftover = besideName(libraryFolder(context, 'cpu'))
    put(path.join(leftover, 'wheels/half.whl'), 'half')
    await runSteps([tensorflow], context)
    expect(existsSync(leftover)).toBe(false)
    expect(tensorflow.ready(context)).toBe(true)
  })

  it('leaves nothing behind when the unpacking fails because the disk is full', async () => {
    const full = wheels()
    const { context, said } = setupContext(
      (call) => (call.args[0]?.endsWith('unpack.py') ? (unpackInto(call.args[1]!), { code: 1, output: 'OSError: [Errno 28] No space left on device' }) : full(call)),
      ['python3'],
    )
    await runSteps([tensorflow], context)
    expect(said[0]).toMatch(/the disk is full\. Make room/)
    expect(readdirSync(context.cache)).toEqual([])
  })

  it.each([
    ['no Python', setupContext.bind(null, undefined, []), /^Python 3 is missing.*Cure: install python3 and python3-pip/],
    ['no pip', () => setupContext(() => ({ code: 1, output: 'No module named pip' }), ['python3']), /^Python's pip is missing.*Cure: install python3-pip/],
    ['no network', () => setupContext(({ args }) => (args.includes('download') ? { code: 1, output: 'NewConnectionError' } : { code: 0, output: '' }), ['python3']), /did not answer\. Check the network/],
  ])('says the cure in one line and goes on when there is %s', async (_what, make, sentence) => {
    const { context, said } = make()
    expect(await runSteps([tensorflow], context)).toBe(true)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(sentence)
    expect(said[0]).toMatch(/goes on with the slow WebAssembly engine/)
  })

  it('says which platform it supports on another', async () => {
    const { context, said } = setupContext(wheels(), ['python3'])
    await runSteps([tensorflow], { ...context, platform: 'darwin', arch: 'arm64' })
    expect(said[0]).toMatch(/^Native TensorFlow is set up on Linux x64 only, not on darwin arm64\./)
  })

  it('takes the CUDA build only where an NVIDIA driver answers', () => {
    const { context } = setupContext()
    expect(quickFlavour(context)).toBe('cpu')
    const withDriver = { ...context, exists: (file: string) => file === '/dev/nvidiactl' }
    expect(quickFlavour(withDriver)).toBeNull()
    expect(quickFlavour({ ...withDriver, env: { METAMER_LAB_TENSORFLOW: 'cpu' } })).toBe('cpu')
  })
})
