import * as tf from '@tensorflow/tfjs-core'
import type { Card } from '../../domain/card.ts'
import { frontEndFor } from '../../engine/frontends/frontEndFor.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import type { ExampleMaker } from './example.ts'

/** What a network takes of a sound before its first stage. */
export interface Hearing {
  frontEnd: Card['frontEnd']
  input: Extract<Card['input'], { kind: 'audio' }>
}

/**
 * Make of each sound what the finished network's front end makes of it: [rows, columns, 1]. A back end must be loaded.
 *
 * @throws ModelFileError when the input is not what the front end takes
 */
export function hearExamples(maker: ExampleMaker, { frontEnd, input }: Hearing): ExampleMaker {
  const ear = frontEndFor(frontEnd, input)
  if (!ear) return maker
  return {
    async make(order) {
      const { signal: wave } = await maker.make(order)
      return { signal: tidyNumbers(() => ear.forward(tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array) }
    },
    notices: maker.notices,
  }
}
