import path from 'node:path'
import { readJson, writeWhole } from './files.mjs'
import { SetupProblem } from './problems.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {(context: any) => boolean} ready   quick, starts nothing
 * @property {(context: any) => Promise<unknown>} install  throws SetupProblem with one sentence and its cure
 * @property {boolean} [required]  the program cannot do without it
 * @property {string[]} [needs]    steps without which this one makes no sense
 * @property {number} [retryAfterHours]  how long a failure is remembered; 0 when left out
 */

/**
 * Do what is not yet in place, in order. What cannot be had is said in one sentence, and the rest goes on.
 *
 * @param {Step[]} steps
 * @param {{ retry?: boolean }} [options]  retry: try again what has failed lately
 * @returns {Promise<boolean>} false when something required is missing
 */
export async function runSteps(steps, context, { retry = false } = {}) {
  const missing = new Set()
  for (const step of steps) {
    if (step.ready(context)) continue
    if (step.needs?.some((name) => missing.has(name))) {
      missing.add(step.name)
      continue
    }
    if (!retry && failedLately(step, context)) {
      missing.add(step.name)
      continue
    }
    if (await succeeds(step, context)) continue
    if (step.required) return false
    missing.add(step.name)
  }
  return true
}

async function succeeds(step, context) {
  try {
    await step.install(context)
    return true
  } catch (error) {
    const problem = asProblem(step, error)
    context.say(problem.message)
    if (step.retryAfterHours) remember(step, context, problem.message)
    return false
  }
}

/** A full disk shows as an ENOSPC of ours as well as of a command. */
function asProblem(step, error) {
  if (error instanceof SetupProblem) return error
  if (error.code === 'ENOSPC') return new SetupProblem(`${step.name}: the disk is full. Make room and start again.`)
  if (error.code === 'EACCES' || error.code === 'EROFS') {
    return new SetupProblem(`${step.name}: ${error.path} cannot be written to. Change its permissions, or set METAMER_LAB_CACHE to another folder.`)
  }
  throw error
}

const memoFile = (context, step) => path.join(context.stamps, `failed-${step.name.replace(/\W+/g, '-')}.json`)

function remember(step, context, message) {
  writeWhole(memoFile(context, step), JSON.stringify({ at: context.now(), message }))
}

function failedLately(step, context) {
  const memo = step.retryAfterHours ? readJson(memoFile(context, step)) : null
  const hours = memo ? (context.now() - memo.at) / 3_600_000 : Infinity
  if (hours >= (step.retryAfterHours ?? 0)) return false
  context.say(`${memo.message} (Tried ${ago(hours)} ago; "npm run setup" tries again.)`)
  return true
}

function ago(hours) {
  return hours < 1 ? `${Math.max(1, Math.round(hours * 60))} min` : `${Math.round(hours)} h`
}
