/**
 * Make this checkout ready to run: "npm run setup". Runs on any Node from 20, without dependencies.
 *
 *   node scripts/setup.mjs [--build] [--retry]
 *
 * --build  also build the program when a source has changed
 * --retry  also try what has failed lately
 */
import path from 'node:path'
import { makeContext } from './setup/context.mjs'
import { removeUnfinished } from './setup/files.mjs'
import { oneAtATime } from './setup/oneAtATime.mjs'
import { endCommands } from './setup/run.mjs'
import { runSteps } from './setup/runSteps.mjs'
import { steps, stepsWithBuild } from './setup/steps.mjs'

const context = makeContext(path.resolve(import.meta.dirname, '..'))
const options = { retry: process.argv.includes('--retry') }
const chosen = process.argv.includes('--build') ? stepsWithBuild : steps

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.once(signal, async () => {
    context.say('interrupted. What is finished is kept; the next start does the rest.')
    await endCommands()
    removeUnfinished()
    process.exit(code)
  })
}

const allReady = chosen.every((step) => step.ready(context))
if (!allReady && !(await oneAtATime(context, (locked) => runSteps(chosen, locked, options)))) process.exitCode = 1
