import { ProjectError } from '../domain/errors.ts'
import { noSuchRun } from '../domain/noSuchRun.ts'
import type { Protocol } from '../domain/protocol.ts'
import type { DatedVerdict, RunDetail, RunEnvironment, RunState, RunSummary, SynthesisResult, Verdict } from '../domain/run.ts'
import type { CochleagramPicture, CochleagramSignal, QuantisedSignal } from '../domain/stimulus.ts'
import type { Blobs } from './blobs.ts'
import { createCheckpoints, type Checkpoints } from './checkpoints.ts'
import { thinned } from './lossCurve.ts'
import type { Networks, UsedNetwork } from './networks.ts'
import { createResults, type Results } from './results.ts'
import { createRunRemoval } from './runRemoval.ts'
import { selectRuns, summaryOf, type RunRow } from './runRows.ts'
import type { Settings } from './settings.ts'
import type { Which } from './signals.ts'
import type { Store } from './store.ts'
import { toSql } from './values.ts'
import { createVerdicts } from './verdicts.ts'

export interface NewRun {
  network: UsedNetwork
  layer: string
  referenceId: number
  protocol: Protocol
  seed: number
  /** The run that this one tries again. */
  retryOf?: number
  /** The run whose cochleagram this one makes audible. */
  inverts?: number
}

/** 'finished' cannot be claimed: `complete` stores a result, and that says it. */
export type UnfinishedState = Exclude<RunState, 'finished'>

/**
 * All runs of a project, from planned to finished. Every method that takes an id throws ProjectError where there is no
 * such run; every writing one where the project can only be read.
 */
export interface Runs {
  /** Record runs before anything is computed, all or none. @returns their ids, in order */
  plan(runs: NewRun[], createdAt: string): number[]
  /** Enter a state, with the reason in words. @throws ProjectError when the run is finished */
  mark(id: number, state: UnfinishedState, message: string | null): void
  /** Keep the state from which the run can go on. @throws ProjectError when the run is not running */
  saveCheckpoint: Checkpoints['save']
  checkpoint: Checkpoints['load']
  /** Store everything that a run gave, in one transaction; its checkpoint is dropped. */
  complete(id: number, result: SynthesisResult, environment: RunEnvironment, finishedAt: string): void
  /** Add a verdict to a finished run; the earlier ones stay in the record. */
  recordVerdict(id: number, verdict: Verdict, decidedAt: string): void
  /** Every verdict on a run, oldest first. */
  verdicts(id: number): DatedVerdict[]
  /** Oldest first. */
  list(): RunSummary[]
  summary(id: number): RunSummary
  detail(id: number): RunDetail
  /** @throws ProjectError when the run is not finished */
  signal(id: number, which: Which): QuantisedSignal
  /** The metamer of a run that moved the cochleagram. @throws ProjectError when the run is not finished, or moved something else */
  cochleagram(id: number): CochleagramSignal
  /** The metamer before rounding. @throws ProjectError when the run is not finished */
  floatSignal(id: number): Float32Array
  /** null for pictures and unfinished runs. */
  cochleagrams(id: number): Record<Which, CochleagramPicture> | null
  /** Drop runs with all that belongs to them alone, all or none. What inverts one of them must be among them; whether one is at work is for others to know. */
  remove(ids: readonly number[]): void
  /** After a crash or a closed window: what was running is interrupted, what waited is paused. @returns their ids */
  interruptLeftOvers(): number[]
}

const curvePoints = 2000

