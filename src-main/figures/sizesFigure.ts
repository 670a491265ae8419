import { binsFromZero } from '../domain/binsFromZero.ts'
import { UsageError } from '../domain/errors.ts'
import { sizeBins, type SurveyedData } from '../domain/surveyedData.ts'
import { counted } from './caption.ts'
import { dataNouns, sourceWords, type DataNouns } from './dataWords.ts'
import { sizesSpec } from './draw/sizes.ts'
import { dataFigureName } from './figureName.ts'
import type { PlannedFigure } from './plannedFigure.ts'

/** How long sounds are, or how large pictures. */
export function sizesFigure(data: SurveyedData, programVersion: string): PlannedFigure {
  const { of, source, files, sizes } = data
  const nouns = dataNouns[of]
  if (sizes.length === 0) throw new UsageError(`No file of "${source.name}" can be read, so there are no ${nouns.size}s. Correct the manifest, or put the files there.`)
  const { width, counts } = binsFromZero(sizes, sizeBins)
  const bars = counts.map((count, i) => ({ from: i * width, to: (i + 1) * width, count }))
  return {
    name: dataFigureName(data, `${nouns.size}s`),
    title: `${source.name}: ${nouns.size}s`,
    caption: `${nouns.size[0]!.toUpperCase()}${nouns.size.slice(1)}s of the files of ${sourceWords(source)}, in ${sizeBins} bins from 0 on. ${extremeWords(sizes, nouns)} n = ${counted(sizes.length, 'file')} of ${files.toLocaleString('en-GB')} that could be read. Metamer Lab ${programVersion}.`,
    records: bars.map(({ from, to, count }) => ({ data: source.name, of, unit: nouns.unit, from, to, files: count })),
    spec: sizesSpec(bars, `${nouns.size} (${nouns.unit})`),
  }
}

function extremeWords(sizes: Float32Array, { unit }: DataNouns): string {
  const sorted = sizes.toSorted()
  const [least, median, most] = [0, sorted.length >> 1, sorted.length - 1].map((place) => (unit === 's' ? sorted[place]!.toFixed(2) : sorted[place]!.toLocaleString('en-GB')))
  if (least === most) return `All of ${most} ${unit}.`
  return `From ${least} to ${most} ${unit}, half of them up to ${median} ${unit}.`
}
