// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { useDraft } from '../../../../src-renderer/stores/draft.ts'
import { useMessages } from '../../../../src-renderer/stores/messages.ts'
import { MediaError, ProtocolError } from '../../../../src-main/domain/errors.ts'
import type { RunPlan } from '../../../../src-main/domain/run.ts'
import type { ReferenceSummary } from '../../../../src-main/domain/stimulus.ts'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { detailOf, finished, references } from '../../../helpers/fakeLab/data.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { reloaded, settle, withStores } from './withStores.ts'

describe('draft', () => {
  beforeEach(() => void withStores())

  it('begins with a trained network, the default preset and seed 1, and says what is missing', async () => {
    const draft = useDraft()
    await settle()
    expect(draft.networkName).toBe('efficientnet-lite0')
    expect(draft.presetName).toBe('2019 as code')
    expect(draft.missing).toEqual(['a layer', 'a reference picture'])
  })

  it('plans layers from early to late, each with each reference', async () => {
    const draft = useDraft()
    await settle()
    draft.layers = ['block4', 'stem']
    draft.referenceIds = [1, 2]
    expect(draft.count).toBe(4)
    expect(draft.plans()[0]).toMatchObject({ network: 'efficientnet-lite0', layers: ['stem', 'block4'], referenceIds: [1, 2], seed: 1 })
  })

  it('does not count references of the other kind', async () => {
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [4]
    expect(draft.missing).toEqual(['a reference picture'])
    draft.networkName = 'word-cnn-aliased'
    await settle()
    expect(draft.chosenReferences.map((r) => r.fileName)).toEqual(['speech.wav'])
  })

  it('waits for references that are being added, listed or not, and makes all of them', async () => {
    let answer = (_: ReferenceSummary): void => {}
    withStores({ 'samples.add': () => new Promise<ReferenceSummary>((resolve) => (answer = resolve)) })
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    const added = draft.addSample('coffee')
    await settle()
    expect(draft.missing).toEqual(['the references that are being added'])
    expect(await draft.make()).toEqual([])
    answer(references[1]!)
    await added
    expect(draft.missing).toEqual([])
    expect(draft.plans()[0]?.referenceIds).toEqual([1, 2])
  })

  it('makes what was chosen when a further reference is refused', async () => {
    withStores({
      'references.add': () => {
        throw new MediaError('"bad.txt" is no picture.')
      },
    })
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    await draft.addFiles([new File(['x'], 'bad.txt')])
    expect(draft.missing).toEqual([])
    expect(draft.plans()[0]?.referenceIds).toEqual([1])
  })

  it('drops layers that another network does not have', async () => {
    const draft = useDraft()
    await settle()
    draft.layers = ['block4', 'logits']
    draft.networkName = 'word-cnn-aliased'
    await settle()
    expect(draft.layers).toEqual(['logits'])
  })

  it('remembers changed settings until another preset is chosen', async () => {
    const draft = useDraft()
    await settle()
    draft.change('updates', 20)
    expect(draft.settings?.updates).toBe(20)
    draft.change('updates', 15_000)
    expect(draft.changes).toEqual({})
    draft.change('updates', 20)
    draft.choosePreset('quick look')
    expect(draft.settings?.updates).toBe(500)
  })

  it.each([
    ['updates', 20, '2019 as code, 20 updates'],
    ['learningRate', 0.01, '2019 as code, learningRate 0.01'],
    ['reluGradient', 'standard', '2019 as code, reluGradient standard'],
    ['imageStart', 'centred', '2019 as code, imageStart centred'],
  ] as const)('plans a changed %s under a name that says so', async (setting, value, name) => {
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    draft.change(setting, value)
    expect(draft.plans()[0]?.protocol).toMatchObject({ name, [setting]: value })
  })

  it('plans the cochleagram to be moved under a name that says so, behind its layer, and by networks that have one', async () => {
    const draft = useDraft()
    await settle()
    draft.networkName = 'word-cnn-aliased'
    await settle()
    draft.change('space', 'cochleagram')
    draft.layers = ['cochleagram', 'conv_2']
    draft.referenceIds = [4]
    expect(draft.missing).toEqual(['layers behind the cochleagram, which is moved itself'])
    draft.layers = ['conv_2']
    expect(draft.plans()[0]).toMatchObject({ layers: ['conv_2'], protocol: { name: '2019 as code, space cochleagram', space: 'cochleagram' } })
    draft.networkName = 'efficientnet-lite0'
    await settle()
    expect(draft.changes).toEqual({})
  })

  it('plans both gradients of the ReLU at once: the modified one everywhere, the standard one where it differs', async () => {
    let planned = 0
    const rpc = withStores({ 'runs.plan': ({ layers, referenceIds }) => ({ runIds: layers.flatMap(() => referenceIds.map(() => ++planned)) }) })
    const draft = useDraft()
    await settle()
    draft.layers = ['stem', 'block1']
    draft.referenceIds = [1, 2]
    draft.change('reluGradient', 'standard')
    draft.bothGradients = true
    // block1 ends in no ReLU.
    expect([draft.compared, draft.count]).toEqual([['stem'], 6])
    expect(await draft.make()).toEqual([1, 2, 3, 4, 5, 6])
    const plans = rpc.calls.filter(({ method }) => method === 'runs.plan').map(({ params }) => params as RunPlan)
    expect(plans.map(({ layers, protocol }) => [layers, protocol.name, protocol.reluGradient])).toEqual([
      [['stem', 'block1'], '2019 as code', 'modified'], [['stem'], '2019 as code, reluGradient standard', 'standard'],
    ])
    expect(plans.map(({ network, referenceIds, seed }) => [network, referenceIds, seed])).toEqual(Array(2).fill(['efficientnet-lite0', [1, 2], 1]))
  })

  it('plans one set where no chosen layer ends in a ReLU, and by L-BFGS', async () => {
    const draft = useDraft()
    await settle()
    draft.layers = ['block1']
    draft.referenceIds = [1]
    draft.bothGradients = true
    expect([draft.count, draft.plans().length]).toEqual([1, 1])
    draft.layers = ['stem']
    expect(draft.count).toBe(2)
    draft.choosePreset('fewer updates')
    expect([draft.count, draft.plans().map(({ protocol }) => protocol.reluGradient)]).toEqual([1, ['standard']])
  })

  it('does not plan the second gradient when the first was refused', async () => {
    const rpc = withStores({
      'runs.plan': () => {
        throw new ProtocolError('No.')
      },
    })
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    draft.bothGradients = true
    expect(await draft.make()).toEqual([])
    expect(rpc.calls.filter(({ method }) => method === 'runs.plan')).toHaveLength(1)
  })

  it('will not plan settings out of range, and names the setting', async () => {
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    draft.change('updates', 0)
    expect(draft.missing).toEqual(['settings in range'])
    expect(draft.protocolProblem).toContain('updates')
    expect(draft.plans()).toEqual([])
  })

  it.each([null, -1, 1.5, 2 ** 32])('will not plan the seed %s', async (seed) => {
    const draft = useDraft()
    await settle()
    draft.seed = seed
    expect(draft.missing.join()).toContain('a seed')
  })

  it('is there again after the page was reloaded, for each project its own', async () => {
    let path = '/p/a.metamer'
    const handlers: Handlers = { 'project.current': () => ({ path, name: 'a', readOnlyReason: null }), 'runs.list': () => [finished(1, 'included')], 'runs.detail': () => detailOf(finished(1, 'included')) }
    withStores(handlers)
    const [draft, selected] = [useDraft(), useRunDetail()]
    await settle()
    Object.assign(draft, { networkName: 'word-cnn-aliased', layers: ['conv_2'], referenceIds: [4], seed: 7, bothGradients: true })
    draft.choosePreset('quick look')
    draft.change('updates', 20)
    selected.selectedId = 1
    await settle()

    reloaded(handlers)
    const [again, selectedAgain] = [useDraft(), useRunDetail()]
    await settle()
    expect(again.bothGradients).toBe(true)
    expect(again.plans()[0]).toMatchObject({ network: 'word-cnn-aliased', layers: ['conv_2'], referenceIds: [4], seed: 7, protocol: { name: 'quick look, 20 updates' } })
    expect(selectedAgain.selectedId).toBe(1)

    path = '/p/b.metamer'
    reloaded(handlers)
    const [elsewhere, selectedElsewhere] = [useDraft(), useRunDetail()]
    await settle()
    expect([elsewhere.layers, elsewhere.referenceIds, elsewhere.presetName, selectedElsewhere.selectedId]).toEqual([[], [], '2019 as code', null])
  })

  it('says why when the project can only be read', async () => {
    withStores({ 'project.current': () => ({ path: '/p', name: 'p', readOnlyReason: 'it is from a newer version' }) })
    const draft = useDraft()
    await settle()
    expect(draft.missing[0]).toContain('it is from a newer version')
  })

  it('keeps everything and shows the sentence when the program refuses', async () => {
    withStores({
      'runs.plan': () => {
        throw new ProtocolError('Layer "stem" is not in network "x".')
      },
    })
    const draft = useDraft()
    await settle()
    draft.layers = ['stem']
    draft.referenceIds = [1]
    expect(await draft.make()).toEqual([])
    expect(draft.layers).toEqual(['stem'])
    expect(useMessages().list[0]).toMatchObject({ tone: 'error', text: 'Layer "stem" is not in network "x".' })
  })
})
