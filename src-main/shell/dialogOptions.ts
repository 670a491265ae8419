import type { MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from 'electron'
import path from 'node:path'
import { manifestEnding, modelEndings, stimulusEndings } from '../host/openableFiles.ts'
import type { LeaveQuestion } from './leaveProject.ts'
import type { ChooseFile } from './shellDialogs.ts'

/** What the native dialogs ask for. */

const project = { name: 'Metamer Lab project', extensions: ['metamer'] }

export const folderDialog: OpenDialogOptions = {
  title: 'Choose a folder',
  properties: ['openDirectory', 'createDirectory'],
}

export const openProjectDialog: OpenDialogOptions = {
  title: 'Open a project',
  properties: ['openFile'],
  filters: [project],
}

export const newProjectDialog: SaveDialogOptions = {
  title: 'Create a project',
  defaultPath: 'untitled.metamer',
  filters: [project],
  properties: ['createDirectory', 'showOverwriteConfirmation'],
}

/** The place of the button that leaves. */
export const leave = 1

/** The window's own question. Return and Esc stay. */
export function leaveDialog({ project, words }: LeaveQuestion): MessageBoxOptions {
  return { type: 'question', message: `Leave ${project}?`, detail: words, buttons: ['Stay', 'Leave anyway'], defaultId: 0, cancelId: 0, noLink: true }
}

/** Endings as the system's dialogs want them: without the dot. */
const bare = (endings: Iterable<string>): string[] => [...endings].map((ending) => ending.slice(1))
const anyFile = { name: 'All files', extensions: ['*'] }

export const fileDialogs: Record<ChooseFile['holds'], OpenDialogOptions> = {
  network: {
    title: 'Choose a model file',
    properties: ['openFile'],
    filters: [{ name: 'Networks, weights and cards', extensions: bare(modelEndings) }, anyFile],
  },
  stimulus: {
    title: 'Choose a picture or a sound',
    properties: ['openFile'],
    filters: [{ name: 'Pictures and sounds', extensions: bare(stimulusEndings) }, anyFile],
  },
  manifest: {
    title: 'Choose a manifest',
    properties: ['openFile'],
    filters: [{ name: 'Comma-separated values', extensions: bare([manifestEnding]) }, anyFile],
  },
}

export function cardPlaceDialog(fileName: string): SaveDialogOptions {
  return {
    title: 'Save the network card',
    // A name, never a place: the window does not choose the folder.
    defaultPath: path.basename(fileName),
    filters: [{ name: 'Network card', extensions: ['json'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  }
}
