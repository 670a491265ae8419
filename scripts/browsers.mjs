import { findCommand } from './setup/context.mjs'
import fs from 'node:fs'

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
]

const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/**
 * An installed Chromium, Chrome or Edge, or null. METAMER_LAB_BROWSER names another, or "skip" for none.
 *
 * @returns {string | null}
 */
export function findBrowser(env = process.env, platform = process.platform) {
  const wanted = env.METAMER_LAB_BROWSER
  if (wanted === 'skip') return null
  if (wanted) return findCommand(wanted, env) ?? (fs.existsSync(wanted) ? wanted : null)
  for (const name of COMMANDS) {
    const found = findCommand(name, env)
    if (found) return found
  }
  return PLACES[platform]?.find((file) => fs.existsSync(file)) ?? null
}
