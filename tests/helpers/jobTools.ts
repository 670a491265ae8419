import type { JobTools } from '../../src-main/jobs/job.ts'
import { createJobQueue } from '../../src-main/jobs/jobQueue.ts'
import { createWorkerLink } from '../../src-main/jobs/workerLink.ts'
import type { JudgementJob } from '../../src-main/domain/recognition.ts'
import type { NullJob, RunPlan, SynthesisProgress } from '../../src-main/domain/run.ts'
import type { Project } from '../../src-main/project/project.ts'
import { createFakeWorker } from './fakeWorker.ts'
import { at, environment, picture, protocol } from './sampleRuns.ts'
import { temporaryProject } from './temporaryProject.ts'

/** A queue over a project and a fake compute process, with everything that it tells. */
export function queueOver(project: Project = temporaryProject(), changes: Partial<JobTools> = {}) {
  const fake = createFakeWorker()
  const progress: SynthesisProgress[] = []
  const nullProgress: NullJob[] = []
  const judgementProgress: JudgementJob[] = []
  const problems: unknown[] = []
  const link = createWorkerLink(fake.launch)
  const tools: JobTools = {
    project,
    link,
    weightFile: async () => '/weights',
    networks: () => link.request('networks', {}),
    environment: async () => environment,
    readPool: async () => [{ fileName: 'one.png', bytes: Uint8Array.of(1) }],
    now: () => at,
    onProgress: (told) => progress.push(told),
    onNullProgress: (told) => nullProgress.push(told),
    onTrainingProgress: () => undefined,
    networksChanged: () => undefined,
    onJudgementProgress: (told) => judgementProgress.push(told),
    onProblem: (error) => problems.push(error),
    together: () => 8,
    checkpointEveryS: 0,
    ...changes,
  }
  return { project, fake, link, tools, queue: createJobQueue(tools), progress, nullProgress, judgementProgress, problems }
}

/** A plan of one run of four updates for each layer. */
export function planFor(project: Project, layers = ['stem']): RunPlan {
  const referenceId = project.references.add(picture(), at).id
  return { network: 'toy-picture', layers, referenceIds: [referenceId], protocol, seed: 1 }
}
