import type { NullSummary } from '../domain/nullDistribution.ts'
import type { RunSummary } from '../domain/run.ts'

/** What every caption states, whatever it shows: how many, by which protocol, against which null, made by what. */
export function circumstances(runs: readonly RunSummary[], includedOnly: boolean, programVersion: string): string {
  return `${[countOf(runs, includedOnly), protocolOf(runs), nullOf(runs)].join('; ')}. Metamer Lab ${programVersion}.`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`
}

/** What the pairs of a null distribution are, and how many. */
export function pairsWords({ pairs, pool, seed, mode, augmentation, draws, distinctPairs }: NullSummary): string {
  const way = mode === 'independent' ? 'each used once' : `which make ${counted(distinctPairs, 'distinct pair')}`
  const what = augmentation === 'crops' ? `random crops (${counted(draws, 'draw')}) of natural stimuli` : 'natural stimuli'
  return `${counted(pairs, 'random pair')} of ${what} (${counted(pool.stimuli, 'stimulus', 'stimuli')} of "${pool.name}", ${way}; seed ${seed})`
}

function countOf(runs: readonly RunSummary[], includedOnly: boolean): string {
  const references = new Set(runs.map((run) => run.referenceId)).size
  return `n = ${counted(runs.length, 'metamer')} of ${counted(references, 'reference')}${includedOnly ? ', only those that met both inclusion criteria' : ''}`
}

function protocolOf(runs: readonly RunSummary[]): string {
  const protocols = [...new Map(runs.map(({ protocol }) => [protocol.name, protocol])).values()]
  return `protocol ${protocols.map(({ name, updates }) => `"${name}" (${counted(updates, 'update')})`).join(' and ') || 'none'}`
}

function nullOf(runs: readonly RunSummary[]): string {
  const pairs = runs.flatMap(({ verdict }) => (verdict?.null ? [verdict.null.pairs] : []))
  if (pairs.length === 0) return 'no null distribution'
  const [low, high] = [Math.min(...pairs), Math.max(...pairs)]
  return `null distributions of ${low === high ? figure(low) : `${figure(low)} to ${figure(high)}`} random pairs per layer`
}

function figure(n: number): string {
  return n.toLocaleString('en-GB')
}
