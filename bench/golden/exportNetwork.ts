/**
 * Write what another program needs to check a network of ours: two made-up pictures or sounds, and its golden weights; or, of a network
 * with trained weights, which the other program has, two natural pictures instead.
 *
 *   node bench/golden/exportNetwork.ts NETWORK OUT.safetensors
 */
import { writeFileSync } from 'node:fs'
import type { NamedArrays } from '../../src-main/domain/weights.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { writeSafetensors } from '../../src-main/weights/safetensors.ts'
import { goldenPicture, goldenSound, goldenWeights, samplePicture } from '../../tests/helpers/goldenNetwork.ts'

const [network, output] = process.argv.slice(2)
if (!network || !output) {
  console.error('Usage: node bench/golden/exportNetwork.ts NETWORK OUT.safetensors')
  process.exit(2)
}
const { input, weights } = findNetwork(network).card
const arrays: NamedArrays = weights.state === 'trained' ? new Map() : goldenWeights(network)
const shape = input.kind === 'image' ? [1, input.height, input.width, 3] : [1, input.samples]
const add = (name: string, data: Float32Array) => arrays.set(name, { shape, data })
const made = (seed: number) => (input.kind === 'image' ? goldenPicture(input.height, seed) : goldenSound(input.samples, input.sampleRateHz, seed))
add(input.kind === 'image' ? 'picture' : 'sound', made(1))
add('reference', made(2))
if (weights.state === 'trained' && input.kind === 'image') for (const name of ['cat', 'coffee']) add(name, await samplePicture(name, input.height))
writeFileSync(output, writeSafetensors(arrays))
