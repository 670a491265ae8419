import * as tf from '@tensorflow/tfjs-core'
import type { CochleagramSpace } from '../../src-main/domain/network.ts'
import { createFrontEnd } from '../../src-main/engine/frontends/cochleagram.ts'
import { hear } from '../../src-main/engine/frontends/hear.ts'
import { stagedModel, type StagedModel } from '../../src-main/engine/models/model.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { generationRelu } from '../../src-main/engine/synthesis/generationRelu.ts'
import { modelOf, stage } from './toyModel.ts'

const sounds = { samples: 4000, sampleRateHz: 20_000 }
const units = 8

/**
 * A network on sounds of 0.2 s that hears by a small cochleagram, with weights of a seed:
 *
 *   cochleagram  [rows, 40, 1]  linear
 *   features     [rows, 8]      relu; each row's columns mixed
 *   logits       [3]            linear; labels red, green, blue
 *
 * @param filters  6 gives 17 rows, 7 gives 19
 */
export function toyHearing(name: string, seed: number, filters: 6 | 7 = 6): StagedModel {
  const frontEnd = createFrontEnd({ ...sounds, envelopeRateHz: 200, taps: 1001, filters, sampleFactor: 2, lowestHz: 50, highestHz: 8000 })
  const { rows, columns } = frontEnd
  const random = createRandom(seed, 'toy hearing')
  const matrix = (from: number, to: number): Float32Array => Float32Array.from({ length: from * to }, () => random.normal() / Math.sqrt(from))
  const [mixing, naming] = [matrix(columns, units), matrix(rows * units, 3)]
  const model = modelOf(name, { kind: 'audio', ...sounds }, ['red', 'green', 'blue'], [
    stage('cochleagram', [rows, columns, 1], 'linear', (x) => hear(frontEnd, x)),
    stage('features', [rows, units], 'relu', (x, end) => {
      const mixed = tf.reshape(tf.matMul(tf.reshape(x, [-1, columns]), tf.tensor2d(mixing, [columns, units])), [-1, rows, units])
      return end === 'generation' ? generationRelu(mixed) : tf.relu(mixed)
    }),
    stage('logits', [3], 'linear', (x) => tf.matMul(tf.reshape(x, [-1, rows * units]), tf.tensor2d(naming, [rows * units, 3]))),
  ])
  const cochleagram: CochleagramSpace = { kind: 'cochleagram', frontEnd: 'cochleagram', rows, columns }
  return stagedModel({ ...model, summary: { ...model.summary, cochleagram }, frontEnd, dispose: frontEnd.dispose })
}
