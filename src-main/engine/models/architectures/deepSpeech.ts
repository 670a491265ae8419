import * as tf from '@tensorflow/tfjs-core'
import { deepSpeechSizesSchema } from '../../../domain/hearingNetworks.ts'
import { lstm } from '../../native/lstm.ts'
import { matMul } from '../../native/matMul.ts'
import { endInClippedRelu } from '../rectifier.ts'
import type { Architecture, Layer, Parts, StageStep } from './architecture.ts'
import { dense } from './dense.ts'
import { headStages } from './hearingHeads.ts'
import { statedSizes } from './statedSizes.ts'

const fullCells = 2048
/** Of the clipped ReLU. */
export const deepSpeechCeiling = 20
/** 26 letters, space, apostrophe, and the blank. */
const symbols = 29

/**
 * DeepSpeech as Mozilla released it from 0.2 to 0.9: three dense layers on framed MFCC, an LSTM that runs forwards only, two more dense
 * layers. Every stage is [batch, steps, ...]. One that was trained on words or sounds has heads in place of the layer of letters, on the mean
 * over the steps of layer_5.
 *
 * @source Hannun et al. 2014; DeepSpeech 0.9.3, train.py (create_model): LSTM with a forget bias of 0
 */
export const deepSpeech: Architecture = (parts) => {
  const { rows: steps, columns: inputs } = parts.frontEnd!
  const sizes = statedSizes(parts.card, deepSpeechSizesSchema)
  const cells = sizes?.cells ?? fullCells
  const each = perStep(steps)
  const rectified = (name: string, from: number): StageStep => {
    const layer = each(dense(parts, `${name}.kernel`, `${name}.bias`, from, cells))
    return { name, forward: (x, end) => endInClippedRelu(layer(x), deepSpeechCeiling, end) }
  }
  return [
    { name: 'mfcc', forward: (x) => tf.squeeze(parts.frontEnd!.forward(x), [3]) },
    rectified('layer_1', inputs),
    rectified('layer_2', cells),
    rectified('layer_3', cells),
    { name: 'lstm', forward: lstmLayer(parts, each, cells) },
    rectified('layer_5', cells),
    ...(sizes
      ? headStages(parts, sizes.outputs, { from: 'layer_5', inputs: cells, gathered: (x) => tf.mean(x, 1) })
      : [{ name: 'layer_6', forward: each(dense(parts, 'layer_6.kernel', 'layer_6.bias', cells, symbols)) }]),
  ]
}

/** Apply a layer to [batch, steps, n] step by step, all in one product. */
function perStep(steps: number): (layer: Layer) => Layer {
  return (layer) => (x) => {
    const y = layer(tf.reshape(x, [-1, x.shape[2]!]))
    return tf.reshape(y, [-1, steps, y.shape[1]!])
  }
}

/** Kernel [inputs, then outputs of the step before, 4 * cells] and bias, as TensorFlow stores them. */
function lstmLayer({ weights, tensors }: Parts, each: (layer: Layer) => Layer, cells: number): Layer {
  const kernel = weights.weight('lstm.kernel', [2 * cells, 4 * cells])
  const bias = weights.weight('lstm.bias', [4 * cells])
  const half = cells * 4 * cells
  const forInputs = tensors.lazily(() => tf.tensor(kernel().subarray(0, half), [cells, 4 * cells]))
  const recurrent = tensors.lazily(() => tf.tensor(kernel().subarray(half), [cells, 4 * cells]))
  const offset = tensors.lazily(() => tf.tensor1d(bias()))
  const projected = each((x) => tf.add(matMul(x, forInputs()), offset()))
  return (x) => lstm(projected(x), recurrent())
}
