import grouping from '../../resources/labels/imagenet16.json' with { type: 'json' }
import { createRandom } from '../../src-main/engine/support/random.ts'
import { epochOrder } from '../../src-main/engine/training/batches.ts'

/** Lines of each category to train on: photographs of small categories come again, so that all count alike. */
const linesToTrainOn = 16
const seed = 16

/** One line of the manifest. */
export interface Photograph {
  name: string
  category: string
  split: 'train' | 'validation' | 'test'
}

/**
 * Divide photographs among the 16 categories and the splits; those of other classes are left out.
 *
 * @param names  INDEX_SYNSET_LABEL.JPEG, INDEX being the place among the 1000 labels of ImageNet
 */
export function sixteenWayPhotographs(names: readonly string[]): Photograph[] {
  return Object.entries(grouping.categories as Record<string, number[]>).flatMap(([category, classes]) => {
    const its = names.filter((name) => /^\d+_n\d+_.*\.jpe?g$/i.test(name) && classes.includes(Number.parseInt(name, 10))).sort()
    const order = epochOrder({ clips: its.length, seed: createRandom(seed, 'photographs').integer(2 ** 31) }, 0)
    return divided(category, Array.from(order, (i) => its[i]!))
  })
}

/**
 * A quarter is tested (of two photographs one, of a single one none), an eighth validates, the others are trained on, up to the lines there are; what is left
 * over is tested too. Where nothing is left to validate, the photographs that are trained on do.
 */
function divided(category: string, names: readonly string[]): Photograph[] {
  const count = names.length
  const [tested, validating] = count < 2 ? [0, 0] : count < 3 ? [1, 0] : [Math.max(1, Math.round(count / 4)), Math.max(1, Math.min(4, Math.round(count / 8)))]
  const test = names.slice(0, tested)
  const validation = names.slice(tested, tested + validating)
  const rest = names.slice(tested + validating)
  const train = Array.from({ length: linesToTrainOn }, (_, i) => rest[i % rest.length]!)
  const into = (split: Photograph['split']) => (name: string): Photograph => ({ name, category, split })
  return [...train.map(into('train')), ...(validation.length > 0 ? validation : rest).map(into('validation')), ...[...test, ...rest.slice(linesToTrainOn)].map(into('test'))]
}
