import { ProjectError } from '../domain/errors.ts'
import type { Project } from '../project/project.ts'

const EVERY_MS = 5000

/**
 * Tell when the file of an open project is no longer where it was: what is stored meanwhile would be gone with the program. Told once, and
 * once more when it has been back.
 *
 * @returns stops watching
 */
export function watchProjectFile(project: Pick<Project, 'path' | 'isInPlace'>, tell: (error: ProjectError) => void): () => void {
  let inPlace = true
  const timer = setInterval(() => {
    const before = inPlace
    inPlace = project.isInPlace()
    if (before && !inPlace) tell(new ProjectError(sentence(project.path)))
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function sentence(file: string): string {
  return `The project file "${file}" was moved, replaced or deleted. What you see is held open only until the program ends. Put the file back, or save a copy now: press the project's name, then "Save a copy".`
}
