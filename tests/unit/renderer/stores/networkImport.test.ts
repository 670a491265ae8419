// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { ModelFileError } from '../../../../src-main/domain/errors.ts'
import { useDraft } from '../../../../src-renderer/stores/draft.ts'
import { useGraphImport } from '../../../../src-renderer/stores/graphImport.ts'
import { useLoading } from '../../../../src-renderer/stores/loading.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { useNetworkImport } from '../../../../src-renderer/stores/networkImport.ts'
import { useNetworks } from '../../../../src-renderer/stores/networks.ts'
import { useOwnLabels } from '../../../../src-renderer/stores/ownLabels.ts'
import { useWeightsImport } from '../../../../src-renderer/stores/weightsImport.ts'
import { networks } from '../../../helpers/fakeLab/data.ts'
import { graphFile, graphNodes, importHandlers, matchOf, ownNetwork, suggestion, tryOut, weightsFile } from '../../../helpers/fakeLab/importing.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { createGate } from '../../../helpers/gate.ts'
import { settle, withStores } from './withStores.ts'

const logits = graphNodes.at(-2)!.tensor

async function withGraph(handlers: Handlers = {}) {
  const rpc = withStores({ ...importHandlers, ...handlers })
  const course = useNetworkImport()
  const graph = useGraphImport()
  await settle()
  course.begin()
  await course.inspect(graphFile.path)
  await settle()
  return { rpc, course, graph, calls: (method: string) => rpc.calls.filter((c) => c.method === method) }
}

async function withWeights(handlers: Handlers = {}) {
  const rpc = withStores({ ...importHandlers, ...handlers })
  const course = useNetworkImport()
  const weights = useWeightsImport()
  await settle()
  await course.inspect(weightsFile.path)
  await settle()
  return { rpc, course, weights }
}

describe('networkImport', () => {
  it('goes the way of whole networks for a file that holds a graph, and of weights for others', async () => {
    const { course } = await withGraph()
    expect(course.course).toEqual(['file', 'input', 'layers', 'try', 'save', 'done'])
    await course.inspect(weightsFile.path)
    expect(course.course).toEqual(['file', 'match', 'done'])
  })

  it('keeps the reason of a refused file beside it, not among the messages', async () => {
    const refusal = 'The file x.onnx ends in the middle of a node. Get it again.'
    const { course } = await withGraph({ 'imports.inspect': () => { throw new ModelFileError(refusal) } })
    expect(course.problem).toBe(refusal)
    expect(course.inspection).toBeNull()
    expect(useMessages().list).toEqual([])
  })

  it('shows the file chosen last, though an earlier one answers later', async () => {
    const gate = createGate()
    const { course } = await withGraph({ 'imports.inspect': async ({ path }) => { if (path === 'slow') await gate.promise; return path === 'slow' ? weightsFile : graphFile } })
    const slow = course.inspect('slow')
    await course.inspect('quick')
    gate.resolve()
    await slow
    expect(course.inspection).toEqual(graphFile)
    expect(course.busy).toBe(false)
  })

  it('adds what a shared card describes, and chooses it for the next metamers', async () => {
    const { course, calls } = await withGraph({ 'networks.list': () => [...networks, ownNetwork] })
    await course.addByCard('/shared/card.json')
    expect(calls('imports.card')[0]!.params).toEqual({ card: '/shared/card.json', path: graphFile.path })
    expect(course.step).toBe('done')
    expect(useDraft().networkName).toBe(ownNetwork.name)
  })

  it('begins afresh after one that is done, and goes on with one that is not', async () => {
    const { course, graph } = await withGraph()
    course.step = 'input'
    course.open = false
    course.begin()
    expect(course.step).toBe('input')
    await course.finish(ownNetwork, [])
    course.begin()
    expect([course.step, course.inspection, graph.form]).toEqual(['file', null, suggestion])
    await nextTick()
    expect(graph.form).toBeNull()
  })
})

