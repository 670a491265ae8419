// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { UsageError } from '../../../../src-main/domain/errors.ts'
import type { Figure } from '../../../../src-main/domain/figure.ts'
import { tallyNull } from '../../../../src-main/domain/nullTally.ts'
import type { TrainingSummary } from '../../../../src-main/domain/training.ts'
import type { SoundSurvey } from '../../../../src-main/domain/trainingRecords.ts'
import type { WordExample } from '../../../../src-main/domain/wordExample.ts'
import FigureDialog from '../../../../src-renderer/panels/figures/FigureDialog.vue'
import LabelsOf from '../../../../src-renderer/panels/run/LabelsOf.vue'
import RunCharts from '../../../../src-renderer/panels/run/RunCharts.vue'
import RunLoss from '../../../../src-renderer/panels/run/RunLoss.vue'
import SoundPair from '../../../../src-renderer/panels/run/SoundPair.vue'
import TrainingCurves from '../../../../src-renderer/panels/training/TrainingCurves.vue'
import TrainingDataSheet from '../../../../src-renderer/panels/training/TrainingDataSheet.vue'
import TrainingOutcome from '../../../../src-renderer/panels/training/TrainingOutcome.vue'
import { useRunDetail } from '../../../../src-renderer/stores/runDetail.ts'
import { useTrainingDraft } from '../../../../src-renderer/stores/trainingDraft.ts'
import { useTrainings } from '../../../../src-renderer/stores/trainings.ts'
import { detailOf, finished, nulls, run } from '../../../helpers/fakeLab/data.ts'
import { fakeAudio } from '../../../helpers/fakeAudio.ts'
import type { Handlers } from '../../../helpers/fakeRpc.ts'
import { examination, trainingResult } from '../../../helpers/examinedTraining.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'
import { withStores } from '../stores/withStores.ts'

const figure: Figure = { name: 'f', title: 'A figure', caption: 'n = 1 metamer.', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', places: [{ runs: [1], left: 0, top: 0, width: 1, height: 1 }], records: [] }
const one = finished(1, 'included')
const set = { network: one.network, networkHash: one.networkHash, protocol: one.protocol.name }

/** A panel with charts, and the dialog that a chart is saved in. */
async function beside(panel: Component, props: object, handlers: Handlers = {}) {
  const rpc = withStores({ 'runs.list': () => [one], 'runs.detail': () => detailOf(one), 'runs.signal': () => ({ fileName: 's.png', mimeType: 'image/png', bytes: Uint8Array.of(1) }), 'figures.draw': () => figure, 'nulls.list': () => ({ nulls, jobs: [] }), 'nulls.histogram': () => ({ summary: nulls[0]!, histogram: tallyNull([0.1]).histogram }), ...handlers })
  const both = defineComponent({ setup: () => () => [h(panel, props), h(FigureDialog)] })
  const view = mount(both, { global: { plugins: [getActivePinia()!], stubs: { LineChart: true, LossCurve: true, FidelityByLayer: true, NullHistogram: true, CochleagramImage: true, WaveformStrip: true } }, attachTo: document.body })
  await flushPromises()
  const drawn = () => rpc.calls.filter(({ method }) => method === 'figures.draw').map(({ params }) => (params as { request: unknown }).request)
  return { rpc, view, drawn }
}

it('leads from the charts of a run to the same as figures: its row of the matrix, and the histogram of its layer', async () => {
  const { view, drawn } = await beside(RunCharts, { run: detailOf(one) })
  for (const button of view.findAll('[data-test=save-chart]')) {
    await button.trigger('click')
    await flushPromises()
    expect(view.get('[data-test=figure-dialog] figcaption').text()).toBe('n = 1 metamer.')
  }
  expect(drawn()).toEqual([{ kind: 'matrix', set, runIds: [1], measure: 'rho', includedOnly: false }, { kind: 'histogram', set, layer: 'block1', counts: 'log' }])
  // Its bars lead nowhere from here.
  expect(view.find('[data-test=place]').exists()).toBe(false)
  view.unmount()
})

it('saves the loss of a run at the size asked for, and closes', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const { view, drawn, rpc } = await beside(RunLoss, { run: one }, { 'figures.file': () => ({ fileName: 'f.png', mimeType: 'image/png', bytes: Uint8Array.of(1) }) })
  expect(view.find('[data-test=save-chart]').exists()).toBe(false)
  useRunDetail().selectedId = 1
  await flushPromises()
  await view.get('[data-test=save-chart]').trigger('click')
  await flushPromises()
  await view.findAll('[data-test=figure-dialog] input')[0]!.setValue(86)
  await flushPromises()
  expect(drawn()).toEqual([{ kind: 'loss', run: 1 }, { kind: 'loss', run: 1 }])
  await view.get('[data-test=png]').trigger('click')
  await flushPromises()
  expect(rpc.calls.at(-1)).toEqual({ method: 'figures.file', params: { request: { kind: 'loss', run: 1 }, size: { widthMm: 86, heightMm: 110, dpi: 300 }, format: 'png' } })
  expect(click.mock.contexts[0]).toMatchObject({ download: 'f.png' })
  await view.get('[aria-label="Close (Esc)"]').trigger('click')
  expect(view.find('[data-test=figure-dialog]').exists()).toBe(false)
  click.mockRestore()
  view.unmount()
})

