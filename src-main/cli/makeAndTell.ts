import type { RunDetail } from '../domain/run.ts'
import { exitCodes } from './exitCodes.ts'
import { followRuns } from './followRuns.ts'
import { say, writeJson } from './io.ts'
import type { Lab } from './lab.ts'
import { runRecord, runText } from './runRecord.ts'

/** Wait for runs that are queued, tell each result as it comes, and say what a script should know. */
export async function makeAndTell(lab: Lab, runIds: number[], { project, json }: { project: string; json: boolean }): Promise<number> {
  const { io } = lab
  if (runIds.length === 0) return exitCodes.ok
  let failed = false
  const tell = (run: RunDetail): void => {
    failed ||= run.state !== 'finished'
    if (json) writeJson(io, runRecord(run))
    else io.out(runText(run))
  }
  if ((await followRuns(lab, runIds, tell)) === 'over') return failed ? exitCodes.failed : exitCodes.ok
  say(io, 'Pausing, with a checkpoint ...')
  await lab.host.close()
  say(io, `Paused. Go on with: lab resume --project ${quoted(project)}`)
  return exitCodes.interrupted
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