describe('graphImport', () => {
  it('starts from the suggestion, with ticked what the importer would offer', async () => {
    const { graph } = await withGraph()
    expect(graph.form).toEqual(suggestion)
    await graph.describe()
    expect([...graph.picks.keys()]).toEqual(graphNodes.filter((n) => n.suggested).map((n) => n.tensor))
    expect(graph.picks.get(logits)).toBe('logits')
    expect(graph.output).toBe(logits)
  })

  it('reads the graph again only when what its shapes depend on has changed, and keeps the picks then', async () => {
    const { graph, calls } = await withGraph()
    await graph.describe()
    graph.toggle(graphNodes[0]!.tensor)
    graph.rename(graphNodes[0]!.tensor, 'first')
    graph.form!.labelOffset = 1
    await graph.describe()
    expect(calls('imports.describe')).toHaveLength(1)
    graph.form!.input = { kind: 'image', height: 192, width: 192, channels: 3, range: [0, 1] }
    await graph.describe()
    expect(calls('imports.describe')).toHaveLength(2)
    expect(graph.picks.get(graphNodes[0]!.tensor)).toBe('first')
  })

  it('stays where it is when the graph cannot be read with this input, and says why', async () => {
    const refusal = 'Node "Gemm_121" takes 2048 values but gets 4096. Set the input to 224 × 224.'
    const { graph } = await withGraph({ 'imports.describe': () => { throw new ModelFileError(refusal) } })
    expect(await graph.describe()).toBe(false)
    expect(graph.describingProblem).toBe(refusal)
  })

  it('names the field of a setting that no card may have', async () => {
    const { graph } = await withGraph()
    expect(graph.inputProblem).toBeNull()
    graph.form!.input = { kind: 'image', height: 0, width: 224, channels: 3, range: [0, 1] }
    expect(graph.inputProblem).toMatch(/^Input: /)
  })

  it('says when labels and outputs do not fit', async () => {
    const { graph } = await withGraph()
    await graph.describe()
    expect(graph.labelsNote).toBeNull()
    graph.form!.labels = ['cat', 'dog']
    expect(graph.labelsNote).toContain('2 labels, but the network has 1,000 outputs')
  })

  it('tries what is filled in, and forgets the outcome when a setting changes', async () => {
    const { graph, calls } = await withGraph()
    await graph.describe()
    await graph.tryWith({ sample: 'cat' })
    expect(graph.tryOut).toEqual(tryOut)
    expect(calls('imports.tryOut')[0]!.params).toMatchObject({ path: graphFile.path, stimulus: { sample: 'cat' }, draft: { stages: graph.stages } })
    graph.form!.title = 'Another title'
    expect(graph.tryOut).toEqual(tryOut)
    graph.form!.normalisation = null
    expect(graph.tryOut).toBeNull()
  })

  it('sends plain data, which every transport can carry', async () => {
    const { graph, calls } = await withGraph()
    await graph.describe()
    await graph.save()
    for (const method of ['imports.describe', 'imports.save']) expect(() => structuredClone(calls(method)[0]!.params)).not.toThrow()
  })

  it('saves under the name given, unless there is one of that name', async () => {
    const { graph, calls, course } = await withGraph()
    await graph.describe()
    graph.form!.name = 'efficientnet-lite0'
    expect(graph.saveProblem).toBe('There is already a network called "efficientnet-lite0". Choose another name.')
    await graph.save()
    expect(calls('imports.save')).toHaveLength(0)
    graph.form!.name = 'mine'
    await graph.save()
    expect(calls('imports.save')[0]!.params).toMatchObject({ path: graphFile.path, draft: { name: 'mine', stages: graph.stages } })
    expect(course.step).toBe('done')
  })
})

describe('ownLabels', () => {
  it('takes a pasted list, keeps the text, and tells of one that cannot be read', async () => {
    const { graph } = await withGraph()
    const labels = useOwnLabels()
    labels.read('cat\ndog')
    expect(graph.form!.labels).toEqual(['cat', 'dog'])
    labels.source = 'imagenet-1000'
    expect(graph.form!.labels).toBe('imagenet-1000')
    labels.source = 'own'
    expect(graph.form!.labels).toEqual(['cat', 'dog'])
    labels.read('["cat"')
    expect(labels.problem).toContain('begins like JSON')
    expect(graph.inputProblem).toBe('Paste or choose the list of labels, or say that there is none.')
  })
})

