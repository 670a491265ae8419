import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { NetworkInput } from '../../src-main/domain/network.ts'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import { createSynthesis, type Synthesis } from '../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readJson } from '../helpers/data.ts'
import { modelOf, stage } from '../helpers/toyModel.ts'

type Trajectory = Record<string, number[]>

// Made in float64 numpy from TensorFlow 1's formula of Adam: 0.5 sum(a (x - t)^2), a = [4, 0.5, 1],
// t = [1, -2, 0.25], x0 = [0, 0, 0.9], rate 0.01 x 0.95^(i/1000).
const golden = readJson<{ unconstrained: Trajectory; clamped_0_1: Trajectory }>(dataPath('golden/adam_decay.json')!)

beforeAll(async () => void (await loadBackend()))

/** The same problem as a synthesis: a stage that multiplies by sqrt(a), the reference being t. */
function startQuadratic(input: NetworkInput): Synthesis {
  const model = modelOf('quadratic', input, [], [
    stage('weighted', [3], 'linear', (x) => tf.mul(x, tf.tensor1d([2, Math.SQRT1_2, 1]))),
  ])
  return createSynthesis({
    model,
    layer: 'weighted',
    protocol: protocolFrom('2019 as code', { learningRate: 0.01 }),
    reference: Float32Array.of(1, -2, 0.25),
    seed: 0,
    resumeFrom: {
      update: 0,
      signal: Float32Array.of(0, 0, 0.9),
      m: new Float32Array(3),
      v: new Float32Array(3),
      losses: new Float32Array(0),
      seconds: 0,
    },
  })
}

function follow(synthesis: Synthesis, trajectory: Trajectory): void {
  for (const [update, expected] of Object.entries(trajectory)) {
    while (synthesis.update < Number(update)) synthesis.step()
    const tolerance = Number(update) <= 10 ? 1e-5 : 1e-3
    expect(maxAbsDifference(synthesis.signal(), expected), `after ${update} updates`).toBeLessThan(tolerance)
  }
  synthesis.dispose()
}

describe('createSynthesis against the golden Adam trajectory', () => {
  it('follows it for 3,000 updates of a sound, which has no bounds', () => {
    follow(startQuadratic({ kind: 'audio', samples: 3, sampleRateHz: 20_000 }), golden.unconstrained)
  })

  it('follows it for 300 updates of a picture, clipped to [0, 1]', () => {
    follow(startQuadratic({ kind: 'image', height: 1, width: 1, channels: 3, range: [0, 1] }), golden.clamped_0_1)
  })
})
