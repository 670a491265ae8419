import fs from 'node:fs'
import path from 'node:path'
import { findBrowser } from '../browsers.mjs'
import { writeWhole } from './files.mjs'
import { explainFailure, SetupProblem } from './problems.mjs'

const WITHOUT = 'Browser tests are skipped by name, and "npm start" prints the address to open.'

/** A Chromium, Chrome or Edge that is installed, else Debian's Chromium where we may install it. */
export const browser = {
  name: 'browser',
  retryAfterHours: 24,
  ready: (context) =>
    context.env.METAMER_LAB_BROWSER === 'skip' ||
    (!context.exists(unfinished(context)) && findBrowser(context.env, context.platform) !== null),
  install,
}

/** There while apt-get works, so that a browser installed by halves is not trusted. */
const unfinished = (context) => path.join(context.stamps, 'apt-unfinished')

async function install(context) {
  const apt = context.find('apt-get')
  if (!apt || !context.isRoot) {
    throw new SetupProblem(`No Chromium, Chrome or Edge is installed. ${WITHOUT} Cure: install one of them.`)
  }
  await context.during('installing Chromium with apt-get', async () => {
    await repair(context)
    writeWhole(unfinished(context), '')
    for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
      const result = await context.run(apt, args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutS: 900 })
      if (result.code === 0) continue
      const { message } = explainFailure('Chromium could not be installed', result, 'the package archive')
      throw new SetupProblem(`${message} ${WITHOUT}`)
    }
    fs.rmSync(unfinished(context), { force: true })
  })
}

/** Finish what an interrupted apt-get of ours left. */
async function repair(context) {
  if (context.exists(unfinished(context))) await context.run('dpkg', ['--configure', '--pending'], { timeoutS: 300 })
}
