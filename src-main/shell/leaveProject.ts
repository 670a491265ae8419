import path from 'node:path'
import { workLeft } from '../domain/workLeft.ts'
import type { Host } from '../host/createHost.ts'

export interface LeaveQuestion {
  /** Of the project that would be left. */
  project: string
  /** What stops. */
  words: string
}

/**
 * Ask before the open project is left for another while something is at work in it, as the window does.
 *
 * @param file  the project that is to be opened; nothing is asked when it is the one that is open
 * @returns whether to go on
 */
export async function agreedToLeave({ handlers }: Pick<Host, 'handlers'>, file: string, ask: (question: LeaveQuestion) => Promise<boolean>): Promise<boolean> {
  const current = await handlers['project.current']({})
  if (!current || current.path === path.resolve(file)) return true
  const [runs, trainings, { jobs }] = await Promise.all([handlers['runs.list']({}), handlers['trainings.list']({}), handlers['nulls.list']({})])
  const words = workLeft({ runs, trainings, nulls: jobs })
  return words === null || ask({ project: current.name, words })
}