it('leads from the labels of a run to a figure, once', async () => {
  const both = defineComponent({ setup: () => () => [h(LabelsOf, { side: 'reference' }), h(LabelsOf, { side: 'metamer' })] })
  const { view, drawn } = await beside(both, {})
  useRunDetail().selectedId = 1
  await flushPromises()
  await view.get('[aria-label="Save the labels"]').trigger('click')
  await flushPromises()
  expect([view.findAll('[data-test=save-chart]').length, drawn()]).toEqual([1, [{ kind: 'labels', run: 1 }]])
  view.unmount()
})

it('leads from the cochleagrams and waveforms of a finished run to figures', async () => {
  const sound = finished(1, 'included', { kind: 'audio' })
  const picture = { rows: 1, columns: 1, data: Uint8Array.of(1), maximum: 1, frequenciesHz: Float32Array.of(100), envelopeRateHz: 200 }
  fakeAudio()
  const { view, drawn } = await beside(SoundPair, { run: sound }, {
    'runs.list': () => [sound], 'runs.detail': () => detailOf(sound), 'runs.cochleagrams': () => ({ reference: picture, metamer: picture }), 'runs.signal': () => ({ fileName: 's.wav', mimeType: 'audio/wav', bytes: Uint8Array.of(1) }),
  })
  useRunDetail().selectedId = 1
  await flushPromises()
  for (const chart of ['cochleagrams', 'waveforms']) {
    await view.get(`[aria-label="Save the ${chart}"]`).trigger('click')
    await flushPromises()
  }
  expect(drawn()).toEqual([{ kind: 'cochleagrams', run: 1 }, { kind: 'waveforms', run: 1 }])
  view.unmount()
  vi.unstubAllGlobals()
})

it('says in the dialog why there is nothing to draw', async () => {
  const refuse = () => {
    throw new UsageError('No loss of run 1 is stored yet.')
  }
  const { view } = await beside(RunLoss, { run: one }, { 'figures.draw': refuse })
  useRunDetail().selectedId = 1
  await flushPromises()
  await view.get('[data-test=save-chart]').trigger('click')
  await flushPromises()
  expect(view.get('[data-test=figure-dialog]').text()).toBe('No loss of run 1 is stored yet.')
  view.unmount()
})

it('offers no figure of a run that only makes a cochleagram audible', async () => {
  const { view } = await beside(RunCharts, { run: detailOf(run(2, { ...one, id: 2, inverts: 1 })) })
  expect(view.find('[aria-label="Save the matching fidelity"]').exists()).toBe(false)
  view.unmount()
})

it('leads from the curves of a training to figures, where there is something stored', async () => {
  const validation = { step: 3, loss: 1, wordAccuracy: 0.5, topFive: null, meanAuc: null, aucByLabel: null }
  const training: TrainingSummary = { id: 5, state: 'paused', plan: trainingPlan(), stepsDone: 3, validations: [validation], result: null, environment: null, message: null, createdAt: '', finishedAt: null }
  const { view, drawn } = await beside(TrainingCurves, { training }, { 'trainings.list': () => [training], 'trainings.detail': () => ({ lossCurve: null, examination: null }) })
  useTrainings()
  for (const chart of ['loss', 'scores', 'learning rate']) {
    await view.get(`[aria-label="Save the ${chart}"]`).trigger('click')
    await flushPromises()
  }
  expect(drawn()).toEqual([{ kind: 'training', trainings: [5], curve: 'loss' }, { kind: 'training', trainings: [5], curve: 'scores' }, { kind: 'training', trainings: [5], curve: 'rate' }])
  view.unmount()
  const begun = await beside(TrainingCurves, { training: { ...training, validations: [] } }, { 'trainings.list': () => [], 'trainings.detail': () => ({ lossCurve: null, examination: null }) })
  // Its learning rate is planned from the beginning.
  expect(begun.view.findAll('[data-test=save-chart]').map((button) => button.attributes('aria-label'))).toEqual(['Save the learning rate'])
  begun.view.unmount()
})

