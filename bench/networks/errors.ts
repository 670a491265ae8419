import * as tf from '@tensorflow/tfjs-core'
import type { NetworkInput } from '../../src-main/domain/network.ts'
import { activationsAt, activationsOfAllStages, type Model } from '../../src-main/engine/models/model.ts'
import { signalShape } from '../../src-main/engine/synthesis/signalSpace.ts'
import { matchingLoss } from '../../src-main/engine/synthesis/matchingLoss.ts'
import { goldenErrors, type GoldenNetwork } from '../../tests/helpers/goldenErrors.ts'
import { goldenPicture, goldenSound } from '../../tests/helpers/goldenNetwork.ts'

/** Largest relative error of norm and samples, by stage. */
export interface NetworkErrors {
  stages: Record<string, number>
  gradients: Record<string, number>
}

/** @param own  the stimulus of the golden values, where no formula makes it */
export function errorsOf(model: Model, golden: Pick<GoldenNetwork, 'layers' | 'gradients'>, own: Float32Array | null): NetworkErrors {
  const { input } = model.summary
  const stimulus = own ? tf.tensor(own, signalShape(input)) : goldenStimulus(input, 1)
  const reference = goldenStimulus(input, 2)
  const activations = activationsOfAllStages(model, stimulus)
  const stages = model.summary.stages.flatMap(({ name }, i) => {
    const expected = golden.layers[name]
    return expected ? [[name, largest(activations[i]!, expected)] as const] : []
  })
  const gradients = golden.gradients.map((expected) => {
    const { layer, end } = expected
    const gradient = tf.tidy(() => {
      const target = activationsAt(model, layer, reference)
      return tf.grad((x) => matchingLoss(activationsAt(model, layer, x, end), target, 'none'))(stimulus).dataSync() as Float32Array
    })
    return [layer, largest(gradient, expected)] as const
  })
  tf.dispose([stimulus, reference])
  return { stages: Object.fromEntries(stages), gradients: Object.fromEntries(gradients) }
}

function largest(values: Float32Array, expected: GoldenNetwork['layers'][string]): number {
  const { norm, samples } = goldenErrors(values, expected)
  return Math.max(norm, samples)
}

function goldenStimulus(input: NetworkInput, seed: number): tf.Tensor {
  if (input.kind === 'audio') return tf.tensor(goldenSound(input.samples, input.sampleRateHz, seed), [1, input.samples])
  return tf.tensor(goldenPicture(input.height, seed), [1, input.height, input.width, 3])
}
