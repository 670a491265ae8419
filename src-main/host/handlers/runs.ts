import type { NetworkSummary } from '../../domain/network.ts'
import { presetNotes, presets } from '../../domain/protocol.ts'
import type { RunState } from '../../domain/run.ts'
import { exportStimulusSet } from '../../export/stimulusSet.ts'
import { encodeSignal, encodeStimulus } from '../../export/stimulusFile.ts'
import { retriable } from '../../jobs/planRetries.ts'
import type { Project } from '../../project/project.ts'
import type { Results } from '../../rpc/contract/methods.ts'
import type { Handlers } from '../../rpc/server.ts'
import { exportItem, stimulusOrigin } from '../exportItems.ts'
import type { HostParts } from '../parts.ts'

type RunHandlers = Pick<
  Handlers,
  | 'protocols.list'
  | 'runs.plan'
  | 'runs.list'
  | 'runs.retry'
  | 'runs.retriable'
  | 'runs.invert'
  | 'runs.planOtherGradient'
  | 'runs.detail'
  | 'runs.signal'
  | 'runs.cochleagrams'
  | 'runs.cancel'
  | 'runs.pause'
  | 'runs.resume'
  | 'runs.remove'
  | 'runs.atOnce'
  | 'runs.setAtOnce'
  | 'export.stimulusSet'
>

/** Without a result, but with a checkpoint to look at where there is one. */
const stoppedStates: readonly RunState[] = ['paused', 'interrupted', 'failed']

export function runHandlers({ compute, sessions, working, version, now }: HostParts): RunHandlers {
  /** What a stopped run had come to at its last checkpoint, rounded as its metamer would be. */
  async function unfinishedSignal(project: Project, id: number, networks: NetworkSummary[]): Promise<Results['runs.signal'] | null> {
    const checkpoint = project.runs.checkpoint(id)
    if (!checkpoint) return null
    const origin = stimulusOrigin(project, id, networks)
    const signal = await compute.link.request('quantise', { network: origin.run.network, protocol: origin.run.protocol, signal: checkpoint.signal })
    const { bytes, extension, mimeType } = encodeSignal(signal, origin, 'metamer', version)
    return { fileName: `run${id}_unfinished.${extension}`, mimeType, bytes }
  }

  return {
    'protocols.list': () => presets.map((protocol) => ({ protocol, note: presetNotes[protocol.name] ?? '' })),
    'runs.plan': async (plan) => ({ runIds: await sessions.current().queue.plan(plan) }),
    'runs.retry': async (plan) => ({ runIds: await sessions.current().queue.retry(plan) }),
    'runs.retriable': ({ tries }) => retriable(sessions.current().project.runs.list(), tries),
    'runs.invert': async ({ id }) => ({ runId: await sessions.current().queue.invert(id) }),
    'runs.planOtherGradient': async ({ set }) => ({ runIds: await sessions.current().queue.planOtherGradient(set) }),
    'runs.list': () => sessions.current().project.runs.list(),
    'runs.detail': ({ id }) => sessions.current().project.runs.detail(id),
    'runs.signal': async ({ id, which }) => {
      const networks = await compute.networks()
      const { project } = sessions.current()
      if (which === 'metamer' && stoppedStates.includes(project.runs.summary(id).state)) {
        const unfinished = await unfinishedSignal(project, id, networks)
        if (unfinished) return unfinished
      }
      const { bytes, extension, mimeType } = encodeStimulus(exportItem(project, id, networks), which, version)
      return { fileName: `run${id}_${which}.${extension}`, mimeType, bytes }
    },
    'runs.cochleagrams': ({ id }) => sessions.current().project.runs.cochleagrams(id),
    'runs.cancel': ({ id }) => done(sessions.current().queue.cancel(id)),
    'runs.pause': ({ id }) => done(sessions.current().queue.pause(id)),
    'runs.resume': ({ id }) => done(sessions.current().queue.resume(id)),
    'runs.remove': ({ runIds }) => ({ runIds: sessions.current().queue.remove(runIds) }),
    'runs.atOnce': () => ({ runs: working.together }),
    'runs.setAtOnce': ({ runs }) => {
      working.together = runs
      sessions.fill()
      return null
    },
    'export.stimulusSet': async ({ runIds, folder }) => {
      const networks = await compute.networks()
      const { project } = sessions.current()
      const items = runIds.map((id) => exportItem(project, id, networks))
      return exportStimulusSet({ programVersion: version, projectName: project.name, exportedAt: now(), items }, folder)
    },
  }
}

/** An answer that says only that it is done. */
function done(_: void): null {
  return null
}
