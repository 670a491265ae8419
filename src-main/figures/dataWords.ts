import type { DataSource } from '../domain/dataSource.ts'
import type { SurveyedData } from '../domain/surveyedData.ts'

/** What is counted in data to train on, what bears a label, and what files differ in. */
export interface DataNouns {
  one: 'clip' | 'picture'
  label: 'word' | 'label'
  size: string
  unit: string
}

const ofSounds = { one: 'clip', size: 'duration', unit: 's' } as const

export const dataNouns: Record<SurveyedData['of'], DataNouns> = {
  words: { ...ofSounds, label: 'word' },
  backgrounds: { ...ofSounds, label: 'label' },
  pictures: { one: 'picture', label: 'label', size: 'shorter side', unit: 'pixels' },
}

/** Digits of a hash in a caption: enough to tell one manifest from any other. */
const shownDigits = 16

/** A manifest or folder in a caption. */
export function sourceWords({ name, hash }: DataSource): string {
  return hash === null ? `the folder "${name}"` : `the manifest "${name}" (SHA-256 ${hash.slice(0, shownDigits)}…)`
}
