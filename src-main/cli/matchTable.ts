import type { ImportCheck, WeightMatch } from '../domain/importing.ts'
import { columns } from './text.ts'

/** What a file's arrays came to, for people: counts, what is missing and what the convention changes; every row where asked for. */
export function matchTable(match: WeightMatch, verbose: boolean): string {
  const { network, convention, rows, extra, changes } = match
  const missing = rows.filter(({ source }) => source === null)
  const lines = [
    `${network}, by the names and layouts of: ${convention}`,
    `  matched ${rows.length - missing.length} of ${rows.length} weights${howMany(match)}; missing ${missing.length}; extra ${extra.length}`,
    ...changes.map((sentence) => `  ${sentence}`),
    ...(verbose ? [] : listed('missing', missing.map(({ weight, shape }) => `${weight} ${inBrackets(shape)}`))),
    ...(verbose ? [] : listed('extra', extra.map(({ name, shape }) => `${name} ${inBrackets(shape)}`))),
  ]
  return `${lines.join('\n')}\n${verbose ? everyRow(match) : ''}`
}

export function checkLine({ stimulus, expected, found, passed }: ImportCheck): string {
  return `check: for the sample "${stimulus}" it says ${found}; expected: ${expected}. ${passed ? 'Passed.' : 'NOT passed.'}`
}

function howMany({ rows }: WeightMatch): string {
  const counts = (['name', 'order', 'shape'] as const).map((how) => [how, rows.filter((row) => row.how === how).length] as const)
  const words = counts.filter(([, count]) => count > 0).map(([how, count]) => `${count} by ${how}`)
  return words.length > 0 ? ` (${words.join(', ')})` : ''
}

const shown = 3

function listed(word: string, entries: string[]): string[] {
  if (entries.length === 0) return []
  const more = entries.length > shown ? `, ... (--verbose lists all)` : ''
  return [`  ${word}: ${entries.slice(0, shown).join(', ')}${more}`]
}

function everyRow({ rows, extra }: WeightMatch): string {
  const matched = rows.map(({ weight, shape, source, how, change }) => [
    `  ${weight}`, inBrackets(shape), source?.name ?? 'MISSING', source ? inBrackets(source.shape) : '', how ?? '', change ?? '',
  ])
  return columns([...matched, ...extra.map(({ name, shape }) => ['  (extra)', '', name, inBrackets(shape), '', ''])])
}

function inBrackets(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}
