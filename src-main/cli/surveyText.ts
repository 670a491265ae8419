import { pictureFaults, soundFaults, type SurveyFault } from '../domain/surveyFaults.ts'
import type { DataSurvey, PictureSurvey, SoundSurvey } from '../domain/trainingRecords.ts'
import { columns } from './text.ts'

/** Labels of which each has a line; of more, the rarest and the most frequent are told. */
const mostLabels = 60
/** Files that are named of each fault. */
const mostNamed = 20

/** What a look at a training's data found, as text: counts, sizes, and everything that may be wrong. */
export function surveyText(survey: DataSurvey): string {
  return [...partsOf(survey), ...survey.notices.map((notice) => `${notice}\n`)].join('\n')
}

function partsOf(survey: DataSurvey): string[] {
  if (survey.kind === 'pictures') return [partText('Pictures', survey.pictures, sidesText(survey.pictures), pictureFaults(survey.pictures))]
  const { speech, backgrounds } = survey
  return [
    partText('Words', speech, durationsText(speech), soundFaults(speech)),
    ...(backgrounds ? [partText('Backgrounds', backgrounds, durationsText(backgrounds), soundFaults(backgrounds))] : []),
  ]
}

function partText(heading: string, survey: SoundSurvey | PictureSurvey, sizes: string, faults: readonly SurveyFault[]): string {
  return `${heading}: ${counted(survey.files, 'file')}${sizes}.\n${columns(countsOf(survey))}${faults.map(faultText).join('')}`
}

function durationsText({ durationsS, rates }: SoundSurvey): string {
  if (durationsS.length === 0) return ''
  const sorted = durationsS.toSorted()
  const minutes = durationsS.reduce((sum, durationS) => sum + durationS, 0) / 60
  const [shortest, median, longest] = [0, sorted.length >> 1, sorted.length - 1].map((place) => sorted[place]!.toFixed(2))
  return `, ${minutes.toFixed(1)} min; from ${shortest} to ${longest} s, half of them up to ${median} s; ${rates.map(({ rateHz, files }) => `${files} at ${rateHz / 1000} kHz`).join(', ')}`
}

function sidesText({ sides }: PictureSurvey): string {
  if (sides.length === 0) return ''
  const sorted = sides.toSorted()
  return `; shorter sides from ${sorted[0]} to ${sorted.at(-1)} pixels`
}

/** A line for each label, a column for each split. */
function countsOf({ splits }: SoundSurvey | PictureSurvey): string[][] {
  const labels = Object.keys(splits[0]?.byLabel ?? {})
  const head = ['', ...splits.map(({ split }) => split)]
  const all = ['all', ...splits.map(({ clips }) => String(clips))]
  if (labels.length <= mostLabels) return [head, ...labels.map((label) => [label, ...splits.map(({ byLabel }) => String(byLabel[label]))]), all]
  const extreme = (pick: (...counts: number[]) => number): string[] => splits.map(({ byLabel }) => String(pick(...Object.values(byLabel))))
  return [head, ['rarest label', ...extreme(Math.min)], ['most frequent', ...extreme(Math.max)], [`all ${labels.length} labels`, ...all.slice(1)]]
}

function faultText({ what, noun, found }: SurveyFault): string {
  if (found.length === 0) return `none ${what}\n`
  const more = found.length > mostNamed ? [`and ${found.length - mostNamed} more`] : []
  return `${counted(found.length, noun)} ${what}:\n${[...found.slice(0, mostNamed), ...more].map((line) => `  ${line}\n`).join('')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
