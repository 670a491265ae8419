import type { RunSet } from '../domain/figure.ts'
import type { RunSummary } from '../domain/run.ts'
import type { SurveyedData } from '../domain/surveyedData.ts'
import { counted } from './caption.ts'

/** A name for a file of this figure that every system takes. */
export function figureName({ network, protocol }: Pick<RunSet, 'network' | 'protocol'>, ...parts: string[]): string {
  return [network, ...parts, protocol].map((part) => part.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '')).join('_')
}

/** The same of a figure of one run. */
export function runFigureName({ network, protocol }: Pick<RunSummary, 'network' | 'protocol'>, ...parts: string[]): string {
  return figureName({ network, protocol: protocol.name }, ...parts)
}

/** More trainings than this are counted, not named. */
const mostNamed = 3

/** The same of a figure of trainings. @param names  of the networks that were trained */
export function trainingFigureName(names: readonly string[], what: string): string {
  return figureName({ network: names.length > mostNamed ? `${names.length} trainings` : names.join(' '), protocol: 'training' }, what)
}

/** Title of a figure of trainings. */
export function trainingFigureTitle(names: readonly string[], what: string): string {
  return `${names.length > mostNamed ? counted(names.length, 'training') : names.join(', ')}: ${what}`
}

/** The same of a figure of data to train on. */
export function dataFigureName({ source, of }: Pick<SurveyedData, 'source' | 'of'>, what: string): string {
  return figureName({ network: source.name, protocol: 'data' }, `${of} ${what}`)
}