export function createRuns(store: Store, blobs: Blobs, networks: Networks, settings: Settings): Runs {
  const { sql } = store
  const checkpoints = createCheckpoints(store)
  const results = createResults(store, blobs)
  const verdicts = createVerdicts(store)
  const removal = createRunRemoval(store, blobs)
  const all = sql.prepare<[], RunRow>(`${selectRuns} ORDER BY r.id`)
  const one = sql.prepare<[number], RunRow>(`${selectRuns} WHERE r.id = ?`)
  const insert = sql.prepare(
    `INSERT INTO runs (unfinished_state, network_id, layer, reference_id, protocol_id, seed, retry_of, inverts, created_at)
     VALUES ('planned', ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setState = sql.prepare('UPDATE runs SET unfinished_state = ?, message = ? WHERE id = ?')
  const finish = sql.prepare(
    `UPDATE runs SET unfinished_state = NULL, message = ?, environment_id = ?, updates_done = ?, seconds = ?,
     loss_first = ?, loss_last = ? WHERE id = ?`,
  )
  const dropCheckpoint = sql.prepare('DELETE FROM checkpoints WHERE run_id = ?')
  const leftOvers = sql.prepare<[UnfinishedState, string, UnfinishedState], { id: number }>(
    'UPDATE runs SET unfinished_state = ?, message = ? WHERE unfinished_state = ? RETURNING id',
  )

  function row(id: number): RunRow {
    const found = one.get(id)
    if (!found) throw noSuchRun(id)
    return found
  }

  function requireUnfinished(id: number): void {
    if (row(id).state === 'finished') throw new ProjectError(`Run ${id} is finished; its result stays as it is.`)
  }

  function requireFinished<T>(id: number, value: T | null): T {
    if (value !== null) return value
    throw new ProjectError(`Run ${id} is ${row(id).state}; it has no result yet. Wait until it is finished, or resume it.`)
  }

  const summaryFrom = (found: RunRow) => summaryOf(found, settings.protocol(found.protocol_id))

  return {
    plan: (runs, createdAt) =>
      store.write(() => {
        const ids = runs.map(({ network, layer, referenceId, protocol, seed, retryOf, inverts }) => {
          const [networkId, protocolId] = [networks.idOf(network), settings.protocolId(protocol)]
          return Number(insert.run(networkId, layer, referenceId, protocolId, seed, retryOf ?? null, inverts ?? null, createdAt).lastInsertRowid)
        })
        store.announce('runs', ids)
        return ids
      }),
    mark: (id, state, message) =>
      store.write(() => {
        requireUnfinished(id)
        setState.run(state, message, id)
        store.announce('runs', [id])
      }),
    saveCheckpoint: checkpoints.save,
    checkpoint: checkpoints.load,
    complete: (id, result, environment, finishedAt) =>
      store.write(() => {
        requireUnfinished(id)
        const { update, seconds } = result.checkpoint
        const losses = [toSql(result.firstLoss), toSql(result.finalLoss)]
        results.add(id, result, finishedAt)
        verdicts.add(id, result.verdict, finishedAt)
        finish.run(result.notice, settings.environmentId(environment), update, seconds, ...losses, id)
        dropCheckpoint.run(id)
      }, 'lasting'),
    recordVerdict(id, verdict, decidedAt) {
      requireFinished(id, row(id).state === 'finished' || null)
      verdicts.add(id, verdict, decidedAt)
    },
    verdicts: verdicts.history,
    list: () => all.all().map(summaryFrom),
    summary: (id) => summaryFrom(row(id)),
    detail(id) {
      const found = row(id)
      return {
        ...summaryFrom(found),
        verdicts: verdicts.history(id),
        lossCurve: thinned(lossesOf(id, results, checkpoints), curvePoints),
        judgement: results.judgement(id),
        environment: found.environment_id === null ? null : settings.environment(found.environment_id),
      }
    },
    signal: (id, which) => requireFinished(id, results.signal(id, which)),
    cochleagram(id) {
      const signal = requireFinished(id, results.signal(id, 'metamer'))
      if (signal.kind === 'cochleagram') return signal
      throw new ProjectError(`Run ${id} made ${signal.kind === 'image' ? 'a picture' : 'a sound'}, not a cochleagram.`)
    },
    floatSignal: (id) => requireFinished(id, results.floatSignal(id)),
    cochleagrams: (id) => results.cochleagrams(id),
    remove: (ids) =>
      store.write(() => {
        ids.forEach(row)
        removal.remove(ids)
        store.announce('runs', [...ids])
      }, 'lasting'),
    interruptLeftOvers: () =>
      store.write(() => {
        const interrupted = leftOvers.all(
          'interrupted',
          'The program ended while this run was at work. Resume it to go on from its last checkpoint.',
          'running',
        )
        const paused = leftOvers.all(
          'paused',
          'The program ended before this run had begun. Resume it to put it in the queue.',
          'planned',
        )
        const ids = [...interrupted, ...paused].map((run) => run.id).sort((a, b) => a - b)
        if (ids.length) store.announce('runs', ids)
        return ids
      }),
  }
}

function lossesOf(id: number, results: Results, checkpoints: Checkpoints): Float32Array {
  return results.losses(id) ?? checkpoints.losses(id) ?? new Float32Array()
}
