import { dialog, ipcMain, type BrowserWindow, type IpcMainInvokeEvent, type SaveDialogOptions } from 'electron'
import { isOwnPage } from './addresses.ts'
import { channels } from './channels.ts'
import { cardPlaceDialog, fileDialogs, folderDialog, leave, leaveDialog, newProjectDialog, openProjectDialog } from './dialogOptions.ts'
import type { LeaveQuestion } from './leaveProject.ts'
import { cardPlaceSchema, chooseFileSchema, chooseProjectSchema } from './shellDialogs.ts'

/** Answer the window's wishes for a native dialog. Each call's sender and parameters are checked. */
export function answerDialogs(window: () => BrowserWindow | null): void {
  const handle = (channel: string, answer: (window: BrowserWindow, params: unknown) => Promise<unknown>): void => {
    ipcMain.handle(channel, async (event, params: unknown) => {
      const owner = window()
      if (!owner || !comesFrom(owner, event)) throw new Error('Only the window of Metamer Lab may ask for a dialog.')
      return answer(owner, params)
    })
  }
  handle(channels.chooseFolder, chooseFolder)
  handle(channels.chooseProject, (owner, params) =>
    chooseProjectSchema.parse(params).create ? newProject(owner) : openProject(owner),
  )
  handle(channels.chooseFile, async (owner, params) =>
    first(await dialog.showOpenDialog(owner, fileDialogs[chooseFileSchema.parse(params).holds])),
  )
  handle(channels.chooseCardPlace, (owner, params) => placeFor(owner, cardPlaceDialog(cardPlaceSchema.parse(params).fileName)))
}

function comesFrom(window: BrowserWindow, event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === window.webContents.mainFrame && isOwnPage(frame.url)
}

async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  return first(await dialog.showOpenDialog(window, folderDialog))
}

/** @returns the path, or null when dismissed */
export async function openProject(window: BrowserWindow): Promise<string | null> {
  return first(await dialog.showOpenDialog(window, openProjectDialog))
}

/** @returns the path, or null when dismissed */
export function newProject(window: BrowserWindow): Promise<string | null> {
  return placeFor(window, newProjectDialog)
}

/** @returns whether the project may be left */
export async function askToLeave(window: BrowserWindow | null, question: LeaveQuestion): Promise<boolean> {
  const options = leaveDialog(question)
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return response === leave
}

async function placeFor(window: BrowserWindow, options: SaveDialogOptions): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, options)
  return canceled ? null : filePath
}

function first(answer: { canceled: boolean; filePaths: string[] }): string | null {
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}
