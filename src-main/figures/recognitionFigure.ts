import { UsageError } from '../domain/errors.ts'
import type { FigureRequest, RunSet } from '../domain/figure.ts'
import { flatRecognition, type RecognitionRow, type RecognitionStandard } from '../domain/recognition.ts'
import { circumstances } from './caption.ts'
import { byLayerSpec, type LayerPoint, type LevelLine } from './draw/byLayer.ts'
import { figureName } from './figureName.ts'
import { meanAndSem } from './meanAndSem.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'

const natural = 'natural'

const standards = {
  class: 'the true class of its reference',
  reference: 'the label that the same judge gives its reference (so that the natural references reach 1 by definition)',
} as const
const rules = { all: 'best of all labels', '16-way': '16-way rule' } as const

export function recognitionFigure(request: Extract<FigureRequest, { kind: 'recognition' }>, { recognition: rows, otherRules, runs, programVersion }: FigureInput): PlannedFigure {
  const { set, rule, standard, includedOnly } = request
  if (rows.length === 0) throw new UsageError(nothingToDraw(request))
  const layers = [natural, ...new Set(rows.map(({ layer }) => layer))]
  const who = judgesWords(set, rows)
  const judged = new Set(rows.map(({ layer }) => layer))
  const caption = `Proportion of metamers of ${set.network} recognised by ${who}, by generation layer: metamers that the judge gives ${standards[standard]} (${rules[rule]}). Mean over references, after the metamers of each; bars: bootstrap error over references (1,000 draws). "${natural}" and dashed lines: the natural references, the ceiling. ${chanceWords(standard)} ${scoredWords(rows)}${circumstances(runs.filter(({ layer }) => judged.has(layer)), includedOnly, programVersion)}`
  return {
    name: figureName(set, 'recognition', rule, standard),
    title: `Metamers of ${set.network}, recognised by ${who}`,
    caption,
    // What is drawn, then the same by the other rule where it can be scored.
    records: [...rows, ...otherRules].map(flatRecognition),
    spec: byLayerSpec({ points: pointsOf(rows), layers, apart: natural, levels: levelsOf(rows, standard), axis: 'proportion recognised', domain: [0, 1] }),
  }
}

/** Of each judge the references of all its layers: those of the layer with most stand for them. */
function pointsOf(rows: readonly RecognitionRow[]): LayerPoint[] {
  return judgesOf(rows).flatMap(({ series, own }) => {
    const { references } = ceilingOf(own)
    const points = own.map(({ layer, metamers }) => ({ series, layer, value: metamers.proportion, sem: metamers.sem }))
    return [{ series, layer: natural, value: references.proportion, sem: references.sem }, ...points]
  })
}

function levelsOf(rows: readonly RecognitionRow[], standard: RecognitionStandard): LevelLine[] {
  const ceilings = judgesOf(rows).map(({ series, own }) => ({ label: `ceiling ${series}`, series, value: ceilingOf(own).references.proportion, dash: [5, 3] }))
  return [...ceilings, ...(standard === 'class' ? guessing(rows) : habits(rows))]
}

function guessing(rows: readonly RecognitionRow[]): LevelLine[] {
  return [...new Set(rows.map(({ chance }) => chance))].filter(Number.isFinite).map((chance) => ({ label: `chance 1/${Math.round(1 / chance)}`, value: chance, dash: [1, 2] }))
}

/** Where the judge's own labels are the measure, one that has few of them is right by habit. */
function habits(rows: readonly RecognitionRow[]): LevelLine[] {
  return judgesOf(rows).flatMap(({ series, own }) => {
    const { mean } = meanAndSem(own.map(({ chanceOfAnother }) => chanceOfAnother))
    return Number.isNaN(mean) ? [] : [{ label: `chance ${series}`, series, value: mean, dash: [1, 2] }]
  })
}

/** The network may be among its own judges. */
function judgesWords({ network, networkHash }: RunSet, rows: readonly RecognitionRow[]): string {
  const itself = rows.filter(({ judge, judgeHash }) => judge === network && judgeHash === networkHash)
  if (itself.length === 0) return 'other networks'
  return itself.length === rows.length ? 'itself' : 'itself and other networks'
}

function chanceWords(standard: RecognitionStandard): string {
  if (standard === 'class') return 'Dotted: chance.'
  return 'Dotted: chance as each judge has it, how often it gives a metamer the label that it gives another of the references (mean over pairs and layers; none for a single reference).'
}

/** Where judges scored different metamers, for instance because one has no class for some. */
function scoredWords(rows: readonly RecognitionRow[]): string {
  const counts = judgesOf(rows).map(({ own }) => own.reduce((sum, { metamers }) => sum + metamers.stimuli, 0))
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  return fewest === most ? '' : `Of the metamers, judges could be scored on ${fewest} to ${most}. `
}

function ceilingOf(own: readonly RecognitionRow[]): RecognitionRow {
  return own.reduce((a, b) => (b.references.stimuli > a.references.stimuli ? b : a))
}

/** Judges of one name and other weights are told apart by the start of their hash. */
function judgesOf(rows: readonly RecognitionRow[]): Array<{ series: string; own: RecognitionRow[] }> {
  const keys = [...new Map(rows.map(({ judge, judgeHash }) => [judgeHash, { judge, judgeHash }])).values()]
  return keys.map(({ judge, judgeHash }) => ({
    series: keys.filter((other) => other.judge === judge).length > 1 ? `${judge} (${judgeHash.slice(0, 6)})` : judge,
    own: rows.filter((row) => row.judge === judge && row.judgeHash === judgeHash),
  }))
}

function nothingToDraw({ set, rule, standard }: Extract<FigureRequest, { kind: 'recognition' }>): string {
  const cure = standard === 'class' ? ', and give the true classes of the references ("True classes" in Results, or "lab recognise --answers")' : ''
  const sixteen = rule === '16-way' ? ' The 16-way rule needs judges with ImageNet labels, or with the 16 categories as labels.' : ''
  return `No other network has named metamers of "${set.network}" in a way that can be scored so. Have them named first ("Judges" in Results, or "lab recognise")${cure}.${sixteen}`
}
