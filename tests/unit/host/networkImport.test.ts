import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Card } from '../../../src-main/domain/card.ts'
import type { InspectedFile } from '../../../src-main/domain/workerMessages.ts'
import { createHost } from '../../../src-main/host/createHost.ts'
import { createRpcClient } from '../../../src-main/rpc/client.ts'
import { createInMemoryPair } from '../../../src-main/rpc/transports/inMemory.ts'
import { createFakeWorker } from '../../helpers/fakeWorker.ts'
import { toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'
import { hostOptions } from '../../helpers/testLab.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const converted = 'converted weights'
const original = 'original file'

function cardNamed(name: string): Card {
  const sourceFile = { name: 'net.pth', hash: sha256(original) }
  return {
    format: 1, name, aliases: [], title: 'Ours', input: { kind: 'image', height: 4, width: 4, channels: 3, range: [0, 1] },
    network: { from: 'architecture', name: 'vgg-19' }, normalisation: null, frontEnd: null,
    stages: [{ name: 'logits', shape: [3], metamerLayer: true, endsIn: 'linear' }], labels: ['a', 'b', 'c'], labelOffset: 0, head: 'softmax',
    checks: [{ sample: 'cat', labels: ['a'] }], baseLearningRate: 0.001, needsNativeEngine: null, notes: [],
    weights: { state: 'trained', source: 'our lab', licence: 'ours', file: 'weights.safetensors', hash: sha256(converted), sourceFile },
  }
}

/** A host over a compute process that writes a text for weights and finds in every picture what the test says. */
function setUp({ found = 'a' } = {}) {
  const folder = temporaryFolder()
  const networksFolder = path.join(folder, 'networks')
  const worker = createFakeWorker()
  worker.answers.networks = () => [
    toyPicture,
    ...(existsSync(networksFolder) ? readdirSync(networksFolder) : []).filter((name) => !name.startsWith('.')).map((name) => ({ ...toyPicture, name, own: true })),
  ]
  worker.answers.inspectFile = ({ path: file }): InspectedFile => {
    const text = readFileSync(file, 'utf8')
    return { path: file, fileName: path.basename(file), format: 'safetensors', byteLength: text.length, hash: sha256(text), arrays: 1, parameters: 1, warnings: [], candidates: [], graph: null, files: [file] }
  }
  worker.answers.importWeights = ({ name, output }) => {
    writeFileSync(path.join(output, 'weights.safetensors'), converted)
    return { card: cardNamed(name) }
  }
  worker.answers.checkImport = ({ stimuli }) => stimuli.map(({ sample }) => ({ stimulus: sample, expected: 'a', found, passed: found === 'a' }))
  const host = createHost({ ...hostOptions(worker.launch), networksFolder })
  onTestFinished(() => host.close())
  const [mine, its] = createInMemoryPair()
  host.connect(its)
  const client = createRpcClient(mine)
  const heard: unknown[] = []
  client.on('changed', (change) => heard.push(change))
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  return { worker, client, networksFolder, heard, write }
}

const asked = (file: string, changes = {}) => ({ path: file, network: 'vgg-19', name: 'ours', source: '', licence: '', ...changes })

describe('weights from a file', () => {
  it('become a network with a card, tried before it is there, and every window is told', async () => {
    const { client, networksFolder, heard, write, worker } = setUp()
    const { network, checks } = await client.call('imports.saveWeights', asked(write('net.pth', original)))
    expect(network.name).toBe('ours')
    expect(checks).toEqual([{ stimulus: 'cat', expected: 'a', found: 'a', passed: true }])
    expect(JSON.parse(readFileSync(path.join(networksFolder, 'ours/card.json'), 'utf8'))).toEqual(cardNamed('ours'))
    expect(heard).toEqual([{ what: 'networks', ids: [] }])
    const sent = worker.received.find(({ name }) => name === 'importWeights')!.params
    expect(sent).toMatchObject({ path: expect.stringContaining('net.pth'), output: expect.stringContaining('.unfinished-') })
  })

  it('that see something else are refused with what they saw, and nothing stays; or added all the same', async () => {
    const { client, networksFolder, heard, write } = setUp({ found: 'b' })
    const file = write('net.pth', original)
    await expect(client.call('imports.saveWeights', asked(file))).rejects.toMatchObject({
      code: 'ModelFileError',
      message: expect.stringMatching(/^Network "ours" was not added: for the sample "cat" it says b instead of a\. /) as string,
      details: { checks: [{ stimulus: 'cat', expected: 'a', found: 'b', passed: false }] },
    })
    expect([readdirSync(networksFolder), heard]).toEqual([[], []])
    const { checks } = await client.call('imports.saveWeights', asked(file, { unchecked: true }))
    expect(checks[0]).toMatchObject({ passed: false })
    expect(readdirSync(networksFolder)).toEqual(['ours'])
  })

  it.each([
    ['toy-picture', 'There is a network "toy-picture" already. Choose another name, or remove that one first.'],
    ['../ours', '"../ours" cannot be a network\'s name: it must be of small letters, digits, dots, dashes and underscores, 80 at most.'],
  ])('cannot be called %s', async (name, sentence) => {
    const { client, write } = setUp()
    await expect(client.call('imports.saveWeights', asked(write('net.pth', original), { name }))).rejects.toThrow(sentence)
  })

  it('cannot take the name of a network whose card is broken', async () => {
    const { client, networksFolder, write, worker } = setUp()
    worker.answers.networks = () => [toyPicture]
    mkdirSync(path.join(networksFolder, 'ours'), { recursive: true })
    await expect(client.call('imports.saveWeights', asked(write('net.pth', original)))).rejects.toThrow('There is a network "ours" already.')
  })
})

describe('a shared card', () => {
  it('adds its file as it is, or the original after converting it again', async () => {
    for (const text of [converted, original]) {
      const { client, networksFolder, write } = setUp()
      const card = write('card.json', JSON.stringify(cardNamed('shared')))
      expect(await client.call('imports.card', { card, path: write('file', text) })).toMatchObject({ name: 'shared' })
      expect(readFileSync(path.join(networksFolder, 'shared/weights.safetensors'), 'utf8')).toBe(converted)
    }
  })

  it('refuses another file, and names both that it belongs to', async () => {
    const { client, networksFolder, write } = setUp()
    const card = write('card.json', JSON.stringify(cardNamed('shared')))
    const short = (text: string): string => `${sha256(text).slice(0, 12)}…`
    await expect(client.call('imports.card', { card, path: write('other', 'other') })).rejects.toThrow(
      `The card ${card} belongs to a file "weights.safetensors" with SHA-256 ${short(converted)}, or to "net.pth" with ${short(original)}; "other" has ${short('other')}. Choose the file that the card names.`,
    )
    expect(existsSync(networksFolder)).toBe(false)
  })

  it('must be one of a network that somebody added', async () => {
    const { client, write } = setUp()
    const { network: _, ...catalogue } = cardNamed('shared')
    const file = write('file', converted)
    await expect(client.call('imports.card', { card: write('a.json', JSON.stringify(catalogue)), path: file })).rejects.toThrow(/is not that of a network that somebody added/)
    await expect(client.call('imports.card', { card: write('b.json', 'no'), path: file })).rejects.toThrow(/b\.json has a mistake/)
    await expect(client.call('imports.card', { card: '/nowhere/card.json', path: file })).rejects.toThrow('There is no card "/nowhere/card.json". Check its name and folder.')
  })

  it('is what is saved of a network that was added; the network can be removed', async () => {
    const { client, networksFolder, write, heard } = setUp()
    await client.call('imports.saveWeights', asked(write('net.pth', original)))
    const saved = path.join(path.dirname(networksFolder), 'saved.json')
    expect(await client.call('networks.saveCard', { name: 'ours', path: saved })).toEqual({ path: saved })
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(cardNamed('ours'))
    await client.call('networks.remove', { name: 'ours' })
    expect([readdirSync(networksFolder), heard.length]).toEqual([[], 2])
    await expect(client.call('networks.remove', { name: 'ours' })).rejects.toThrow('"ours" is not among the networks that you have added. There are none yet.')
    await expect(client.call('networks.remove', { name: '..' })).rejects.toThrow('is not among')
  })
})
