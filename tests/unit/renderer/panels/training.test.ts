// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { MediaError } from '../../../../src-main/domain/errors.ts'
import type { NetworkSummary } from '../../../../src-main/domain/network.ts'
import type { TrainingResult, TrainingSummary } from '../../../../src-main/domain/training.ts'
import type { DataSurvey, TrainingDetail, TrainingExamples } from '../../../../src-main/domain/trainingRecords.ts'
import TrainingForm from '../../../../src-renderer/panels/training/TrainingForm.vue'
import TrainingDataSheet from '../../../../src-renderer/panels/training/TrainingDataSheet.vue'
import TrainingHeader from '../../../../src-renderer/panels/training/TrainingHeader.vue'
import TrainingOutcome from '../../../../src-renderer/panels/training/TrainingOutcome.vue'
import { useTrainingDraft } from '../../../../src-renderer/stores/trainingDraft.ts'
import { useTrainings } from '../../../../src-renderer/stores/trainings.ts'
import { networks } from '../../../helpers/fakeLab/data.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { pictureTrainingPlan, trainingPlan } from '../../../helpers/trainingPlan.ts'
import { withStores } from '../stores/withStores.ts'

const best = { step: 6, loss: 1, wordAccuracy: 0.5, topFive: 1, meanAuc: 0.75, aucByLabel: [0.5, 1] }
const result: TrainingResult = {
  stop: 'all steps made', steps: 6, seconds: 1, best, tests: [{ split: 'test', snrDb: null, clips: 4, ...best, meanAuc: NaN }, { split: 'test', snrDb: -5, clips: 4, ...best }],
  folder: '/n/toy-words', weightsHash: 'a', datasetHash: 'b', notices: [],
}
const training: TrainingSummary = { id: 1, state: 'finished', plan: trainingPlan(), stepsDone: 6, validations: [best], result, environment: null, message: null, createdAt: '', finishedAt: '' }
const examined: TrainingDetail = {
  lossCurve: null,
  examination: { split: 'test', words: ['one', 'two'], sounds: ['hum', 'hiss'], answers: [{ file: 'd/a.wav', right: 0, said: 1, probability: 0.6 }], kernels: { shape: [1, 1, 1, 3], data: Float32Array.of(1, 0, -1) } },
}

const shown = async (component: Component, props: object, handlers: Handlers = {}) => {
  const rpc = withStores({ 'trainings.list': () => [training], 'trainings.places': () => ({ networksFolder: '/n' }), ...handlers })
  const view = mount(component, { props, global: { plugins: [getActivePinia()!] }, attachTo: document.body })
  await flushPromises()
  return { rpc, view }
}

beforeEach(() => void (document.body.innerHTML = ''))

describe('TrainingForm', () => {
  it('is not sent by Enter in the dialog that looks for a folder', async () => {
    const { rpc, view } = await shown(TrainingForm, {}, { 'folders.list': ({ path }) => ({ path: path || '/home', parent: null, folders: [], files: [] }) })
    await view.findAll('button').find((button) => button.text() === 'Folder…')!.trigger('click')
    await flushPromises()
    await view.get('form.chooser').trigger('submit')
    await flushPromises()
    expect(rpc.calls.filter(({ method }) => method === 'folders.list')).toHaveLength(2)
    expect(view.find('[role=alert]').exists()).toBe(false)
    view.unmount()
  })

  it('has momentum, weight decay and dropout among the settings that are folded away', async () => {
    const { view } = await shown(TrainingForm, {})
    const folded = view.get('details')
    expect(['momentum', 'weight-decay', 'dropout'].map((field) => (folded.get(`[data-test=training-${field}]`).element as HTMLInputElement).value)).toEqual(['0.9', '0', '0.5'])
    view.unmount()
  })

  it('offers every network that hears and can learn, and takes its widths', async () => {
    const { view } = await shown(TrainingForm, {})
    const network = view.get('[data-test=training-network]')
    expect(network.findAll('option').map((option) => option.text())).toEqual(['aliased', 'reduced-aliasing', 'vggish', 'deepspeech', 'musicnn-vgg'])
    expect((network.element as HTMLSelectElement).value).toBe('aliased')
    await network.setValue('deepspeech')
    await view.get('[data-test=training-size]').setValue('4,4,4,4,4,8')
    expect(view.get('[role=alert]').text()).toBe('Size takes small, full, a share of full such as 0.25, or a whole number (CELLS) for deepspeech, not "4,4,4,4,4,8".')
    await view.get('[data-test=training-size]').setValue('64')
    expect(view.find('[role=alert]').exists()).toBe(false)
    view.unmount()
  })

  it('says the sentence of a mistake beside its field, and unfolds where that is hidden', async () => {
    const { view } = await shown(TrainingForm, {})
    await view.get('[data-test=training-schedule]').setValue('linear')
    expect(view.get('[role=alert]').text()).toBe('Schedule takes constant, cosine or step:N:F (times F, of 1 at most, every N updates), not "linear".')
    expect(view.get('details').attributes('open')).toBeDefined()
    view.unmount()
  })
})

