import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeWhole } from '../media/writeWhole.ts'

const most = 12

/** Projects opened lately, newest first, remembered between starts. A convenience: its file may vanish or be damaged. */
export interface RecentProjects {
  /** Those that still exist. */
  list(): string[]
  add(path: string): void
}

/** @param file  where the list is kept; null remembers nothing */
export function createRecentProjects(file: string | null): RecentProjects {
  return {
    list: () => read(file).filter((project) => existsSync(project)),
    add(project) {
      if (file === null) return
      const paths = [project, ...read(file).filter((other) => other !== project)].slice(0, most)
      try {
        mkdirSync(path.dirname(file), { recursive: true })
        writeWhole(file, JSON.stringify(paths, null, 2))
      } catch {
        // A home that cannot be written to must not keep a project from opening.
      }
    },
  }
}

function read(file: string | null): string[] {
  if (file === null || !existsSync(file)) return []
  try {
    return z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return []
  }
}
