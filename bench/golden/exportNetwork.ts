/**
 * Write what another program needs to check a network of ours: its golden weights and two pictures.
 *
 *   node bench/golden/exportNetwork.ts NETWORK OUT.safetensors
 */
import { writeFileSync } from 'node:fs'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { writeSafetensors } from '../../src-main/weights/safetensors.ts'
import { goldenPicture, goldenWeights } from '../../tests/helpers/goldenNetwork.ts'

const [network, output] = process.argv.slice(2)
if (!network || !output) {
  console.error('Usage: node bench/golden/exportNetwork.ts NETWORK OUT.safetensors')
  process.exit(2)
}
const { input } = findNetwork(network).card
if (input.kind !== 'image') throw new Error(`Network "${network}" does not see. Choose one that does.`)
const arrays = goldenWeights(network)
for (const [name, seed] of [['picture', 1], ['reference', 2]] as const) {
  arrays.set(name, { shape: [1, input.height, input.width, 3], data: goldenPicture(input.height, seed) })
}
writeFileSync(output, writeSafetensors(arrays))
