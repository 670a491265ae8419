import type { NullSummary } from '../../../src-main/domain/nullDistribution.ts'
import { counted, whole } from '../../design/format.ts'

/** How the pairs of a null came about: a million pairs of few stimuli are not a million independent ones. */
export function nullOrigin({ pool, draws, distinctPairs, mode, augmentation }: Pick<NullSummary, 'pool' | 'draws' | 'distinctPairs' | 'mode' | 'augmentation'>): string {
  const stimuli = `${counted(pool.stimuli, 'stimulus', 'stimuli')} (${counted(distinctPairs, 'distinct pair')})`
  const drawn = augmentation === 'none' ? `${whole(draws)} of them in pairs, not augmented` : `${counted(draws, 'draw')} of them augmented by crops`
  return `${stimuli}, ${drawn}, ${mode === 'independent' ? 'each used once' : 'pairs share members'}`
}
