import path from 'node:path'
import { readFloat32, readJson } from '../../tests/helpers/data.ts'
import type { GoldenNetwork } from '../../tests/helpers/goldenErrors.ts'

/** Golden values of the networks, in one form: which network, from which independent implementation, what it saw or heard. */
export interface GoldenFile {
  network: string
  file: string
  madeWith: string
  /** Its golden values hold for the cochleagram at the full rate, which networks compute at reduced rates. */
  exactCochleagram?: true
  /** What it saw, where that was made by no formula. */
  stimulus?: string
}

/** Those whose weights are drawn, or whose packages hold them, and whose stimulus is made by formula. */
export const goldenFiles: readonly GoldenFile[] = [
  { network: 'efficientnet-lite0', file: 'efficientnet_lite0_cat_stages.json', madeWith: "the package's PyTorch code", stimulus: 'efficientnet_lite0_cat_input.f32' },
  { network: 'vgg-19', file: 'vgg_19_keras.json', madeWith: 'Keras Applications' },
  { network: 'inception-v3', file: 'inception_v3_keras.json', madeWith: 'Keras Applications' },
  { network: 'resnet-101-v2', file: 'resnet_101_v2_keras.json', madeWith: 'Keras Applications' },
  { network: 'word-cnn-aliased', file: 'word_cnn_aliased_torch.json', madeWith: 'a PyTorch build', exactCochleagram: true },
  { network: 'vggish', file: 'vggish_torch.json', madeWith: 'a PyTorch build' },
  { network: 'deepspeech', file: 'deepspeech_torch.json', madeWith: 'a PyTorch build' },
  { network: 'efficientnet-lite1', file: 'efficientnet_lite1_torch.json', madeWith: "the package's PyTorch code" },
  { network: 'efficientnet-lite2', file: 'efficientnet_lite2_torch.json', madeWith: "the package's PyTorch code" },
]

/** EfficientNet-Lite0's golden values have a form of their own: stages only. */
export function readGolden({ file }: GoldenFile): Pick<GoldenNetwork, 'layers' | 'gradients'> {
  const golden = readJson<GoldenNetwork & { stages?: GoldenNetwork['layers'] }>(placeOf(file))
  return { layers: golden.layers ?? golden.stages ?? {}, gradients: golden.gradients ?? [] }
}

export function goldenStimulusOf({ stimulus }: GoldenFile): Float32Array | null {
  return stimulus === undefined ? null : readFloat32(placeOf(stimulus))
}

function placeOf(file: string): string {
  return path.join(import.meta.dirname, '../../tests/fixtures/golden', file)
}
