import { ProjectError } from '../domain/errors.ts'

/** Say in words what SQLite's codes mean to a person. Anything that is no SQLite error passes unchanged. */
export function storageError(error: unknown, path: string): unknown {
  const code = sqliteCode(error)
  if (!code) return error
  return new ProjectError(sentenceFor(code, path, (error as Error).message), { cause: error, details: { code } })
}

/** @returns e.g. "SQLITE_BUSY_SNAPSHOT", or null when SQLite did not throw it */
export function sqliteCode(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : null
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null
}

function sentenceFor(code: string, path: string, message: string): string {
  const family = code.split('_').slice(0, 2).join('_')
  switch (family) {
    case 'SQLITE_NOTADB':
      return notAProject(path)
    case 'SQLITE_CORRUPT':
      return `The project "${path}" is damaged (${message}). Nothing was changed. Go back to a copy or a backup of it.`
    case 'SQLITE_FULL':
      return `The disk is full; the project "${path}" keeps its last complete state. Free some space, then try again.`
    case 'SQLITE_BUSY':
      return `The project "${path}" is in use by another program. Close it there, then try again.`
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return `The project "${path}" cannot be opened (${message}). Check the permissions of the file and its folder.`
    case 'SQLITE_CONSTRAINT':
      return `The project "${path}" refused a value (${message}); nothing was stored. This is a mistake of the program: please report it.`
    default:
      return `The project "${path}" cannot be read or written (${message}; ${code}). Check its disk, then try again.`
  }
}

export function notAProject(path: string): string {
  return `"${path}" is not a Metamer Lab project. Choose a file that this program has made, or create a new project.`
}
