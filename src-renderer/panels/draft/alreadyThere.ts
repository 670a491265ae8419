import { runNumbers } from '../../design/format.ts'

/** Say which of the metamers that are asked for exist already. */
export function alreadyThere(runIds: readonly number[], asked: number): string {
  if (runIds.length < asked) return `${runIds.length} of ${asked} exist already (${runNumbers(runIds)}). Only the rest is made.`
  return asked === 1 ? `Run ${runIds[0]} is this metamer already.` : `All ${asked} exist already: ${runNumbers(runIds)}.`
}
