import { BrowserWindow, MessageChannelMain, session, shell } from 'electron'
import type { Transport } from '../rpc/transport.ts'
import { messagePortTransport } from '../rpc/transports/messagePort.ts'
import { appAddress, isOwnPage, mayOpenOutside } from './addresses.ts'
import { channels } from './channels.ts'

/** Nothing the program does needs a permission: camera, location, notifications and the rest are refused. */
export function refusePermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
}

/**
 * Open the window, isolated and sandboxed, and connect it to the host each time its page is loaded.
 *
 * @param preload  path of the built preload script
 */
export function openLabWindow(preload: string, connect: (transport: Transport) => void): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    title: 'Metamer Lab',
    show: false,
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true },
  })
  keepInside(window)
  window.once('ready-to-show', () => window.show())
  window.webContents.on('dom-ready', () => handOverPort(window, connect))
  void window.loadURL(appAddress)
  return window
}

function keepInside(window: BrowserWindow): void {
  window.webContents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.webContents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}

/** Hand a link to the person's browser, when it is on our list. */
export function openOutside(address: string): void {
  if (mayOpenOutside(address)) void shell.openExternal(address)
}

function handOverPort(window: BrowserWindow, connect: (transport: Transport) => void): void {
  const { port1, port2 } = new MessageChannelMain()
  connect(messagePortTransport(port1))
  window.webContents.postMessage(channels.rpcPort, null, [port2])
}
