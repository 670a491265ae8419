import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findNetwork } from '../../../src-main/engine/models/catalogue.ts'
import { randomWeights } from '../../../src-main/engine/models/weightsSource.ts'
import { createNetworkSource } from '../../../src-main/worker/networkSource.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'
import { writeSafetensors } from '../../../src-main/weights/safetensors.ts'

/** A card of the catalogue's word network, with weights from a file of one array. */
const bytes = writeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(1) }]]))
const hash = createHash('sha256').update(bytes).digest('hex')
const { card } = findNetwork('word-cnn-aliased')
const weights = { state: 'trained', source: 'our lab', licence: 'ours', file: 'weights.safetensors', hash, sourceFile: { name: 'net.pt', hash } }
const own = { ...card, name: 'our-words', aliases: [], weights, network: { from: 'architecture', name: 'word-cnn-aliased' } }

describe('own networks', () => {
  it('stand after the catalogue\'s, marked as own, with the weights that their cards name', async () => {
    const file = path.join(temporaryFolder(), 'weights.safetensors')
    const told: number[] = []
    const source = createNetworkSource()
    expect(source.use([{ fileName: 'our-words/card.json', value: own }])).toEqual([])
    expect(source.summaries().at(-1)).toMatchObject({ name: 'our-words', own: true, weights: { state: 'trained', hash, file: 'weights.safetensors' } })
    expect(source.summaries().filter((network) => network.own)).toHaveLength(1)
    writeFileSync(file, 'another file')
    await expect(source.load('our-words', file, () => undefined)).rejects.toThrow('The weights of network "our-words" have SHA-256')
    writeFileSync(file, bytes)
    await source.load('our-words', file, (done) => told.push(done))
    expect(told).toEqual([bytes.length])
    expect(() => source.build('our-words')).toThrow('The weight file of network "our-words" lacks weight "batchnorm_0.gamma"')
  })

  it('take the place of those told before', () => {
    const source = createNetworkSource()
    source.use([{ fileName: 'a', value: own }])
    source.use([{ fileName: 'b', value: { ...own, name: 'others' } }])
    expect(source.summaries().filter((network) => network.own).map(({ name }) => name)).toEqual(['others'])
  })

  it.each([
    ['not JSON', /The network card c has a mistake: card: .*Correct the card\./],
    [{ ...own, name: 'vgg-19' }, /The network card c has the name "vgg-19", which another network has\. Give it a name of its own\./],
    [{ ...own, network: undefined }, /does not say what computes it: "network" is missing\. Import the network's file again\./],
    [{ ...own, network: { from: 'architecture', name: 'none' } }, /There is no network "none"/],
    [{ ...own, name: '../escape' }, /name: must be/],
  ])('that cannot be used are left out, with a sentence: %#', (value, sentence) => {
    const source = createNetworkSource()
    const problems = source.use([{ fileName: 'c', value }, { fileName: 'd', value: own }])
    expect(problems).toEqual([expect.stringMatching(sentence)])
    expect(source.summaries().at(-1)!.name).toBe('our-words')
  })
})

describe('what another network can begin with', () => {
  it('are random weights, drawn from the card\'s seed when they are read', () => {
    const { arrays, entry } = createNetworkSource().base('resnet-101-v2')
    const kernel = arrays.get('conv1_conv.kernel')!
    expect(entry.card.name).toBe('resnet-101-v2')
    expect(kernel.shape).toEqual([7, 7, 3, 64])
    expect(kernel.data).toEqual(randomWeights(0, 'glorot uniform').weight('conv1_conv.kernel', kernel.shape)())
    expect([...kernel.data]).toEqual([...kernel.data])
    expect(arrays.get('post_bn.gamma')!.data.every((gamma) => gamma === 1)).toBe(true)
    expect(createNetworkSource().base('vggish').arrays.size).toBeGreaterThan(0)
    expect([...arrays.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(44_675_560)
  })

  it('are no weights that were not loaded, and no whole graph', () => {
    const source = createNetworkSource()
    expect(() => source.base('word-cnn-reduced-aliasing-audioset')).toThrow('Network "word-cnn-reduced-aliasing-audioset" needs its trained weights, which were not loaded.')
    source.use([{ fileName: 'g', value: { ...findNetwork('vgg-19').card, name: 'graph', network: { from: 'graph', format: 'onnx', input: 'x', layout: 'channels first' } } }])
    expect(() => source.base('graph')).toThrow('Network "graph" is a whole graph: its weights stay as they are.')
  })
})
