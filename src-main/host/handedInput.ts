import type { FigureRequest, HandedFigureRequest } from '../domain/figure.ts'
import type { WordExample } from '../domain/wordExample.ts'
import type { FigureInput } from '../figures/plannedFigure.ts'
import { fullScale } from '../figures/prepare/waveformColumns.ts'
import { decodeWav } from '../media/decodeWav.ts'
import { nothingGathered } from './figureInput.ts'

export function isHanded(request: FigureRequest): request is HandedFigureRequest {
  return request.kind === 'data' || request.kind === 'example'
}

/** What a figure shows that brings its values along; no project is asked. @throws MediaError when an example is no sound */
export function handedInput(request: HandedFigureRequest, programVersion: string): FigureInput {
  return { ...nothingGathered, programVersion, heard: request.kind === 'example' ? soundOf(request.example) : null }
}

/** As it was rounded when the example was made. */
function soundOf({ number, wav }: WordExample): FigureInput['heard'] {
  const { signal: { sampleRateHz, data } } = decodeWav(wav, `example ${number + 1}`)
  return { kind: 'audio', sampleRateHz, data: Int16Array.from(data, (value) => Math.round(value * fullScale)) }
}
