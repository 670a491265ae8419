import { binsFromZero } from '../../../src-main/domain/binsFromZero.ts'
import { pictureFaults, soundFaults, type SurveyFault } from '../../../src-main/domain/surveyFaults.ts'
import { sizeBins } from '../../../src-main/domain/surveyedData.ts'
import type { PictureSurvey, SoundSurvey } from '../../../src-main/domain/trainingRecords.ts'
import { counted, quantity, whole } from '../../design/format.ts'

/** What a survey shows of one manifest. */
export interface SurveyLook {
  /** How many files there are, in a line. */
  extent: string
  faults: SurveyFault[]
  splits: Array<{ split: string; extent: string; counts: Count[] }>
  /** How files differ in size; null where none could be read. */
  sizes: { heading: string; counts: Count[] } | null
}

interface Count {
  name: string
  count: number
}

export function soundSurveyLook(survey: SoundSurvey): SurveyLook {
  const { durationsS, rates } = survey
  const minutes = durationsS.reduce((sum, durationS) => sum + durationS, 0) / 60
  const told = rates.map(({ rateHz, files }) => `${whole(files)} at ${quantity(rateHz / 1000)} kHz`).join(', ')
  return {
    extent: `${counted(survey.files, 'file')}, ${minutes.toFixed(1)} min${told === '' ? '' : `; ${told}`}`,
    faults: soundFaults(survey),
    splits: splitLooks(survey, 'clip'),
    sizes: sizesOf('Durations', durationsS, (from, to) => `${from.toFixed(2)} to ${to.toFixed(2)} s`),
  }
}

export function pictureSurveyLook(survey: PictureSurvey): SurveyLook {
  const { sides } = survey
  return {
    extent: `${counted(survey.files, 'file')}${sidesTold(sides)}`,
    faults: pictureFaults(survey),
    splits: splitLooks(survey, 'picture'),
    sizes: sizesOf('Shorter sides', sides, (from, to) => `${whole(Math.round(from))} to ${whole(Math.round(to))} pixels`),
  }
}

function sidesTold(sides: Uint32Array): string {
  if (sides.length === 0) return ''
  const [least, most] = [sides.reduce((a, b) => Math.min(a, b)), sides.reduce((a, b) => Math.max(a, b))]
  return least === most ? `; shorter sides of ${whole(least)} pixels` : `; shorter sides from ${whole(least)} to ${whole(most)} pixels`
}

function splitLooks({ splits }: Pick<SoundSurvey, 'splits'>, noun: string): SurveyLook['splits'] {
  return splits.map(({ split, clips, byLabel }) => ({ split, extent: counted(clips, noun), counts: Object.entries(byLabel).map(([name, count]) => ({ name, count })) }))
}

function sizesOf(heading: string, values: ArrayLike<number>, nameOf: (from: number, to: number) => string): SurveyLook['sizes'] {
  const { width, counts } = binsFromZero(values, sizeBins)
  return values.length === 0 ? null : { heading, counts: counts.map((count, i) => ({ name: nameOf(i * width, (i + 1) * width), count })) }
}