describe('TrainingForm of pictures', () => {
  it('offers the networks that can learn, their stages, and what is said of pictures', async () => {
    const { view } = await shown(TrainingForm, {})
    expect(view.find('[data-test=training-speech]').exists()).toBe(true)
    await view.get('[data-test=training-kind-pictures]').setValue()
    expect(view.find('[data-test=training-speech]').exists()).toBe(false)
    expect(view.find('[data-test=training-pictures]').exists()).toBe(true)
    const options = (field: string) => view.get(`[data-test=training-${field}]`).findAll('option').map((option) => option.text())
    expect(options('network')).toEqual(['efficientnet-lite0'])
    expect(options('from')).toEqual(['as usual: block6', 'stem', 'block1', 'block2', 'block3', 'block4', 'block5', 'block6', 'block7', 'head', 'pooled', 'logits'])
    view.unmount()
  })

  it('says of which networks the weights are random, and goes back to the usual stage where the chosen one is of another network', async () => {
    const [lite] = networks
    const vgg: NetworkSummary = { ...lite!, name: 'vgg-19', learnsFrom: 'fc7', stages: ['fc6', 'fc7', 'pooled'].map((name) => ({ ...lite!.stages[0]!, name })), weights: { ...lite!.weights, state: 'random' } }
    const { view } = await shown(TrainingForm, {}, { 'networks.list': () => [...networks, vgg] })
    await view.get('[data-test=training-kind-pictures]').setValue()
    const options = (field: string) => view.get(`[data-test=training-${field}]`).findAll('option').map((option) => option.text())
    expect(options('network')).toEqual(['efficientnet-lite0', 'vgg-19 (random weights)'])
    const draft = useTrainingDraft()
    draft.form.from = 'pooled'
    draft.form.network = 'vgg-19'
    await flushPromises()
    expect([draft.form.from, options('from')]).toEqual(['pooled', ['as usual: fc7', 'fc6', 'fc7', 'pooled']])
    draft.form.from = 'fc6'
    draft.form.network = 'efficientnet-lite0'
    await flushPromises()
    expect(draft.form.from).toBe('')
    view.unmount()
  })
})

describe('TrainingDataSheet', () => {
  it('names clips outside their file, sounds that lie in several splits, and splits without backgrounds', async () => {
    const none = { missing: [], unreadable: [], silent: [], clipped: [] }
    const speech = { source: { name: 'speech.csv', hash: null }, splits: [], files: 3, durationsS: Float32Array.of(1), rates: [], outside: ['Line 7 of the manifest lets a clip of "d/d.wav" start at 2500 s.'], shared: ['d/a.wav', 'd/b.wav'], ...none }
    const survey: DataSurvey = { kind: 'words', speech, backgrounds: null, notices: ['No background lies in the split "test": the finished network is tested clean only.'] }
    const { view } = await shown(TrainingDataSheet, {}, { 'trainings.survey': () => survey })
    useTrainingDraft().form.speech = '/d/speech.csv'
    await view.get('[data-test=look-at-data]').trigger('click')
    await flushPromises()
    expect(view.get('[data-test=survey-of-words]').text()).toMatch(/1 clip outside their file or without their word.*Line 7 of the manifest.*2 files in several splits.*d\/a\.wav/)
    expect(view.get('[data-test=survey-notice]').text()).toContain('No background lies in the split "test"')
    view.unmount()
  })

  it('shows what was seen in pictures, and views of them', async () => {
    const none = { missing: [], unreadable: [], plain: [] }
    const survey: DataSurvey = { kind: 'pictures', pictures: { source: { name: 'birds', hash: null }, splits: [{ split: 'train', clips: 3, byLabel: { cat: 3, dog: 0 } }], files: 3, sides: Uint32Array.of(100, 200, 400), small: ['d/a.png'], shared: ['d/b.png', 'd/c.png'], ...none }, notices: ['The weights of "toy" are random.'] }
    const examples: TrainingExamples = { kind: 'pictures', examples: [{ number: 0, label: 'cat', file: 'd/a.png', view: { height: 1, width: 1, rgb: Uint8Array.of(1, 2, 3) } }] }
    const { view } = await shown(TrainingDataSheet, {}, { 'trainings.survey': () => survey, 'trainings.examples': () => examples })
    const draft = useTrainingDraft()
    draft.kind = 'pictures'
    draft.form.pictures = '/d'
    await flushPromises()
    await view.get('[data-test=look-at-data]').trigger('click')
    await flushPromises()
    const sheet = view.get('[data-test=survey-of-pictures]').text()
    expect(sheet).toContain('3 files; shorter sides from 100 to 400 pixels')
    expect(sheet).toMatch(/none missing.*none unreadable.*1 file small.*none of one colour.*2 files in several splits/)
    expect(view.get('[data-test=survey-notice]').text()).toBe('The weights of "toy" are random.')
    expect(view.get('button[data-test=examples]').text()).toBe('Look at examples')
    await view.get('[data-test=examples]').trigger('click')
    await flushPromises()
    expect(view.get('[data-test=example-0]').text()).toMatch(/1 cat.*d\/a\.png/)
    expect(view.get('[data-test=example-0] canvas').attributes('aria-label')).toBe('View of d/a.png, cat')
    view.unmount()
  })
})

