// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { getActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import type { TrainingSummary, ValidationScores } from '../../../../../src-main/domain/training.ts'
import type { TrainingPlan } from '../../../../../src-main/domain/trainingPlan.ts'
import type { Line } from '../../../../../src-renderer/charts/prepare/lines.ts'
import { useTrainings } from '../../../../../src-renderer/stores/trainings.ts'
import TrainingView from '../../../../../src-renderer/views/TrainingView.vue'
import { pictureTrainingPlan, trainingPlan } from '../../../../helpers/trainingPlan.ts'
import { withStores } from '../../stores/withStores.ts'

/** There is nothing to draw on here: the names of the lines are told instead. */
const LineChart = ({ lines }: { lines: Line[] }) => h('p', lines.map(({ name }) => name).join(', '))
LineChart.props = ['lines']

const scores: ValidationScores = { loss: 0.4, wordAccuracy: 0.75, topFive: 1, meanAuc: null, aucByLabel: null }

function finished(id: number, plan: TrainingPlan): TrainingSummary {
  const best = { ...scores, step: 3 }
  const result = { stop: 'all steps made' as const, steps: 6, seconds: 60, best, tests: [{ ...scores, split: 'test' as const, snrDb: null, clips: 4 }], folder: '/n', weightsHash: 'a', datasetHash: 'b', notices: [] }
  return { id, state: 'finished', plan, stepsDone: 6, validations: [best], result, environment: null, message: null, createdAt: '', finishedAt: '' }
}

async function viewOf(...trainings: TrainingSummary[]) {
  withStores({ 'trainings.list': () => trainings, 'trainings.detail': () => ({ lossCurve: { update: Float64Array.of(0, 1), loss: Float64Array.of(2, 1) }, examination: null }), 'trainings.places': () => ({ networksFolder: '/n' }) })
  const view = mount(TrainingView, { global: { plugins: [getActivePinia()!], stubs: { LineChart } } })
  await flushPromises()
  return view
}

describe('TrainingView', () => {
  it('shows the curves, scores and stop reason of a training of pictures, and offers to examine it', async () => {
    const view = await viewOf(finished(1, pictureTrainingPlan({ name: 'birds' })))
    expect(view.get('[data-test=tests]').text()).toMatch(/on pictures that were not trained on.*4 pictures of the split test.*75/)
    expect(view.get('[data-test=training-facts]').text()).toMatch(/all steps made after 6 updates/)
    expect([view.get('[data-test=loss-chart]').text(), view.get('[data-test=score-chart]').text()]).toEqual(['training, validation', 'accuracy'])
    expect(view.get('[data-test=examine]').text()).toBe('Examine it')
    expect(view.text()).toContain('its answers to whole pictures and its first kernels are not known')
    expect(view.text()).not.toMatch(/clean|SNR|Heads|Words|cochleagrams/)
    view.unmount()
  })

  it('offers to examine a training of words that was not', async () => {
    const view = await viewOf(finished(1, trainingPlan()))
    expect(view.find('[data-test=examine]').exists()).toBe(true)
    expect(view.find('[data-test=no-examination]').exists()).toBe(false)
    view.unmount()
  })

  it('compares a training of words with one of pictures', async () => {
    const view = await viewOf(finished(1, trainingPlan()), finished(2, pictureTrainingPlan({ name: 'birds' })))
    useTrainings().comparedIds = [1, 2]
    await flushPromises()
    expect(view.get('[data-test=comparison]').text()).toMatch(/birds.*efficientnet-lite0, head and all after it learn.*pictures.*75/)
    expect(view.findAll('.curves .field').at(-1)!.text()).toBe('birds, birds, planned, toy-words, toy-words, planned')
    expect(view.findAll('[data-test=save-chart]').map((button) => button.attributes('aria-label'))).toEqual(['losses', 'scores', 'learning rates', 'tests'].map((chart) => `Save the ${chart}`))
    view.unmount()
  })
})
