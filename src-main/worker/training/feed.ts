import type { TrainingBatch } from '../../engine/training/trainNetwork.ts'
import type { Dataset } from './dataset.ts'
import type { Example, ExampleOrder } from './example.ts'
import type { ExampleSource } from './exampleSource.ts'
import type { ExampleStore } from './exampleStore.ts'
import { lengthOf, type TrainingSubject } from './trainingSubject.ts'

/** Brings examples to the trainer as it takes them, those that are kept from the disk. */
export interface Feed {
  /** Have what is missing made in the thread. */
  prepare(orders: readonly ExampleOrder[]): PreparedBatch
  take(prepared: PreparedBatch): Promise<TrainingBatch>
  /** Seconds spent so far on waiting for the thread, and on frozen stages. */
  readonly spent: { waitS: number; frozenS: number }
}

export interface PreparedBatch {
  orders: readonly ExampleOrder[]
  missing: readonly ExampleOrder[]
  made: Promise<Example[]>
}

export interface FeedParts {
  subject: Pick<TrainingSubject, 'dataset' | 'shape' | 'encode' | 'answersOf'>
  source: ExampleSource
  /** Mixtures or views of each training example that are kept, and where; null: nothing is. */
  kept: { versions: number | null; store: ExampleStore } | null
  now(): number
}

export function createFeed({ subject: { dataset, shape, encode, answersOf }, source, kept, now }: FeedParts): Feed {
  const length = lengthOf(shape)
  const spent = { waitS: 0, frozenS: 0 }
  const placeOf = (order: ExampleOrder): number | null => kept && keptPlace(dataset, kept.versions, order)
  const isKept = (order: ExampleOrder): boolean => {
    const place = placeOf(order)
    return place !== null && kept!.store.has(place)
  }

  async function wait(made: Promise<Example[]>): Promise<Example[]> {
    const start = now()
    const examples = await made
    spent.waitS += (now() - start) / 1000
    return examples
  }

  function encoded({ signal }: Example): Float32Array {
    if (!encode) return signal
    const start = now()
    const values = encode(signal)
    spent.frozenS += (now() - start) / 1000
    return values
  }

  function bring(order: ExampleOrder, example: Example, into: Float32Array): void {
    into.set(encoded(example))
    const place = placeOf(order)
    if (place !== null) kept!.store.put(place, into)
  }

  return {
    spent,
    prepare(orders) {
      const missing = orders.filter((order) => !isKept(order))
      const made = source.make(missing)
      // Whoever takes it hears of a failure; until then it must not count as unheard.
      made.catch(() => undefined)
      return { orders, missing, made }
    },
    async take({ orders, missing, made }) {
      const examples = await wait(made)
      const inputs = new Float32Array(orders.length * length)
      const answers = orders.map(answersOf)
      orders.forEach((order, i) => {
        const into = inputs.subarray(i * length, (i + 1) * length)
        const place = missing.indexOf(order)
        if (place >= 0) bring(order, examples[place]!, into)
        else kept!.store.get(placeOf(order)!, into)
      })
      return { size: orders.length, inputs, words: answers.map(({ word }) => word), sounds: Float32Array.from(answers.flatMap(({ sounds }) => [...sounds])) }
    },
  }
}

/** Places in the store: the training examples' versions, then the validation examples. */
export function keptPlaces({ clips }: Dataset, versions: number | null): number {
  return clips.train.length * (versions ?? 0) + clips.validation.length
}

/** @returns null for what is not kept: new versions, test examples, and what has another SNR than the training's */
function keptPlace({ clips }: Dataset, versions: number | null, { split, clip, mixture, snrDb }: ExampleOrder): number | null {
  if (snrDb !== undefined) return null
  if (split === 'validation') return clips.train.length * (versions ?? 0) + clip
  return split === 'train' && versions !== null ? clip * versions + mixture : null
}
