/**
 * Open the workbench: in Electron where its binary and a display are there; else served on loopback, in an
 * installed Chromium in app mode; without a display, the address is printed.
 *
 *   npm start [-- PROJECT.metamer]
 */
import path from 'node:path'
import { findBrowser } from './browsers.mjs'
import { nodeBinary, makeContext } from './setup/context.mjs'
import { electronBinary } from './setup/electron.mjs'
import { hasDisplay } from './start/hasDisplay.mjs'
import { runElectron } from './start/runElectron.mjs'
import { runInBrowser } from './start/runInBrowser.mjs'

const context = makeContext(path.resolve(import.meta.dirname, '..'))
const projects = process.argv.slice(2)
const electron = context.env.METAMER_LAB_ELECTRON === 'skip' ? null : electronBinary(context.root)
const display = hasDisplay(context.env, context.platform)

const opened = electron !== null && display && (await runElectron(context, electron, projects))
if (!opened) {
  process.exitCode = await runInBrowser(context, {
    node: nodeBinary(context),
    browser: display ? findBrowser(context.env, context.platform) : null,
    projects,
  })
}