it('leads from what came of a training to figures', async () => {
  const training: TrainingSummary = { id: 5, state: 'finished', plan: trainingPlan(), stepsDone: 6, validations: [trainingResult.best], result: trainingResult, environment: null, message: null, createdAt: '', finishedAt: '' }
  const { view, drawn } = await beside(TrainingOutcome, { training }, { 'trainings.list': () => [training], 'trainings.detail': () => ({ lossCurve: null, examination }) })
  useTrainings().selectedId = 5
  await flushPromises()
  for (const chart of ['tests', 'confusions', 'sounds', 'first kernels']) {
    await view.get(`[aria-label="Save the ${chart}"]`).trigger('click')
    await flushPromises()
  }
  expect(drawn()).toEqual([{ kind: 'tests', trainings: [5] }, { kind: 'confusions', training: 5 }, { kind: 'areas', training: 5 }, { kind: 'kernels', training: 5 }])
  view.unmount()
})

it('leads from a look at the data of a training, and from an example, to figures that bring their values along', async () => {
  fakeAudio()
  const none = { missing: [], unreadable: [], silent: [], clipped: [], outside: [], shared: [] }
  const counted = { source: { name: 'speech.csv', hash: null }, files: 1, splits: [{ split: 'train', clips: 1, byLabel: { one: 1 } }] }
  const speech: SoundSurvey = { ...counted, durationsS: Float32Array.of(1), rates: [], ...none }
  const example: WordExample = {
    number: 0, word: 'one', file: 'd/1.wav', background: null, snrDb: null, wav: Uint8Array.of(1), clipped: 2,
    cochleagram: { rows: 1, columns: 1, data: Uint8Array.of(1), maximum: 1, frequenciesHz: Float32Array.of(100), envelopeRateHz: 200 },
  }
  const origin = { speech: counted.source, backgrounds: null, seed: 1, dataSeed: 2 }
  const { view, drawn } = await beside(TrainingDataSheet, {}, {
    'trainings.list': () => [], 'trainings.places': () => ({ networksFolder: '/n' }),
    'trainings.survey': () => ({ kind: 'words', speech, backgrounds: { ...speech, durationsS: new Float32Array() }, notices: [] }),
    'trainings.examples': () => ({ kind: 'words', examples: [example], origin }),
  })
  useTrainingDraft().form.speech = '/d/speech.csv'
  for (const button of ['look-at-data', 'examples']) {
    await view.get(`[data-test=${button}]`).trigger('click')
    await flushPromises()
  }
  expect(view.get('[data-test=clipped]').text()).toBe('2 samples beyond full scale are cut in what is played; the training hears them whole.')
  // No background could be read: there are no durations.
  const charts = ['counts of words', 'durations of words', 'counts of backgrounds', 'cochleagram', 'waveform']
  expect(view.findAll('[data-test=save-chart]').map((button) => button.attributes('aria-label'))).toEqual(charts.map((chart) => `Save the ${chart}`))
  for (const chart of charts) {
    await view.get(`[aria-label="Save the ${chart}"]`).trigger('click')
    await flushPromises()
  }
  const words = { ...counted, of: 'words', sizes: Float32Array.of(1) }
  expect(drawn()).toEqual([
    { kind: 'data', chart: 'counts', data: words }, { kind: 'data', chart: 'sizes', data: words }, { kind: 'data', chart: 'counts', data: { ...words, of: 'backgrounds', sizes: new Float32Array() } },
    { kind: 'example', chart: 'cochleagram', example, origin }, { kind: 'example', chart: 'waveform', example, origin },
  ])
  // A MessagePort carries no proxies.
  expect(() => structuredClone(drawn())).not.toThrow()
  view.unmount()
  vi.unstubAllGlobals()
})

it('keeps the fields of the size beside the sentence that a size leaves no room', async () => {
  const draw = ({ size }: { size: { widthMm: number } }) => {
    if (size.widthMm < 60) throw new UsageError('In 40 × 110 mm title, legend and labels leave no room for the plot.')
    return figure
  }
  const { view } = await beside(RunLoss, { run: one }, { 'figures.draw': draw })
  useRunDetail().selectedId = 1
  await flushPromises()
  await view.get('[data-test=save-chart]').trigger('click')
  await flushPromises()
  const widen = async (widthMm: number) => {
    await view.get('[data-test=figure-dialog] [data-test=widthMm]').setValue(widthMm)
    await flushPromises()
  }
  await widen(40)
  expect(view.get('[data-test=figure-dialog]').text()).toContain('leave no room for the plot')
  await widen(90)
  expect(view.get('[data-test=figure-dialog] figcaption').text()).toBe('n = 1 metamer.')
  view.unmount()
})
