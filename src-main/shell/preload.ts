import { contextBridge, ipcRenderer } from 'electron'
import { channels } from './channels.ts'
import type { ShellDialogs } from './shellDialogs.ts'

const dialogs: ShellDialogs = {
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder),
  chooseProject: ({ create }) => ipcRenderer.invoke(channels.chooseProject, { create }),
  chooseFile: ({ holds }) => ipcRenderer.invoke(channels.chooseFile, { holds }),
  chooseCardPlace: ({ fileName }) => ipcRenderer.invoke(channels.chooseCardPlace, { fileName }),
}
contextBridge.exposeInMainWorld('metamerShell', dialogs)

const pageLoaded = new Promise<void>((resolve) => window.addEventListener('load', () => resolve(), { once: true }))

// A port cannot cross the context bridge; the page takes it from a message of its own window.
ipcRenderer.once(channels.rpcPort, (event) => {
  void pageLoaded.then(() => window.postMessage('rpc-port', window.location.origin, event.ports))
})
