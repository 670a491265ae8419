import type { Card } from '../../../domain/card.ts'
import { wordCnnSizesSchema } from '../../../domain/hearingNetworks.ts'
import type { HeadName } from '../../../domain/trainingPlan.ts'
import type { FrontEnd } from '../../frontends/frontEnd.ts'
import type { HeadOutputs } from './hearingHeads.ts'
import { statedSizes } from './statedSizes.ts'

/** What differs between word networks of one form: the card may state it. */
export interface WordCnnSizes {
  /** Of conv_0 to conv_4. */
  channels: readonly [number, number, number, number, number]
  /** Units of fc_intermediate. */
  fc: number
  outputs: HeadOutputs
}

/** @source the authors' later PyTorch port (kell2018.py). Index 0 of the outputs stands for none in both. */
const fullSize: WordCnnSizes = { channels: [96, 256, 512, 1024, 512], fc: 4096, outputs: { word: 794, sounds: 517 } }

export const normEpsilon = 1e-3

/** @param heads  of the network where its card states nothing */
export function wordCnnSizes(card: Pick<Card, 'name' | 'architecture'>, heads: readonly HeadName[]): WordCnnSizes {
  return statedSizes(card, wordCnnSizesSchema) ?? { ...fullSize, outputs: Object.fromEntries(heads.map((head) => [head, fullSize.outputs[head]])) }
}

/** Values that reach fc_intermediate. */
export function flatSize({ rows, columns }: Pick<FrontEnd, 'rows' | 'columns'>, channels: number): number {
  return sizeAfter(rows) * sizeAfter(columns) * channels
}

/** Length of an axis after the strides 3, 2, 2, 2 and 2, SAME padding. */
function sizeAfter(length: number): number {
  return [3, 2, 2, 2, 2].reduce((size, stride) => Math.ceil(size / stride), length)
}
