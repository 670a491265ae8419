import { UsageError } from '../domain/errors.ts'
import type { SurveyedData } from '../domain/surveyedData.ts'
import { counted } from './caption.ts'
import { dataNouns, sourceWords, type DataNouns } from './dataWords.ts'
import { countsSpec } from './draw/counts.ts'
import { dataFigureName } from './figureName.ts'
import type { PlannedFigure } from './plannedFigure.ts'

/** How many clips or pictures of each label there are in each split. */
export function countsFigure(data: SurveyedData, programVersion: string): PlannedFigure {
  const { of, source, files, splits } = data
  const nouns = dataNouns[of]
  const labels = [...new Set(splits.flatMap(({ byLabel }) => Object.keys(byLabel)))]
  if (labels.length === 0) throw new UsageError(`"${source.name}" gives no ${nouns.one} a label, so there is nothing to count. Fill in its column "labels".`)
  const all = splits.reduce((sum, { clips }) => sum + clips, 0)
  const named = splits.map(({ split, clips }) => `${split} ${clips.toLocaleString('en-GB')}`).join(', ')
  return {
    name: dataFigureName(data, 'counts'),
    title: `${source.name}: ${nouns.one}s by ${nouns.label}`,
    caption: `How many ${nouns.one}s of each ${nouns.label} ${sourceWords(source)} has, by split, each split on a scale of its own.${severalWords(splits, nouns)}${noneWords(splits, nouns)} n = ${counted(all, nouns.one)} (${named}) of ${counted(labels.length, nouns.label)} in ${counted(files, 'file')}. Metamer Lab ${programVersion}.`,
    records: splits.flatMap(({ split, byLabel }) => labels.map((label) => ({ data: source.name, of, split, label, count: byLabel[label] ?? 0 }))),
    spec: countsSpec(splits.map(({ split, clips, byLabel }) => ({ name: split, content: { total: clips, counts: labels.map((label) => byLabel[label] ?? 0) } })), labels, `${nouns.one}s`),
  }
}

/** What is heard in a background may be several things. */
function severalWords(splits: SurveyedData['splits'], { one }: DataNouns): string {
  const labelled = splits.reduce((sum, { byLabel }) => sum + Object.values(byLabel).reduce((a, b) => a + b, 0), 0)
  const all = splits.reduce((sum, { clips }) => sum + clips, 0)
  return labelled > all ? ` A ${one} with several labels is counted for each.` : ''
}

function noneWords(splits: SurveyedData['splits'], { one, label }: DataNouns): string {
  const none = splits.map(({ split, byLabel }) => ({ split, missing: Object.values(byLabel).filter((count) => count === 0).length })).filter(({ missing }) => missing > 0)
  return none.length === 0 ? '' : ` Without a ${one}: ${none.map(({ split, missing }) => `${counted(missing, label)} in ${split}`).join(', ')}.`
}
