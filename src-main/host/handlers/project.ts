import path from 'node:path'
import { createProject, openProject } from '../../project/openProject.ts'
import type { Handlers } from '../../rpc/server.ts'
import { listFolder } from '../folderListing.ts'
import { looksLikeManifest, looksLikeModel, looksOpenable, projectEnding } from '../openableFiles.ts'
import type { HostParts } from '../parts.ts'

type ProjectHandlers = Pick<Handlers, 'app.info' | 'project.current' | 'project.create' | 'project.open' | 'project.saveCopy' | 'project.recent' | 'folders.list'>

const shownFiles = { 'projects and stimuli': looksOpenable, models: looksLikeModel, manifests: looksLikeManifest }

export function projectHandlers({ compute, sessions, recent, projectsFolder, shell, version }: HostParts): ProjectHandlers {
  return {
    'app.info': async () => ({ version, engine: await compute.engine(), shell }),
    'project.current': () => sessions.summary(),
    'project.create': ({ path: file }) => sessions.enter(withEnding(file), (name) => createProject(name)),
    'project.open': ({ path: file }) => sessions.enter(file, (name) => openProject(name)),
    'project.saveCopy': async ({ path: file }) => ({ path: await sessions.current().project.saveCopy(withEnding(file)) }),
    'project.recent': () => ({ folder: projectsFolder, paths: recent.list() }),
    'folders.list': ({ path: folder, show }) => listFolder(folder, shownFiles[show ?? 'projects and stimuli']),
  }
}

function withEnding(file: string): string {
  return path.extname(file) === '' ? file + projectEnding : file
}
