import type { OpenDialogOptions, SaveDialogOptions } from 'electron'

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
