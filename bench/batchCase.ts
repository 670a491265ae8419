import * as tf from '@tensorflow/tfjs-core'
import { protocolFrom } from '../src-main/domain/protocol.ts'
import { activationsAt, type Model } from '../src-main/engine/models/model.ts'
import { createAdam } from '../src-main/engine/native/adam.ts'
import { noiseStimulus } from '../src-main/engine/support/noiseStimulus.ts'
import { createRandom } from '../src-main/engine/support/random.ts'
import { matchingLoss } from '../src-main/engine/synthesis/matchingLoss.ts'
import { signalBounds, signalShape } from '../src-main/engine/synthesis/signalSpace.ts'

/** One update of several signals at once, which the program itself does not do: a run is one signal. */
export function batchStep(model: Model, layer: string, batch: number): () => void {
  const { input } = model.summary
  const { beta1, beta2, epsilon } = protocolFrom('2019 as code')
  const shape = [batch, ...signalShape(input).slice(1)]
  const target = tf.keep(activationsAt(model, layer, tf.tensor(repeated(noiseStimulus(input), batch), shape)))
  const random = createRandom(1)
  const initial = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => (input.kind === 'image' ? 0.5 + 0.1 * random.uniform() : 0.01 * random.normal()))
  const adam = createAdam({ initial, shape, beta1, beta2, epsilon, bounds: signalBounds(input) })
  const lossAndGradient = tf.valueAndGrad((signal) => matchingLoss(activationsAt(model, layer, signal, 'generation'), target, 'none'))
  return () => tf.tidy(() => {
    const { value, grad } = lossAndGradient(adam.signal)
    value.dataSync()
    adam.apply(grad, 1e-3)
  })
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times)
  for (let i = 0; i < times; i++) all.set(values, i * values.length)
  return all
}
