import { beforeAll, expect, it } from 'vitest'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import type { Model } from '../../src-main/engine/models/model.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { stepTogether } from '../../src-main/engine/synthesis/stepTogether.ts'
import { createSynthesis, type Synthesis } from '../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { relativeL2 } from '../helpers/data.ts'
import { buildEfficientNet } from '../helpers/efficientNet.ts'

/** What docs/method.md states of runs that are made together: the same as alone, to a tolerance. */

beforeAll(async () => void (await loadBackend()))

const updates = 5
const protocol = protocolFrom('quick look', { updates })

function synthesisOf(model: Model, layer: string, seed: number): Synthesis {
  const { input } = model.summary
  const random = createRandom(seed, 'reference')
  const reference = input.kind === 'image'
    ? Float32Array.from({ length: input.height * input.width * 3 }, random.uniform)
    : Float32Array.from({ length: input.samples }, () => 0.1 * random.normal())
  return createSynthesis({ model, layer, protocol, reference, seed, resumeFrom: null })
}

it.each([
  ['efficientnet-lite0', 'stem', () => buildEfficientNet()],
  ['efficientnet-lite0', 'block2', () => buildEfficientNet()],
  ['word-cnn-aliased', 'conv_0', () => buildModel('word-cnn-aliased')],
] as const)('%s makes two metamers at %s together as it makes them alone', (_, layer, build) => {
  const model = build()
  const seeds = [1, 2]
  const together = seeds.map((seed) => synthesisOf(model, layer, seed))
  for (let u = 0; u < updates; u++) stepTogether(together)
  for (const [i, seed] of seeds.entries()) {
    const alone = synthesisOf(model, layer, seed)
    for (let u = 0; u < updates; u++) alone.step()
    const [expected, found] = [alone.checkpoint(), together[i]!.checkpoint()]
    expected.losses.forEach((loss, u) => expect(Math.abs(found.losses[u]! / loss - 1)).toBeLessThan(1e-5))
    expect(relativeL2(found.signal, expected.signal)).toBeLessThan(1e-4)
    alone.dispose()
  }
  together.forEach((synthesis) => synthesis.dispose())
  model.dispose()
})
