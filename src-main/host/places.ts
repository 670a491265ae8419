import os from 'node:os'
import path from 'node:path'

/** Where the program's own files lie, seen from this file in the source tree. */
const root = path.resolve(import.meta.dirname, '../..')

/** For a host under plain Node; the shell under Electron knows its own. */
export const places = {
  modelsFolder: path.join(root, 'models'),
  resourcesFolder: path.join(root, 'resources'),
  rendererFolder: path.join(root, 'out/renderer'),
  workerEntry: path.join(root, 'src-main/worker/main.ts'),
  packageFile: path.join(root, 'package.json'),
} as const

/** By the custom of each system. */
export function recentFile(): string {
  return path.join(settingsFolder(), 'metamer-lab', 'recent.json')
}

/** Where the networks lie that the user has added. METAMER_LAB_NETWORKS names another folder. */
export function networksFolder(): string {
  return process.env['METAMER_LAB_NETWORKS'] ?? path.join(settingsFolder(), 'metamer-lab', 'networks')
}

function settingsFolder(): string {
  const home = os.homedir()
  if (process.platform === 'win32') return process.env['APPDATA'] ?? path.join(home, 'AppData/Roaming')
  if (process.platform === 'darwin') return path.join(home, 'Library/Application Support')
  return process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config')
}
