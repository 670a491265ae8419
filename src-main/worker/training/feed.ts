import * as tf from '@tensorflow/tfjs-core'
import type { TrainingData } from '../../domain/training.ts'
import type { FrontEnd } from '../../engine/frontends/frontEnd.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import type { TrainingBatch } from '../../engine/training/trainNetwork.ts'
import type { CochleagramStore } from './cochleagramStore.ts'
import type { Dataset } from './dataset.ts'
import type { ExampleSource } from './exampleSource.ts'
import { answersOf, type Example, type ExampleOrder } from './mixClip.ts'

/** Brings examples to the trainer as cochleagrams, those that are kept from the disk. */
export interface Feed {
  /** Have what is missing made in the thread. */
  prepare(orders: readonly ExampleOrder[]): PreparedBatch
  take(prepared: PreparedBatch): Promise<TrainingBatch>
  /** Seconds spent so far on waiting for the thread, and on cochleagrams. */
  readonly spent: { waitS: number; cochleagramS: number }
}

export interface PreparedBatch {
  orders: readonly ExampleOrder[]
  missing: readonly ExampleOrder[]
  waves: Promise<Example[]>
}

export interface FeedParts {
  dataset: Dataset
  data: TrainingData
  source: ExampleSource
  frontEnd: FrontEnd
  /** null: nothing is kept. */
  store: CochleagramStore | null
  now(): number
}

export function createFeed({ dataset, data, source, frontEnd, store, now }: FeedParts): Feed {
  const length = frontEnd.rows * frontEnd.columns
  const spent = { waitS: 0, cochleagramS: 0 }
  const placeOf = (order: ExampleOrder): number | null => (store ? keptPlace(dataset, data, order) : null)
  const isKept = (order: ExampleOrder): boolean => {
    const place = placeOf(order)
    return place !== null && store!.has(place)
  }

  async function wait(waves: Promise<Example[]>): Promise<Example[]> {
    const start = now()
    const examples = await waves
    spent.waitS += (now() - start) / 1000
    return examples
  }

  function compute(order: ExampleOrder, { wave }: Example, into: Float32Array): void {
    const start = now()
    into.set(tidyNumbers(() => frontEnd.forward(tf.tensor(wave, [1, wave.length])).dataSync() as Float32Array))
    const place = placeOf(order)
    if (place !== null) store!.put(place, into)
    spent.cochleagramS += (now() - start) / 1000
  }

  return {
    spent,
    prepare(orders) {
      const missing = orders.filter((order) => !isKept(order))
      const waves = source.make(missing)
      // Whoever takes it hears of a failure; until then it must not count as unheard.
      waves.catch(() => undefined)
      return { orders, missing, waves }
    },
    async take({ orders, missing, waves }) {
      const examples = await wait(waves)
      const inputs = new Float32Array(orders.length * length)
      const answers = orders.map((order) => answersOf(dataset, data, order))
      orders.forEach((order, i) => {
        const into = inputs.subarray(i * length, (i + 1) * length)
        const made = missing.indexOf(order)
        if (made >= 0) compute(order, examples[made]!, into)
        else store!.get(placeOf(order)!, into)
      })
      return { size: orders.length, inputs, words: answers.map(({ word }) => word), sounds: Float32Array.from(answers.flatMap(({ sounds }) => [...sounds])) }
    },
  }
}

/** Places in the store: the training clips' mixtures, then the validation clips. */
export function keptPlaces({ clips }: Dataset, mixtures: number | null): number {
  return clips.train.length * (mixtures ?? 0) + clips.validation.length
}

/** @returns null for what is not kept: new mixtures, test clips, and what has another SNR than the training's */
function keptPlace({ clips }: Dataset, { mixtures }: TrainingData, { split, clip, mixture, snrDb }: ExampleOrder): number | null {
  if (snrDb !== undefined) return null
  if (split === 'validation') return clips.train.length * (mixtures ?? 0) + clip
  return split === 'train' && mixtures !== null ? clip * mixtures + mixture : null
}
