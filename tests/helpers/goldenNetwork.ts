import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { NamedArrays } from '../../src-main/domain/weights.ts'
import type { FrontEnd } from '../../src-main/engine/frontends/frontEnd.ts'
import { prepareImage } from '../../src-main/engine/frontends/imagePreprocessing.ts'
import { buildNetwork } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import type { StagedModel } from '../../src-main/engine/models/model.ts'
import { listWeights } from '../../src-main/engine/models/importing/listWeights.ts'
import { sizeOf } from '../../src-main/engine/models/importing/namedShape.ts'
import { randomWeights } from '../../src-main/engine/models/weightsSource.ts'
import { createRandom } from '../../src-main/engine/support/random.ts'
import { decodeImage } from '../../src-main/media/decodeImage.ts'

/**
 * Weights to compare a network with another program: its own random kernels, but batch norms and biases away from their initial
 * values, so that folding them wrongly would show.
 */
export function goldenWeights(network: string): NamedArrays {
  const { weights } = findNetwork(network).card
  if (weights.state === 'trained') throw new Error(`${network} has trained weights: compare with those.`)
  const kernels = weights.state === 'random' ? randomWeights(weights.seed, weights.kernels) : randomWeights(0, 'glorot uniform')
  return new Map(listWeights(findNetwork(network)).map((entry) => {
    const { name } = entry
    const shape = [...entry.shape]
    const data = name.endsWith('.kernel') ? kernels.weight(name, shape)() : vector(name, sizeOf(entry))
    return [name, { shape, data }]
  }))
}

/** Gamma and variance uniform on [0.75, 1.25), the others on [-0.25, 0.25). */
function vector(name: string, length: number): Float32Array {
  const random = createRandom(1, name)
  const centre = /\.(gamma|variance)$/.test(name) ? 1 : 0
  return Float32Array.from({ length }, () => centre + 0.5 * (random.uniform() - 0.5))
}

/** The network with those weights, and a front end of its own where none is lent. The caller disposes it. */
export function buildGoldenNetwork(network: string, frontEnd?: FrontEnd): StagedModel {
  const { card, architecture } = findNetwork(network)
  const source = { package: 'none', version: '0', name: 'golden', hash: card.weights.hash }
  const weights = { state: 'trained' as const, source: 'golden weights', licence: 'MIT', file: 'none', hash: card.weights.hash, sourceFile: source }
  return buildNetwork({ card: { ...card, weights }, architecture }, { weights: goldenWeights(network), frontEnd })
}

/** A picture [size, size, 3] in [0, 1]: eight coloured gratings and a little noise. */
export function goldenPicture(size: number, seed: number): Float32Array {
  const random = createRandom(seed, 'golden picture')
  const gratings = Array.from({ length: 8 }, () => ({
    down: 0.4 * random.normal(),
    across: 0.4 * random.normal(),
    colour: [random.normal(), random.normal(), random.normal()],
  }))
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / (3 * size)), Math.floor(i / 3) % size, i % 3]
    const sum = gratings.reduce((s, { down, across, colour }) => s + colour[channel]! * Math.sin(down * row + across * column), 0)
    return Math.min(Math.max(0.5 + 0.08 * sum + 0.05 * random.normal(), 0), 1)
  })
}

/** A sound of RMS 0.1 about: eight partials that glide and swell, and a little noise. */
export function goldenSound(samples: number, sampleRateHz: number, seed: number): Float32Array {
  const random = createRandom(seed, 'golden sound')
  const partials = Array.from({ length: 8 }, (_, i) => ({
    hz: 150 * (i + 1) * (0.8 + 0.4 * random.uniform()),
    glide: 100 * (i + 1) * (random.uniform() - 0.5),
    swellHz: 1 + 4 * random.uniform(),
    phase: 2 * Math.PI * random.uniform(),
  }))
  return Float32Array.from({ length: samples }, (_, t) => {
    const s = t / sampleRateHz
    const sum = partials.reduce((y, { hz, glide, swellHz, phase }) =>
      y + (1 + Math.sin(2 * Math.PI * swellHz * s + phase)) * Math.sin(2 * Math.PI * (hz + 0.5 * glide * s) * s + phase), 0)
    return 0.035 * sum + 0.02 * random.normal()
  })
}

/** A picture of resources/samples, prepared for a network as the program does it: [side, side, 3] in [0, 1]. */
export async function samplePicture(name: string, side: number): Promise<Float32Array> {
  const file = path.resolve(import.meta.dirname, `../../resources/samples/${name}.png`)
  const { signal } = await decodeImage(readFileSync(file), file)
  return prepareImage(signal, side, side).data
}
