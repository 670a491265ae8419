import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProjectError, UsageError } from '../domain/errors.ts'
import { nullNoteFile, nullNoteSchema, nullWorkFolder, type NullNote, type StoppedNull } from '../domain/nullDistribution.ts'
import type { NullJob } from '../domain/run.ts'
import type { Project } from '../project/project.ts'

/**
 * Find the null distributions that were begun and are not at work, in this session or an earlier one.
 *
 * @param jobs  of this session; one that is at work hides those of its network and number of pairs
 * @returns none for a project that can only be read: another program may be at work on it
 */
export function stoppedNulls({ path: file, readOnlyReason }: Pick<Project, 'path' | 'readOnlyReason'>, jobs: readonly NullJob[]): StoppedNull[] {
  const root = nullWorkFolder(file)
  if (readOnlyReason !== null || !existsSync(root)) return []
  return readdirSync(root).flatMap((id) => {
    const note = noteIn(path.join(root, id))
    const atWork = note && jobs.some(({ state, network, pairs }) => state === 'running' && network === note.plan.network && pairs === note.plan.pairs)
    return note && !atWork ? [{ id, plan: note.plan, ...progressIn(path.join(root, id), note) }] : []
  })
}

/** Remove what one has done. @throws ProjectError when the project can only be read, UsageError when there is none such, or it is at work */
export function dropStoppedNull(project: Pick<Project, 'path' | 'readOnlyReason'>, jobs: readonly NullJob[], id: string): void {
  if (project.readOnlyReason !== null) throw new ProjectError(`Nothing was removed. ${project.readOnlyReason}`)
  if (!stoppedNulls(project, jobs).some((stopped) => stopped.id === id)) {
    throw new UsageError('This null distribution is at work, or is no longer there; nothing was removed. Cancel it first where it is at work.')
  }
  const root = nullWorkFolder(project.path)
  rmSync(path.join(root, id), { recursive: true })
  if (readdirSync(root).length === 0) rmdirSync(root)
}

/** null where there is none that can be read: those begun by earlier versions have none. */
function noteIn(folder: string): NullNote | null {
  const text = contentOf(path.join(folder, nullNoteFile))
  const parsed = nullNoteSchema.safeParse(jsonOf(text))
  return parsed.success ? parsed.data : null
}

function progressIn(folder: string, { plan, draws, layers }: NullNote): Pick<StoppedNull, 'done' | 'total' | 'unit'> {
  if (plan.mode === 'independent') {
    const values = path.join(folder, 'pairs.rho')
    // Each is of two draws; those that the project held before are not among them.
    return { done: existsSync(values) ? Math.floor(statSync(values).size / (4 * layers)) : 0, total: draws / 2, unit: 'pairs' }
  }
  const state = jsonOf(contentOf(path.join(folder, 'state.json'))) as { rows?: unknown } | null
  return { done: typeof state?.rows === 'number' ? state.rows : 0, total: draws, unit: 'draws' }
}

function contentOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
