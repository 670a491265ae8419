import type { Verdict } from '../../domain/run.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import { decideVerdict } from '../../engine/validation/inclusionCriteria.ts'

/** Decide runs again from what was measured on them, against a null that is new. */
export function judge({ runs, null: distribution }: WorkerRequests['judge']['params']): Array<{ runId: number; verdict: Verdict }> {
  return runs.map(({ runId, ...measured }) => ({ runId, verdict: decideVerdict({ ...measured, null: distribution }) }))
}
