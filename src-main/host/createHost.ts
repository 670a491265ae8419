import os from 'node:os'
import path from 'node:path'
import { errorToData, ModelFileError } from '../domain/errors.ts'
import { togetherAtMost } from '../domain/together.ts'
import type { LaunchWorker } from '../jobs/workerLink.ts'
import type { EventName, Events } from '../rpc/contract/methods.ts'
import { serveRpc, type Handlers, type RpcServer } from '../rpc/server.ts'
import type { Transport } from '../rpc/transport.ts'
import { createCompute } from './compute.ts'
import { figureHandlers } from './handlers/figures.ts'
import { importHandlers } from './handlers/imports.ts'
import { judgementHandlers } from './handlers/judgements.ts'
import { nullHandlers } from './handlers/nulls.ts'
import { ownNetworkHandlers } from './handlers/ownNetworks.ts'
import { projectHandlers } from './handlers/project.ts'
import { referenceHandlers } from './handlers/references.ts'
import { runHandlers } from './handlers/runs.ts'
import { trainingHandlers } from './handlers/trainings.ts'
import { createOwnNetworks } from './ownNetworks.ts'
import type { HostParts } from './parts.ts'
import { readPool } from './poolFolder.ts'
import { createRecentProjects } from './recentProjects.ts'
import { createSamples } from './samples.ts'
import { createSessions } from './session.ts'
import { createTools, type Tools } from './tools.ts'

export interface HostOptions {
  launchWorker: LaunchWorker
  /** Holds a folder of card and weights for each network. */
  modelsFolder: string
  /** The same for the networks that the user has added. */
  networksFolder: string
  resourcesFolder: string
  /** Where the list of recent projects is kept; null remembers none. */
  recentFile: string | null
  /** Where new projects go; by default the person's documents. */
  projectsFolder?: string
  now(): Date
  shell: 'electron' | 'browser'
  version: string
  /** What a killed process may lose of a run; 10 s by default. */
  checkpointEveryS?: number
  /** Runs that may be made at once, where they can; 8 by default, 1 makes them one after the other. */
  together?: number
}

/** The program without a window: wires project, queue and compute process, and answers whoever connects. */
export interface Host {
  readonly handlers: Handlers
  /** Answer the calls that come over a transport, and send it every event, until it closes. */
  connect(transport: Transport): void
  /** What only the command line needs. */
  readonly tools: Tools
  /** Pause what is at work, with a checkpoint; close the project; end the compute process. */
  close(): Promise<void>
}

export function createHost(options: HostOptions): Host {
  const servers = new Set<RpcServer>()
  const emit = <E extends EventName>(name: E, payload: Events[E]): void => {
    for (const server of servers) server.emit(name, payload)
  }
  const parts = createParts(options, emit)
  const handlers = betweenChanges(parts.sessions, {
    ...projectHandlers(parts),
    ...referenceHandlers(parts),
    ...runHandlers(parts),
    ...nullHandlers(parts),
    ...trainingHandlers(parts),
    ...importHandlers(parts),
    ...ownNetworkHandlers(parts),
    ...judgementHandlers(parts),
    ...figureHandlers(parts),
  })
  return {
    handlers,
    tools: createTools(parts),
    connect(transport) {
      const server = serveRpc(transport, handlers)
      servers.add(server)
      transport.onState((state) => {
        if (state === 'closed' && servers.delete(server)) server.close()
      })
    },
    async close() {
      await parts.sessions.close()
      parts.compute.close()
    },
  }
}

/** Calls that come while one project is left for another wait for that one: they would find none. */
function betweenChanges({ settled }: HostParts['sessions'], handlers: Handlers): Handlers {
  const waiting = Object.entries(handlers as Record<string, (params: unknown) => unknown>).map(([name, handler]) => [
    name,
    (params: unknown) => settled()?.then(() => handler(params)) ?? handler(params),
  ])
  return Object.fromEntries(waiting) as Handlers
}

function createParts(options: HostOptions, emit: <E extends EventName>(name: E, payload: Events[E]) => void): HostParts {
  const { shell, version } = options
  const now = (): string => options.now().toISOString()
  const tell = (error: unknown): void => emit('problem', errorToData(error))
  const working = { together: options.together ?? togetherAtMost }
  const compute = createCompute({ ...options, onNetworkProblem: (sentence) => tell(new ModelFileError(sentence)) })
  compute.link.onEvent((event) => {
    if (event.type === 'surveyProgress') emit('surveyProgress', event.progress)
    if (event.type !== 'loading') return
    const { type: _, ...loading } = event
    emit('loading', loading)
  })
  const recent = createRecentProjects(options.recentFile)
  const sessions = createSessions(
    {
      ...compute,
      networksChanged() {
        compute.networksChanged()
        emit('changed', { what: 'networks', ids: [] })
      },
      now,
      readPool,
      checkpointEveryS: options.checkpointEveryS ?? 10,
      together: () => working.together,
      onProgress: (progress) => emit('progress', progress),
      onNullProgress: (job) => emit('nullProgress', job),
      onTrainingProgress: (progress) => emit('trainingProgress', progress),
      onJudgementProgress: (job) => emit('judgementProgress', job),
      onProblem: tell,
    },
    (project) => {
      recent.add(project.path)
      project.changes.subscribe((change) => emit('changed', change))
      emit('changed', { what: 'project', ids: [] })
    },
  )
  const samples = createSamples(options.resourcesFolder)
  const projectsFolder = options.projectsFolder ?? path.join(os.homedir(), 'Documents')
  const { networksFolder } = options
  const ownNetworks = createOwnNetworks(networksFolder)
  return { compute, working, sessions, samples, recent, ownNetworks, emit, projectsFolder, networksFolder, shell, version, now }
}
