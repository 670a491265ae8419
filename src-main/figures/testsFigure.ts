import { UsageError } from '../domain/errors.ts'
import type { TestScores } from '../domain/training.ts'
import { counted } from './caption.ts'
import { byLayerSpec, type LayerPoint } from './draw/byLayer.ts'
import { trainingFigureName, trainingFigureTitle } from './figureName.ts'
import type { DrawnTraining, FigureInput, PlannedFigure } from './plannedFigure.ts'
import { trainingCircumstances } from './trainingWords.ts'

const [clean, whole] = ['clean', 'whole pictures']

/** How well finished networks do on what they were not trained on, by SNR. */
export function testsFigure({ trainings, programVersion }: FigureInput): PlannedFigure {
  const tested = trainings.filter(({ result }) => result !== null && result.tests.length > 0)
  const names = trainings.map(({ plan }) => plan.name)
  if (tested.length === 0) throw new UsageError(`No test of ${names.map((one) => `"${one}"`).join(', ')} is stored. Wait for the end of the training; its data needs examples of the split test.`)
  const points = tested.flatMap((training) => pointsOf(training, tested))
  if (points.length === 0) throw new UsageError(`No score of the tests of ${names.map((one) => `"${one}"`).join(', ')} is defined: their examples hold no word, and no sound is in some of them and missing in others. Test on others.`)
  const tests = tested.flatMap(({ plan, result }) => result!.tests.map((test) => ({ ...test, place: placeOf(plan, test) })))
  const places = [...new Set(tests.toSorted((a, b) => (a.snrDb ?? Infinity) - (b.snrDb ?? Infinity)).map(({ place }) => place))]
  const left = trainings.length - tested.length
  return {
    name: trainingFigureName(names, 'tests'),
    title: trainingFigureTitle(names, 'tests'),
    caption: `${scoresWords(tested, tests)}, on ${clipsWords(tests)} that were not trained on${placesWords(places)}.${left === 0 ? '' : ` Left out: ${counted(left, 'training')} without a test.`} ${trainingCircumstances(tested, programVersion)}`,
    records: tested.flatMap((training) => training.result!.tests.map((test) => recordOf(training, test))),
    spec: byLayerSpec({ points, layers: places, apart: clean, levels: [], axis: 'score', domain: [0, 1] }),
  }
}

function pointsOf({ id, plan, result }: DrawnTraining, all: readonly DrawnTraining[]): LayerPoint[] {
  const twin = all.some((other) => other.id !== id && other.plan.name === plan.name)
  const whose = all.length === 1 ? '' : `${plan.name}${twin ? ` (${id})` : ''}, `
  return result!.tests.flatMap((test) => {
    const split = test.split === 'test' ? '' : ', unseen speakers'
    const scores: Array<[string, number | null]> = [[plan.kind === 'pictures' ? 'accuracy' : 'word accuracy', test.wordAccuracy], ['mean AUC', test.meanAuc]]
    return scores.flatMap(([score, value]) => (!isDrawn(value) ? [] : [{ series: `${whose}${score}${split}`, layer: placeOf(plan, test), value, sem: NaN }]))
  })
}

function recordOf({ plan }: DrawnTraining, test: TestScores): PlannedFigure['records'][number] {
  const { split, snrDb, clips, wordAccuracy, topFive, meanAuc, loss } = test
  return { training: plan.name, split, condition: placeOf(plan, test), snrDb, examples: clips, accuracy: wordAccuracy, topFive, meanAuc, loss }
}

function placeOf({ kind }: DrawnTraining['plan'], { snrDb }: TestScores): string {
  if (kind === 'pictures') return whole
  return snrDb === null ? clean : `${String(snrDb).replace('-', '−')} dB`
}

/** Those that are drawn. */
function scoresWords(tested: readonly DrawnTraining[], tests: readonly TestScores[]): string {
  const kinds = new Set(tested.filter(({ result }) => result!.tests.some(({ wordAccuracy }) => isDrawn(wordAccuracy))).map(({ plan }) => (plan.kind === 'pictures' ? 'pictures' : 'words')))
  const recognised = kinds.size > 0 ? `share of ${[...kinds].join(' or ')} recognised` : ''
  const areas = tests.some(({ meanAuc }) => isDrawn(meanAuc)) ? 'mean area under the ROC curve' : ''
  const words = [recognised, areas].filter((part) => part !== '').join(', and ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function isDrawn(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}

/** Whole pictures have nothing mixed into them. */
function placesWords(places: readonly string[]): string {
  const mixed = places.some((place) => place !== whole && place !== clean)
  const explained = places.includes(clean) ? ` ("${clean}": nothing mixed in)` : ''
  return mixed ? `, by signal-to-noise ratio${explained}` : explained
}

function clipsWords(tests: readonly TestScores[]): string {
  const counts = tests.map(({ clips }) => clips)
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  return fewest === most ? counted(most, 'example') : `${fewest.toLocaleString('en-GB')} to ${counted(most, 'example')}`
}
