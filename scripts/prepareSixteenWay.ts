/**
 * Write a manifest of photographs for the 16 categories of the paper's recognition experiment, out of a folder of photographs that are named
 * INDEX_SYNSET_LABEL.JPEG, INDEX being the place among the 1000 labels of ImageNet. The photographs stay where they are.
 *
 *   node scripts/prepareSixteenWay.ts PHOTOGRAPHS OUT.csv
 */
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sixteenWayPhotographs } from './sixteenWay/photographs.ts'

const [folder, output] = process.argv.slice(2)
if (!folder || !output) {
  console.error('Usage: node scripts/prepareSixteenWay.ts PHOTOGRAPHS OUT.csv')
  process.exit(2)
}

const photographs = sixteenWayPhotographs(readdirSync(folder))
writeFileSync(output, ['file,label,split', ...photographs.map(({ name, category, split }) => `${path.resolve(folder, name)},${category},${split}`)].join('\n') + '\n')
for (const split of ['train', 'validation', 'test']) {
  console.log(`${split}: ${new Set(photographs.filter((one) => one.split === split).map(({ name }) => name)).size} photographs`)
}
