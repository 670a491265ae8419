import { UsageError } from '../domain/errors.ts'
import type { FigureRequest } from '../domain/figure.ts'
import { flatRecognition, type RecognitionRow } from '../domain/recognition.ts'
import { circumstances } from './caption.ts'
import { byLayerSpec, type LayerPoint, type LevelLine } from './draw/byLayer.ts'
import { figureName } from './figureName.ts'
import type { FigureInput, PlannedFigure } from './plannedFigure.ts'

const natural = 'natural'

const standards = {
  class: 'the true class of its reference',
  reference: 'the label that the same judge gives its reference (so that the natural references reach 1 by definition)',
} as const
const rules = { all: 'best of all labels', '16-way': '16-way rule' } as const

export function recognitionFigure(request: Extract<FigureRequest, { kind: 'recognition' }>, { recognition: rows, runs, programVersion }: FigureInput): PlannedFigure {
  const { set, rule, standard, includedOnly } = request
  if (rows.length === 0) throw new UsageError(nothingToDraw(request))
  const layers = [natural, ...new Set(rows.map(({ layer }) => layer))]
  const judged = new Set(rows.map(({ layer }) => layer))
  const caption = `Proportion of metamers of ${set.network} that other networks recognise, by generation layer: metamers that the judge gives ${standards[standard]} (${rules[rule]}). Bars: bootstrap error over stimuli (1,000 draws). "${natural}" and dashed lines: the natural references, the ceiling. Dotted: chance. ${circumstances(runs.filter(({ layer }) => judged.has(layer)), includedOnly, programVersion)}`
  return {
    name: figureName(set, 'recognition', rule, standard),
    title: `Metamers of ${set.network}, recognised by other networks`,
    caption,
    records: rows.map(flatRecognition),
    spec: byLayerSpec({ points: pointsOf(rows), layers, apart: natural, levels: levelsOf(rows), axis: 'proportion recognised', domain: [0, 1] }),
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

function levelsOf(rows: readonly RecognitionRow[]): LevelLine[] {
  const ceilings = judgesOf(rows).map(({ series, own }) => ({ label: `ceiling ${series}`, series, value: ceilingOf(own).references.proportion, dash: [5, 3] }))
  const chances = [...new Set(rows.map(({ chance }) => chance))].filter(Number.isFinite).map((chance) => ({ label: `chance 1/${Math.round(1 / chance)}`, value: chance, dash: [1, 2] }))
  return [...ceilings, ...chances]
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
  const cure = standard === 'class' ? ', and give the true classes of the references ("lab recognise --answers")' : ''
  const sixteen = rule === '16-way' ? ' The 16-way rule needs judges with ImageNet labels.' : ''
  return `No other network has named metamers of "${set.network}" in a way that can be scored so. Have them named first ("lab recognise")${cure}.${sixteen}`
}
