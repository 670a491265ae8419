/**
 * Write what another program needs to check a network of ours: two made-up pictures, and its golden weights; or, of a network with
 * trained weights, which the other program has, two natural pictures instead.
 *
 *   node bench/golden/exportNetwork.ts NETWORK OUT.safetensors
 */
import { writeFileSync } from 'node:fs'
import type { NamedArrays } from '../../src-main/domain/weights.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { writeSafetensors } from '../../src-main/weights/safetensors.ts'
import { goldenPicture, goldenWeights, samplePicture } from '../../tests/helpers/goldenNetwork.ts'

const [network, output] = process.argv.slice(2)
if (!network || !output) {
  console.error('Usage: node bench/golden/exportNetwork.ts NETWORK OUT.safetensors')
  process.exit(2)
}
const { input, weights } = findNetwork(network).card
if (input.kind !== 'image') throw new Error(`Network "${network}" does not see. Choose one that does.`)
const side = input.height
const arrays: NamedArrays = weights.state === 'random' ? goldenWeights(network) : new Map()
const add = (name: string, data: Float32Array) => arrays.set(name, { shape: [1, side, side, 3], data })
add('picture', goldenPicture(side, 1))
add('reference', goldenPicture(side, 2))
if (weights.state === 'trained') for (const name of ['cat', 'coffee']) add(name, await samplePicture(name, side))
writeFileSync(output, writeSafetensors(arrays))
