import type { NullPool } from '../domain/nullDistribution.ts'
import type { StimulusKind } from '../domain/network.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { sniffStimulus } from '../media/sniff.ts'
import { sha256 } from './sha256.ts'

/** The files of a pool that a network can be shown, each content once: a pair of twins has ρ = 1, above which no metamer can lie. */
export function poolFor(kind: StimulusKind, name: string, files: readonly StimulusFile[]): { stimuli: StimulusFile[]; pool: NullPool } {
  const byHash = new Map(files.filter((file) => mayBe(kind, file)).map((file) => [sha256(file.bytes), file]))
  const stimuli = [...byHash.values()]
  return { stimuli, pool: { name, stimuli: stimuli.length, hash: poolHash(byHash) } }
}

/** A folder may hold pictures and sounds; an array can be either, and is refused later where it does not fit. */
function mayBe(kind: StimulusKind, { bytes, fileName }: StimulusFile): boolean {
  const format = sniffStimulus(bytes, fileName)
  return format === 'array' || format === kind
}

/** Tells pools apart by what is in them, whatever the files are called and in whatever order they came. */
function poolHash(byHash: ReadonlyMap<string, StimulusFile>): string {
  return sha256([...byHash.keys()].sort().join('\n'))
}
