import path from 'node:path'
import type { ReferenceSummary } from '../../domain/stimulus.ts'
import type { StimulusFile } from '../../domain/workerMessages.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'

type ReferenceHandlers = Pick<Handlers, 'samples.list' | 'samples.add' | 'references.list' | 'references.add' | 'references.file' | 'references.cochleagram' | 'references.notices'>

export function referenceHandlers({ compute, sessions, samples, now }: HostParts): ReferenceHandlers {
  /** Only what can be used gets into a project. */
  async function add(stimulus: StimulusFile): Promise<ReferenceSummary> {
    const { project } = sessions.current()
    const { kind, notices } = await compute.link.request('checkStimulus', { stimulus })
    return project.references.add({ ...stimulus, kind, notices }, now())
  }

  return {
    'samples.list': () => samples.list(),
    'samples.add': async ({ name }) => add(await samples.read(name)),
    'references.list': () => sessions.current().project.references.list(),
    'references.add': ({ fileName, bytes }) => add({ fileName: path.basename(fileName), bytes }),
    'references.file': ({ id }) => sessions.current().project.references.file(id),
    'references.cochleagram': ({ id }) => {
      const stimulus = sessions.current().project.references.file(id)
      return compute.link.request('cochleagramPicture', { stimulus, rows: 211 })
    },
    'references.notices': ({ id, network }) => {
      const stimulus = sessions.current().project.references.file(id)
      return compute.link.request('stimulusNotices', { stimulus, network })
    },
  }
}