describe('weightsImport', () => {
  it('compares with the best candidate at once, and with another when it is chosen', async () => {
    const { weights, rpc } = await withWeights()
    expect(weights.network).toBe('efficientnet-lite0')
    expect(weights.match).toEqual(matchOf('efficientnet-lite0', 0))
    weights.network = 'word-cnn-aliased'
    await settle()
    expect(rpc.calls.filter((c) => c.method === 'imports.match').map((c) => (c.params as { network: string }).network)).toEqual(['efficientnet-lite0', 'word-cnn-aliased'])
    expect(weights.name).toBe('word-cnn-aliased-vgg19-dcbb9e9d')
  })

  it('does not import while a weight is missing', async () => {
    const { weights, rpc } = await withWeights()
    weights.network = 'word-cnn-aliased'
    await settle()
    expect(weights.unready).toBe('The file has nothing for 14 weights of word-cnn-aliased. Choose another network, or a file that holds all of them.')
    await weights.save()
    expect(rpc.calls.some((c) => c.method === 'imports.saveWeights')).toBe(false)
  })

  it('imports in spite of a failed check only when asked to', async () => {
    const refusal = 'Network "mine" was not added: for the sample "cat" it says toaster instead of tabby.'
    const refused = { stimulus: 'cat', expected: 'tabby', found: 'toaster', passed: false }
    const { weights, rpc, course } = await withWeights({
      'imports.saveWeights': ({ name, unchecked }) => {
        if (!unchecked) throw new ModelFileError(refusal, { details: { checks: [refused] } })
        return { network: { ...ownNetwork, name }, checks: [refused] }
      },
    })
    await weights.save()
    expect(weights.savingProblem).toBe(refusal)
    expect(weights.failedChecks).toEqual([refused])
    weights.unchecked = true
    weights.labelsText = 'toaster\nkettle'
    await weights.save()
    expect(rpc.calls.filter((c) => c.method === 'imports.saveWeights').at(-1)!.params).toMatchObject({ unchecked: true, labels: ['toaster', 'kettle'] })
    expect(course.step).toBe('done')
  })

  it('imports under the name given and hands on the checks', async () => {
    const { weights, rpc, course } = await withWeights()
    weights.name = ' mine '
    weights.licence = 'MIT'
    await weights.save()
    expect(rpc.calls.find((c) => c.method === 'imports.saveWeights')!.params).toEqual({ path: weightsFile.path, network: 'efficientnet-lite0', name: 'mine', source: 'File vgg19-dcbb9e9d.pth', licence: 'MIT' })
    expect(course.result!.checks).toEqual([{ stimulus: 'cat', expected: 'tabby', found: 'tabby', passed: true }])
  })
})

describe('loading', () => {
  it('shows a file while it is read, and no longer', () => {
    const rpc = withStores()
    const loading = useLoading()
    rpc.emit('loading', { network: 'vgg-19', doneBytes: 320e6, totalBytes: 575e6 })
    expect(loading.current).toMatchObject({ network: 'vgg-19', doneBytes: 320e6 })
    rpc.emit('loading', { network: 'vgg-19', doneBytes: 575e6, totalBytes: 575e6 })
    expect(loading.current).toBeNull()
  })
})

describe('networks', () => {
  it('are asked for again when one was added or removed; the draft lets go of one that is gone', async () => {
    let list = [...networks, ownNetwork]
    const rpc = withStores({ 'networks.list': () => list })
    const draft = useDraft()
    await settle()
    draft.networkName = ownNetwork.name
    list = networks
    rpc.emit('changed', { what: 'networks', ids: [] })
    await settle()
    expect(useNetworks().list).toEqual(networks)
    expect(draft.networkName).toBe('efficientnet-lite0')
  })
})
