import { UsageError } from './errors.ts'

/** A run was named that the project does not have. */
export function noSuchRun(id: number): UsageError {
  return new UsageError(`There is no run ${id} in this project. "lab runs" lists those that are.`)
}
