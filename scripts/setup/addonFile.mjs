import fs from 'node:fs'
import path from 'node:path'
import { nodeBinary } from './context.mjs'
import { besideName, removeLeftovers } from './files.mjs'
import { SetupProblem } from './problems.mjs'

/**
 * Put a compiled addon in its place once it is whole and was tried.
 *
 * @param make  compiles it to the path that it is given, and tries it there
 */
export async function putAddon(target, make) {
  fs.mkdirSync(path.dirname(target), { recursive: true })
  removeLeftovers(target)
  // Node loads addons by their ending, so the file that is tried out has to keep it.
  const beside = besideName(target)
  const trial = path.join(beside, 'trial.node')
  fs.mkdirSync(beside)
  try {
    await make(trial)
    fs.renameSync(trial, target)
  } finally {
    fs.rmSync(beside, { recursive: true, force: true })
  }
}

/** Run code in a Node of its own: what is wrong with an addon shows here, not in the middle of a run. */
export async function inNode(context, code) {
  const node = nodeBinary(context)
  if (!node) throw new SetupProblem('Node 24 is missing, so a compiled addon could not be tried. Cure: "npm run setup".')
  const env = { TF_CPP_MIN_LOG_LEVEL: '2', TF_FORCE_GPU_ALLOW_GROWTH: 'true' }
  return context.run(node, ['-e', code], { cwd: context.root, env, timeoutS: 300 })
}
