import { presetNotes, presets } from '../../domain/protocol.ts'
import { exportStimulusSet } from '../../export/stimulusSet.ts'
import { encodeStimulus } from '../../export/stimulusFile.ts'
import type { Handlers } from '../../rpc/server.ts'
import { exportItem } from '../exportItems.ts'
import type { HostParts } from '../parts.ts'

type RunHandlers = Pick<
  Handlers,
  | 'networks.list'
  | 'protocols.list'
  | 'runs.plan'
  | 'runs.list'
  | 'runs.detail'
  | 'runs.signal'
  | 'runs.cochleagrams'
  | 'runs.cancel'
  | 'runs.pause'
  | 'runs.resume'
  | 'export.stimulusSet'
>

export function runHandlers({ compute, sessions, version, now }: HostParts): RunHandlers {
  return {
    'networks.list': () => compute.networks(),
    'protocols.list': () => presets.map((protocol) => ({ protocol, note: presetNotes[protocol.name] ?? '' })),
    'runs.plan': async (plan) => ({ runIds: await sessions.current().queue.plan(plan) }),
    'runs.list': () => sessions.current().project.runs.list(),
    'runs.detail': ({ id }) => sessions.current().project.runs.detail(id),
    'runs.signal': async ({ id, which }) => {
      const item = exportItem(sessions.current().project, id, await compute.networks())
      const { bytes, extension, mimeType } = encodeStimulus(item, which, version)
      return { fileName: `run${id}_${which}.${extension}`, mimeType, bytes }
    },
    'runs.cochleagrams': ({ id }) => sessions.current().project.runs.cochleagrams(id),
    'runs.cancel': ({ id }) => done(sessions.current().queue.cancel(id)),
    'runs.pause': ({ id }) => done(sessions.current().queue.pause(id)),
    'runs.resume': ({ id }) => done(sessions.current().queue.resume(id)),
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
