import { UsageError } from './errors.ts'

/** One field cannot be understood. The message goes on from the field's name: "takes adam, sgd, not "lion"". */
export class FieldError extends UsageError {
  readonly field: string

  constructor(field: string, message: string) {
    super(message, { details: { field } })
    this.field = field
  }
}

const largestSeed = 0xffff_ffff

/** A form of which one field matters: the field's name decides which. */
export type With<Field extends string> = Readonly<Record<NoInfer<Field>, string>>

export function required<Field extends string>(form: With<Field>, field: Field): string {
  if (form[field] === '') throw new FieldError(field, 'is missing')
  return form[field]
}

/** A text of a certain form. */
export function textOf<Field extends string>(form: With<Field>, field: Field, { pattern, sentence }: { pattern: RegExp; sentence: string }): string {
  const text = required(form, field)
  if (pattern.test(text)) return text
  throw new FieldError(field, `${sentence}; "${text}" is not`)
}

export function wholeOf<Field extends string>(form: With<Field>, field: Field, from: number, to: number): number {
  const number = Number(form[field])
  if (/^\d+$/.test(form[field]) && number >= from && number <= to) return number
  throw new FieldError(field, `takes a whole number from ${from} to ${to}, not "${form[field]}"`)
}

/** How many versions of an example are kept; 0, none, is null in a plan. */
export function versionsIn<Field extends string>(form: With<Field>, field: Field): number | null {
  return wholeOf(form, field, 0, 1_000_000) || null
}

export function numbersOf<Field extends string>(form: With<Field>, field: Field, count?: number): number[] {
  const values = form[field].split(',').map((word) => (word.trim() === '' ? NaN : Number(word)))
  if (values.every(Number.isFinite) && (count === undefined || values.length === count)) return values
  throw new FieldError(field, `takes ${count === 1 ? 'a number' : `${count ?? 'one or more'} numbers, separated by commas`}, not "${form[field]}"`)
}

export function numberOf<Field extends string>(form: With<Field>, field: Field): number {
  return numbersOf(form, field, 1)[0]!
}

export function positiveOf<Field extends string>(form: With<Field>, field: Field): number {
  const number = numberOf(form, field)
  if (number > 0) return number
  throw new FieldError(field, `takes a number above 0, not "${form[field]}"`)
}

export function notNegativeOf<Field extends string>(form: With<Field>, field: Field): number {
  const number = numberOf(form, field)
  if (number >= 0) return number
  throw new FieldError(field, `takes 0 or a number above it, not "${form[field]}"`)
}

/** From 0 to below 1. */
export function shareOf<Field extends string>(form: With<Field>, field: Field): number {
  const number = numberOf(form, field)
  if (number >= 0 && number < 1) return number
  throw new FieldError(field, `takes a number from 0 to below 1, not "${form[field]}"`)
}

export function oneOf<Field extends string, T extends string>(form: With<Field>, field: Field, allowed: readonly T[]): T {
  const value = form[field] as string as T
  if (allowed.includes(value)) return value
  throw new FieldError(field, `takes ${allowed.join(', ')}, not "${value}"`)
}

/** @returns null for none: those that the data have */
export function labelsIn<Field extends string>(form: With<Field>, field: Field): string[] | null {
  if (form[field] === '') return null
  const labels = form[field].split(',').map((label) => label.trim())
  if (!labels.includes('') && new Set(labels).size === labels.length) return labels
  throw new FieldError(field, `takes labels separated by commas, each once, not "${form[field]}"`)
}

export function seedOf<Field extends string>(form: With<Field>, field: Field): number {
  return wholeOf(form, field, 0, largestSeed)
}
