/**
 * Make this checkout ready to run: "npm run setup". Runs on any Node from 20, without dependencies.
 *
 *   node scripts/setup.mjs [--build] [--retry]
 *
 * --build  also build the program when a source has changed
 * --retry  also try what has failed lately
 */
import path from 'node:path'
import { appBuild } from './setup/appBuild.mjs'
import { binding } from './setup/binding.mjs'
import { browser } from './setup/browser.mjs'
import { compiler } from './setup/compiler.mjs'
import { makeContext } from './setup/context.mjs'
import { removeUnfinished } from './setup/files.mjs'
import { electron } from './setup/electron.mjs'
import { nodeRuntime } from './setup/nodeRuntime.mjs'
import { npmPackages } from './setup/npmPackages.mjs'
import { oneAtATime } from './setup/oneAtATime.mjs'
import { endCommands } from './setup/run.mjs'
import { runSteps } from './setup/runSteps.mjs'
import { tensorflow } from './setup/tensorflow.mjs'

const context = makeContext(path.resolve(import.meta.dirname, '..'))
const options = { retry: process.argv.includes('--retry') }
const steps = [npmPackages, nodeRuntime, compiler, { ...tensorflow, needs: [compiler.name] }, binding, electron, browser]
if (process.argv.includes('--build')) steps.push(appBuild)

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.once(signal, async () => {
    context.say('interrupted. What is finished is kept; the next start does the rest.')
    await endCommands()
    removeUnfinished()
    process.exit(code)
  })
}

const allReady = steps.every((step) => step.ready(context))
if (!allReady && !(await oneAtATime(context, (locked) => runSteps(steps, locked, options)))) process.exitCode = 1
