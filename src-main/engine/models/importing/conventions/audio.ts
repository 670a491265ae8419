import { byLayer, partOf, type Convention } from '../convention.ts'
import { asItIs, convolution, linear } from '../layouts.ts'

/** The checkpoint's names and layouts are ours. */
const musicnn: Convention = {
  name: 'musicnn checkpoint',
  rules: () => (name) => ({ name, layout: asItIs }),
  changes: ['Labels are the tags of MagnaTagATune; give a list of your own if the checkpoint was trained on others.'],
}

export const musicnnVggConventions: readonly Convention[] = [musicnn]

const vggishOrder = ['conv1', 'conv2', 'conv3_1', 'conv3_2', 'conv4_1', 'conv4_2']
const vggishTorchPlaces = [0, 3, 6, 8, 11, 13]
const vggishDense = ['fc1_1', 'fc1_2', 'fc2']

const vggishTensorflow: Convention = {
  name: 'AudioSet checkpoint',
  rules: () => byLayer((layer, part) => {
    const group = layer.split('_')[0]!
    return { name: `vggish/${layer === group ? layer : `${group}/${layer}`}/${partOf('slim', part)}`, layout: asItIs }
  }),
}

/** It flattens by row, column and channel, as TensorFlow does. */
const torchvggish: Convention = {
  name: 'torchvggish',
  rules: () => byLayer((layer, part) => {
    const place = vggishOrder.indexOf(layer)
    const name = place >= 0 ? `features.${vggishTorchPlaces[place]}` : `embeddings.${2 * vggishDense.indexOf(layer)}`
    return { name: `${name}.${partOf('torch', part)}`, layout: part !== 'kernel' ? asItIs : place >= 0 ? convolution : linear }
  }),
}

export const vggishConventions: readonly Convention[] = [vggishTensorflow, torchvggish]

/** Of release 0.4 and later. */
const deepSpeech: Convention = {
  name: 'DeepSpeech checkpoint',
  rules: () => byLayer((layer, part) => {
    if (layer === 'lstm') return { name: `cudnn_lstm/rnn/multi_rnn_cell/cell_0/cudnn_compatible_lstm_cell/${part}`, layout: asItIs }
    return { name: `${layer}/${part === 'kernel' ? 'weights' : 'bias'}`, layout: asItIs }
  }),
}

/** Before that. */
const earlyDeepSpeech: Convention = {
  name: 'early DeepSpeech checkpoint',
  rules: () => byLayer((layer, part) => {
    if (layer === 'lstm') return { name: `lstm_fused_cell/${part}`, layout: asItIs }
    return { name: `${part === 'kernel' ? 'h' : 'b'}${layer.at(-1)}`, layout: asItIs }
  }),
}

export const deepSpeechConventions: readonly Convention[] = [deepSpeech, earlyDeepSpeech]
