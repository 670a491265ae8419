import { togetherAtMost } from '../../domain/together.ts'
import type { Arguments, OptionSpec } from '../command.ts'

export const json: OptionSpec = { help: 'print JSON on stdout and nothing else there' }
export const project: OptionSpec = { value: 'FILE', required: true, help: 'the project' }
export const projectMadeIfMissing: OptionSpec = { value: 'FILE', required: true, help: 'the project; made where there is none' }
export const network: OptionSpec = { value: 'NAME', required: true, help: 'a network of "lab networks"' }
export const included: OptionSpec = { help: 'only metamers that met both inclusion criteria, as in the paper' }
export const allTries: OptionSpec = { help: 'also runs that a later try ("lab retry") has taken the place of; they are left out otherwise' }
export const again: OptionSpec = { help: 'also make metamers that the project has already; they are left out otherwise' }
export const together: OptionSpec = {
  value: 'N',
  default: String(togetherAtMost),
  help: 'make up to this many runs of one network, layer and protocol at once, fewer where memory does not allow it; 1: one after the other',
}
export const largestSeed = 0xffff_ffff

/** @throws UsageError when it is no number of runs that can be made at once */
export function togetherOf(args: Arguments): number {
  return args.whole('together', 1, togetherAtMost)
}
