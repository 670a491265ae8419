import * as tf from '@tensorflow/tfjs-core'
import type { NetworkInput } from '../../src-main/domain/network.ts'
import { stagedModel, type StagedModel } from '../../src-main/engine/models/model.ts'
import type { Stage } from '../../src-main/engine/models/stage.ts'
import { generationRelu } from '../../src-main/engine/synthesis/generationRelu.ts'

/** Colour mixing of the toy network's rectified stage, input channel x output channel. */
export const toyMixing = [
  [1, -1, 0.5],
  [0.5, 1, -2],
  [-1, 0.5, 1],
]

/**
 * A network of three stages on pictures of 4 x 4 pixels, whose gradients are known by hand:
 *
 *   scaled     2 x - 1                          [4, 4, 3]  linear
 *   rectified  max(scaled . toyMixing, 0)       [4, 4, 3]  relu
 *   logits     mean of rectified over pixels    [3]        linear; labels red, green, blue
 */
export function toyModel(): StagedModel {
  return modelOf('toy', { kind: 'image', height: 4, width: 4, channels: 3, range: [0, 1] }, ['red', 'green', 'blue'], [
    stage('scaled', [4, 4, 3], 'linear', (x) => tf.sub(tf.mul(x, 2), 1)),
    stage('rectified', [4, 4, 3], 'relu', (x, end) => {
      const mixed = tf.reshape(tf.matMul(tf.reshape(x, [-1, 3]), tf.tensor2d(toyMixing)), x.shape)
      return end === 'generation' ? generationRelu(mixed) : tf.relu(mixed)
    }),
    stage('logits', [3], 'linear', (x) => tf.mean(x, [1, 2])),
  ])
}

/** A network of one linear stage, 3 x, on sounds of 16 samples; without labels. */
export function toyAudioModel(): StagedModel {
  return modelOf('toy-audio', { kind: 'audio', samples: 16, sampleRateHz: 8000 }, [], [
    stage('louder', [16], 'linear', (x) => tf.mul(x, 3)),
  ])
}

/** A network with the stages given: for what the two above cannot show. */
export function modelOf(name: string, input: NetworkInput, labels: string[], stages: Stage[]): StagedModel {
  return stagedModel({
    summary: {
      name,
      title: name,
      kind: input.kind,
      input,
      stages: stages.map(({ forward: _, ...summary }) => summary),
      labels,
      head: 'softmax',
      weights: { state: 'random', source: 'written by hand', seed: null, hash: name, licence: 'MIT' },
      baseLearningRate: 0.001,
      needsNativeEngine: null,
    },
    stages,
    dispose: () => {},
  })
}

export function stage(name: string, shape: number[], endsIn: Stage['endsIn'], compute: Stage['forward']): Stage {
  return { name, shape, metamerLayer: true, endsIn, forward: (x, end) => tf.tidy(() => compute(x, end)) }
}
