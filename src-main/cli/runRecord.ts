import { presetNotes } from '../domain/protocol.ts'
import type { RunDetail } from '../domain/run.ts'
import { shortNumber } from './text.ts'

/** A run as a script reads it: one object a line. What a run does not have (yet) is null; so is NaN. */
export function runRecord(run: RunDetail) {
  return {
    run: run.id,
    state: run.state,
    network: run.network,
    layer: run.layer,
    reference: run.referenceName,
    protocol: run.protocol.name,
    seed: run.seed,
    retryOf: run.retryOf,
    inverts: run.inverts,
    updates: run.updatesDone,
    seconds: run.seconds,
    loss: run.loss,
    rho: run.rho,
    rhoByStage: run.judgement && Object.fromEntries(run.judgement.stages.map(({ stage, rho }) => [stage, rho])),
    labels: run.labels,
    null: run.verdict?.null ?? null,
    verdict: run.verdict?.outcome ?? null,
    reason: run.verdict?.reason ?? run.message,
    verdicts: run.verdicts.map(({ outcome, reason, null: against, decidedAt }) => ({ verdict: outcome, reason, null: against, decidedAt })),
  }
}

/** The same for people: a few lines. */
export function runText(run: RunDetail): string {
  const head = `run ${run.id}  ${run.network}  ${run.layer}  ${run.referenceName}  seed ${run.seed}${run.inverts === null ? '' : `  inverts run ${run.inverts}`}`
  const lines = run.state === 'finished' ? resultLines(run) : [`${run.state} after ${run.updatesDone} updates${run.message ? `: ${run.message}` : ''}`]
  return [head, ...lines.map((line) => `  ${line}`)].join('\n') + '\n'
}

function resultLines(run: RunDetail): string[] {
  const speed = run.seconds > 0 ? ` (${(run.updatesDone / run.seconds).toFixed(1)} it/s)` : ''
  const lines = [`"${run.protocol.name}": ${run.updatesDone} updates in ${run.seconds.toFixed(1)} s${speed}`]
  const note = presetNotes[run.protocol.name]
  if (run.protocol.name === 'quick look' && note) lines.push(note)
  if (run.loss) lines.push(`loss ${shortNumber(run.loss.first)} to ${shortNumber(run.loss.last)}, ρ ${run.rho?.toFixed(4)} at ${run.layer}`)
  if (run.labels) lines.push(`labels: "${run.labels.reference}" (reference), "${run.labels.metamer}" (metamer)`)
  if (run.verdict) lines.push(run.verdict.reason)
  return lines
}
