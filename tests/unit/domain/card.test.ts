import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import efficientNetCard from '../../../models/efficientnet-lite0/card.json' with { type: 'json' }
import { ModelFileError } from '../../../src-main/domain/errors.ts'
import { readCard } from '../../../src-main/domain/card.ts'
import { findNetwork, networkSummaries } from '../../../src-main/engine/models/catalogue.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const networks = networkSummaries()

describe('readCard', () => {
  it('refuses a card with mistakes and names each field', () => {
    const card = { ...efficientNetCard, baseLearningRate: 0, colour: 'blue' }
    expect(() => readCard(card, 'card.json')).toThrow(ModelFileError)
    expect(() => readCard(card, 'card.json')).toThrow(/^The network card card\.json has a mistake: baseLearningRate: .*; card: .*"colour".*\. Correct the card\.$/)
  })

  it('takes the widths of each network that can be trained, and refuses those of none', () => {
    const outputs = { word: 10 }
    const widths = [{ channels: [1, 2, 3, 4, 5], fc: 6 }, { channels: [1, 2, 3, 4], fc: 5, embedding: 6 }, { cells: 7 }, { channels: 8 }]
    for (const each of widths) expect(readCard({ ...efficientNetCard, architecture: { ...each, outputs } }, 'card.json').architecture).toEqual({ ...each, outputs })
    for (const wrong of [{ channels: [1, 2, 3], fc: 4, outputs }, { cells: 7 }]) {
      expect(() => readCard({ ...efficientNetCard, architecture: wrong }, 'card.json')).toThrow(/card\.json has a mistake: architecture: must hold the outputs of the heads, and the widths of one network: channels \(five\) and fc;/)
    }
    expect(() => readCard({ ...efficientNetCard, architecture: { cells: 7, outputs: {} } }, 'card.json')).toThrow('architecture.outputs: must name a head')
  })

  it('refuses a checksum that is no SHA-256', () => {
    const card = { ...efficientNetCard, weights: { ...efficientNetCard.weights, hash: 'abc' } }
    expect(() => readCard(card, 'card.json')).toThrow('weights.hash: must be a SHA-256 in hexadecimal')
  })
})

describe('the catalogue', () => {
  it('refuses an unknown network and lists the known ones', () => {
    expect(() => findNetwork('alexnet')).toThrow(
      new ModelFileError(`There is no network "alexnet". The networks are: ${networks.map(({ name }) => name).join(', ')}. Choose one of these.`),
    )
  })

  it('finds the random reduced-aliasing network by its earlier name', () => {
    expect(findNetwork('word-cnn-reduced-aliasing').card.name).toBe('word-cnn-reduced-aliasing-random')
  })

  it('gives the word networks eight metamer layers each, the authors\' names in order', () => {
    const layers = (name: string) => networks.find((n) => n.name === name)!.stages.filter((s) => s.metamerLayer).map((s) => s.name)
    expect(layers('word-cnn-aliased')).toEqual(['cochleagram', 'conv_0', 'conv_1', 'conv_2', 'conv_3', 'conv_4', 'fc_intermediate', 'logits'])
    expect(layers('word-cnn-reduced-aliasing-random')).toEqual(['cochleagram', 'pool_0_0', 'pool_1_0', 'conv_2', 'conv_3', 'conv_4', 'fc_intermediate', 'logits'])
  })

  it.each(networks.map((n) => [n.name, n] as const))('has as many labels for %s as its last stage has units', (_, network) => {
    if (network.labels.length === 0) expect(findNetwork(network.name).card.labels).toBeNull()
    else expect(network.stages.at(-1)!.shape.slice(network.head === 'ctc' ? 1 : 0)).toEqual([network.labels.length])
  })

  it.each(networks.map((n) => [n.name] as const))('states the hash of the weights or of the recipe of %s correctly', (name) => {
    const { weights } = findNetwork(name).card
    const content = weights.state === 'trained' ? readFileSync(path.resolve(import.meta.dirname, `../../../models/${name}/${weights.file}`)) : weights.recipe
    expect(weights.hash).toBe(sha256(content))
  })

  it('gives every network weights of its own', () => {
    expect(new Set(networks.map(({ weights }) => weights.hash)).size).toBe(networks.length)
  })

  it('says where trained weights are to be had for each network that comes without', () => {
    for (const { name, weights, trainedWeights } of networks) {
      // One is meant to be random.
      expect(trainedWeights === null, name).toBe(weights.state === 'trained' || name === 'word-cnn-reduced-aliasing-random')
    }
  })

  it('knows "airliner" as class 404 and "human" as word 323', () => {
    expect(networks.find((n) => n.name === 'efficientnet-lite0')!.labels[404]).toBe('airliner')
    expect(networks.find((n) => n.name === 'word-cnn-aliased')!.labels[323]).toBe('human')
  })
})
