import path from 'node:path'
import { readJson } from '../../tests/helpers/data.ts'
import type { GoldenNetwork } from '../../tests/helpers/goldenErrors.ts'

/** Golden values of the networks, in one form: which network, from which independent implementation, what it saw or heard. */
export interface GoldenFile {
  network: string
  file: string
  madeWith: string
  /** Its golden values hold for the cochleagram at the full rate, which networks compute at reduced rates. */
  exactCochleagram?: true
}

/** Those whose weights are drawn, or whose packages hold them, and whose stimulus is made by formula. */
export const goldenFiles: readonly GoldenFile[] = [
  { network: 'vgg-19', file: 'vgg_19_keras.json', madeWith: 'Keras Applications' },
  { network: 'inception-v3', file: 'inception_v3_keras.json', madeWith: 'Keras Applications' },
  { network: 'resnet-101-v2', file: 'resnet_101_v2_keras.json', madeWith: 'Keras Applications' },
  { network: 'word-cnn-aliased', file: 'word_cnn_aliased_torch.json', madeWith: 'a PyTorch build', exactCochleagram: true },
  { network: 'vggish', file: 'vggish_torch.json', madeWith: 'a PyTorch build' },
  { network: 'deepspeech', file: 'deepspeech_torch.json', madeWith: 'a PyTorch build' },
  { network: 'efficientnet-lite1', file: 'efficientnet_lite1_torch.json', madeWith: "the package's PyTorch code" },
  { network: 'efficientnet-lite2', file: 'efficientnet_lite2_torch.json', madeWith: "the package's PyTorch code" },
]

export function readGolden({ file }: GoldenFile): GoldenNetwork {
  return readJson<GoldenNetwork>(path.join(import.meta.dirname, '../../tests/fixtures/golden', file))
}