describe('TrainingForm over data that do not fit', () => {
  it('shows the refusal in the form, and keeps what was typed', async () => {
    const refuse = () => {
      throw new MediaError('"/d/s.csv" has no clips in the split "validation", which every training needs. Put some there.')
    }
    const { view } = await shown(TrainingForm, {}, { 'trainings.plan': refuse })
    await view.get('[data-test=training-name]').setValue('digits')
    await view.get('[data-test=training-speech]').setValue('/d/s.csv')
    await view.get('[data-test=start-training]').trigger('click')
    await flushPromises()
    expect(view.get('[data-test=training-refusal]').text()).toBe('"/d/s.csv" has no clips in the split "validation", which every training needs. Put some there.')
    expect((view.get('[data-test=training-name]').element as HTMLInputElement).value).toBe('digits')
    view.unmount()
  })
})

describe('TrainingHeader', () => {
  it.each([
    ['running', ['Pause', 'Stop']],
    ['planned', ['Pause', 'Stop']],
    ['paused', ['Resume', 'Stop']],
    ['failed', ['Resume']],
    ['cancelled', ['Resume']],
  ] as const)('offers for a %s training what can be done to it', async (state, buttons) => {
    const { view } = await shown(TrainingHeader, { training: { ...training, state, result: null } })
    expect(view.findAll('button').map((button) => button.text())).toEqual(buttons)
    view.unmount()
  })

  it('says where a network is that the program does not list', async () => {
    const { view } = await shown(TrainingHeader, { training })
    expect(view.text()).toContain('The program does not list this network: it lies in /n/toy-words')
    view.unmount()
  })
})

describe('TrainingOutcome', () => {
  it('shows tests by SNR, confusions, areas and kernels of what the project holds', async () => {
    const { view } = await shown(TrainingOutcome, { training }, { 'trainings.detail': () => examined })
    useTrainings().selectedId = 1
    // The store of details is made by the panel; it reads what is selected.
    await flushPromises()
    expect(view.get('[data-test=tests]').text()).toMatch(/clean.*−5 dB.*words.*50.0 %.*mean AUC.*–.*0.750/)
    await view.get('.cell').trigger('click')
    expect(view.get('[data-test=confusions]').text()).toContain('d/a.wav 60.0 %')
    expect(view.findAll('ol.bars li').map((row) => row.text())).toEqual(['hiss1.000', 'hum0.500'])
    expect(view.findAll('[data-test=kernels] canvas')).toHaveLength(3)
    view.unmount()
  })

  it('says what the first kernels of another network are', async () => {
    const other = { ...training, plan: trainingPlan({}, {}, { form: 'deepspeech', cells: 3 }) }
    const { view } = await shown(TrainingOutcome, { training: other }, { 'trainings.list': () => [other], 'trainings.detail': () => examined })
    useTrainings().selectedId = 1
    await flushPromises()
    expect(view.text()).toContain('layer_1, at most 128 units: 19 frames by 26 MFCC, the first at the bottom; red is positive, blue negative')
    view.unmount()
  })

  it('shows what a network of pictures took for what', async () => {
    const ofPictures = { ...training, plan: pictureTrainingPlan(), result: { ...result, tests: [], best: { ...best, meanAuc: null, aucByLabel: null } } }
    const seen: TrainingDetail = { lossCurve: null, examination: { split: 'validation', words: ['cat', 'dog'], sounds: [], answers: [{ file: 'd/a.png', right: 0, said: 0, probability: 0.6 }], kernels: { shape: [1, 1, 3, 2], data: Float32Array.of(1, 0, 0, 0, 0, 1) } } }
    const { view } = await shown(TrainingOutcome, { training: ofPictures }, { 'trainings.list': () => [ofPictures], 'trainings.detail': () => seen })
    useTrainings().selectedId = 1
    await flushPromises()
    expect(view.get('[data-test=confusions]').text()).toMatch(/whole pictures of the validation; right label in rows.*1 of 1 picture right \(100\.0 %\)\..*Choose a cell to see its pictures\./)
    expect(view.text()).toContain('stem, in colour; grey is 0')
    expect(view.findAll('[data-test=kernels] canvas')).toHaveLength(2)
    view.unmount()
  })

  it('has an older network examined on demand', async () => {
    const { rpc, view } = await shown(TrainingOutcome, { training }, { 'trainings.detail': () => ({ lossCurve: null, examination: null }), 'trainings.examine': () => null })
    await view.get('[data-test=examine]').trigger('click')
    await flushPromises()
    expect(rpc.calls.find(({ method }) => method === 'trainings.examine')).toEqual({ method: 'trainings.examine', params: { id: 1 } })
    view.unmount()
  })
})
