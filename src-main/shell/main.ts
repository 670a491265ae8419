import { app, dialog, Menu, protocol, type BrowserWindow } from 'electron'
import path from 'node:path'
import { createHost, type Host } from '../host/createHost.ts'
import { rendererFiles } from '../host/rendererFiles.ts'
import { appScheme } from './addresses.ts'
import { answerWindow } from './appFiles.ts'
import { answerDialogs, askToLeave, newProject, openProject } from './dialogs.ts'
import { openLabWindow, openOutside, refusePermissions } from './labWindow.ts'
import { agreedToLeave } from './leaveProject.ts'
import { menuTemplate } from './menus.ts'
import { projectArgument } from './projectArgument.ts'
import { utilityWorker } from './utilityWorker.ts'

/** The program under Electron: one instance, one window, one host. */

let window: BrowserWindow | null = null
let host: Host | null = null
/** A project asked for before the host is there, or on macOS before the program is ready. */
let waitingProject = projectArgument(process.argv, process.cwd())

protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])

if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  app.on('second-instance', (_event, argv, cwd) => void comeForward(projectArgument(argv, cwd)))
  app.on('open-file', (event, file) => {
    event.preventDefault()
    void comeForward(file)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', leave)
  void app.whenReady().then(begin).catch(giveUp)
}

async function begin(): Promise<void> {
  const root = app.getAppPath()
  const files = rendererFiles(path.join(root, 'out/renderer'))
  protocol.handle(appScheme, (request) => answerWindow(request, files))
  refusePermissions()
  const started = startHost(root)
  host = started
  answerDialogs(() => window)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, menuActions)))
  if (waitingProject) await openFile(waitingProject)
  window = openLabWindow(path.join(root, 'out/preload/preload.cjs'), started.connect)
  window.on('closed', () => (window = null))
}

function startHost(root: string): Host {
  return createHost({
    launchWorker: utilityWorker(path.join(root, 'out/main/worker.js')),
    modelsFolder: path.join(root, 'models'),
    networksFolder: path.join(app.getPath('userData'), 'networks'),
    resourcesFolder: path.join(root, 'resources'),
    recentFile: path.join(app.getPath('userData'), 'recent.json'),
    projectsFolder: app.getPath('documents'),
    now: () => new Date(),
    shell: 'electron',
    version: app.getVersion(),
  })
}

const menuActions = {
  newProject: () => void withDialog(newProject, 'project.create'),
  openProject: () => void withDialog(openProject, 'project.open'),
  openLink: openOutside,
}

async function withDialog(
  ask: (window: BrowserWindow) => Promise<string | null>,
  method: 'project.create' | 'project.open',
): Promise<void> {
  const file = window && (await ask(window))
  if (file) await enter(file, method)
}

const openFile = (file: string): Promise<void> => enter(file, 'project.open')

/** From the menu, by a double click or by a second start: what is at work is not stopped unasked. */
function enter(file: string, method: 'project.create' | 'project.open'): Promise<void> {
  const there = host
  return tellFailure(async () => {
    if (there && (await agreedToLeave(there, file, (question) => askToLeave(window, question)))) await there.handlers[method]({ path: file })
  })
}

/** A project that does not open is said in a box: the program itself goes on. */
async function tellFailure(action: () => unknown): Promise<void> {
  try {
    await action()
  } catch (error) {
    dialog.showErrorBox('Metamer Lab', sentence(error))
  }
}

/** The program was started a second time, or a project was double-clicked. */
async function comeForward(file: string | null): Promise<void> {
  if (!host) {
    waitingProject = file ?? waitingProject
    return
  }
  // First, so that a question is seen.
  if (window?.isMinimized()) window.restore()
  window?.focus()
  if (file) await openFile(file)
}

/** Pause what is at work before the program ends. */
function leave(event: Electron.Event): void {
  const leaving = host
  if (!leaving) return
  event.preventDefault()
  host = null
  void leaving.close().finally(() => app.quit())
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Metamer Lab could not start', sentence(error))
  app.exit(1)
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
