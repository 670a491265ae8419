/**
 * Write a manifest of photographs for the 16 categories of the paper's recognition experiment, out of a folder of photographs that are named
 * INDEX_SYNSET_LABEL.JPEG, INDEX being the place among the 1000 labels of ImageNet. The photographs stay where they are.
 *
 *   node scripts/prepareSixteenWay.ts PHOTOGRAPHS OUT.csv
 */
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import grouping from '../resources/labels/imagenet16.json' with { type: 'json' }
import { createRandom } from '../src-main/engine/support/random.ts'
import { epochOrder } from '../src-main/engine/training/batches.ts'

/** Lines of each category to train on: photographs of small categories come again, so that all count alike. */
const linesToTrainOn = 16
const seed = 16

const [folder, output] = process.argv.slice(2)
if (!folder || !output) {
  console.error('Usage: node scripts/prepareSixteenWay.ts PHOTOGRAPHS OUT.csv')
  process.exit(2)
}

const byCategory = Object.entries(grouping.categories as Record<string, number[]>).map(([category, classes]) => ({ category, photographs: photographsOf(classes) }))
const lines = byCategory.flatMap(({ category, photographs }) => linesOf(category, photographs))
writeFileSync(output, ['file,label,split', ...lines].join('\n') + '\n')
for (const split of ['train', 'validation', 'test']) {
  const files = new Set(lines.filter((line) => line.endsWith(`,${split}`)))
  console.log(`${split}: ${files.size} photographs`)
}

function photographsOf(classes: readonly number[]): string[] {
  const names = readdirSync(folder!).filter((name) => /^\d+_n\d+_.*\.jpe?g$/i.test(name) && classes.includes(Number.parseInt(name, 10)))
  const order = epochOrder({ clips: names.length, seed: createRandom(seed, 'photographs').integer(2 ** 31) }, 0)
  return Array.from(order, (i) => path.resolve(folder!, names.sort()[i]!))
}

/**
 * A quarter is tested (of two photographs one, of a single one none), an eighth validates, the others are trained on, up to the lines there are; what is left
 * over is tested too. Where nothing is left to validate, the photographs that are trained on do.
 */
function linesOf(category: string, photographs: readonly string[]): string[] {
  const count = photographs.length
  const [tested, validating] = count < 2 ? [0, 0] : count < 3 ? [1, 0] : [Math.max(1, Math.round(count / 4)), Math.max(1, Math.min(4, Math.round(count / 8)))]
  const test = photographs.slice(0, tested)
  const validation = photographs.slice(tested, tested + validating)
  const rest = photographs.slice(tested + validating)
  const train = Array.from({ length: linesToTrainOn }, (_, i) => rest[i % rest.length]!)
  const line = (split: string) => (file: string) => `${file},${category},${split}`
  return [...train.map(line('train')), ...(validation.length > 0 ? validation : rest).map(line('validation')), ...[...test, ...rest.slice(linesToTrainOn)].map(line('test'))]
}
