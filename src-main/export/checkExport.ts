import { ExportError } from '../domain/errors.ts'
import type { ExportInput } from './exportInput.ts'

/** @throws ExportError when there is nothing to export, a run is not finished, or one is listed twice */
export function checkExport(input: ExportInput): void {
  if (input.items.length === 0) {
    throw new ExportError('There is no run to export. Choose at least one finished run.')
  }
  const seen = new Set<number>()
  for (const { run } of input.items) {
    if (run.state !== 'finished') {
      throw new ExportError(`Run ${run.id} is ${run.state}; only finished runs can be exported. Leave it out, or wait until it is finished.`)
    }
    if (seen.has(run.id)) throw new ExportError(`Run ${run.id} is listed twice. Name each run once.`)
    seen.add(run.id)
  }
}
