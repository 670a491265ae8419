import path from 'node:path'
import { ProjectError } from '../domain/errors.ts'
import type { JobTools } from '../jobs/job.ts'
import { createJobQueue, type JobQueue } from '../jobs/jobQueue.ts'
import type { Project } from '../project/project.ts'
import type { ProjectSummary } from '../rpc/contract/methods.ts'
import { watchProjectFile } from './watchProjectFile.ts'

/** A project that is open, and the queue that works on it. */
export interface Session {
  readonly project: Project
  readonly queue: JobQueue
}

/** The one project that is open now, or none. */
export interface Sessions {
  /** @throws ProjectError when no project is open */
  current(): Session
  summary(): ProjectSummary | null
  /** While one project is left for another there is none for a moment: resolves when that is over; null when it is not so. */
  settled(): Promise<unknown> | null
  /** More runs may be made at once than before: begin them, where a project is open. */
  fill(): void
  /**
   * Open another project, then close the present one, its work paused. When the other cannot be opened, all stays as it is.
   *
   * @param file  of the project; nothing happens when it is the one that is open
   */
  enter(file: string, open: (file: string) => Project): Promise<ProjectSummary>
  close(): Promise<void>
}

/**
 * @param tools    everything a job needs beside its project
 * @param onEnter  called with each project that is entered
 */
export function createSessions(tools: Omit<JobTools, 'project'>, onEnter: (project: Project) => void): Sessions {
  let session: Session | null = null
  let stopWatching = (): void => undefined
  // One change at a time: two windows may ask at once.
  let turn: Promise<unknown> = Promise.resolve()
  let changes = 0

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    changes++
    const result = turn.then(work)
    turn = result.catch(() => undefined).then(() => changes--)
    return result
  }

  async function leave(): Promise<void> {
    const leaving = session
    session = null
    stopWatching()
    await leaving?.queue.close()
    leaving?.project.close()
  }

  return {
    current() {
      if (session) return session
      throw new ProjectError('No project is open. Create one, or open one, first.')
    },
    fill: () => session?.queue.fill(),
    settled: () => (changes > 0 ? turn : null),
    summary: () => session && summaryOf(session.project),
    enter: (file, open) =>
      inTurn(async () => {
        if (session?.project.path === path.resolve(file)) return summaryOf(session.project)
        const project = open(file)
        await leave()
        session = { project, queue: createJobQueue({ ...tools, project }) }
        stopWatching = watchProjectFile(project, tools.onProblem)
        onEnter(project)
        return { ...summaryOf(project), ...(project.olderCopy === null ? {} : { olderCopy: project.olderCopy }) }
      }),
    close: () => inTurn(leave),
  }
}

function summaryOf({ path, name, readOnlyReason }: Project): ProjectSummary {
  return { path, name, readOnlyReason }
}
