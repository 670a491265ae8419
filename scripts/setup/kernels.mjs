import fs from 'node:fs'
import path from 'node:path'
import { inNode, putAddon } from './addonFile.mjs'
import { findCompiler } from './findCompiler.mjs'
import { filesUnder, readJson, sha256OfText, writeWhole } from './files.mjs'
import { explainFailure, SetupProblem } from './problems.mjs'
import { libraryFolder, quickFlavour } from './tensorflow.mjs'

const FLAGS = ['-shared', '-fPIC', '-O3', '-fno-math-errno', '-std=c++17', '-pthread', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=kernels']
const AVX2 = ['-mavx2', '-mfma']
const AVX512 = [...AVX2, '-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl']
/** Tried in turn: what newer processors have, what every Intel and AMD processor of the last ten years has, then what any processor has. */
const INSTRUCTIONS = process.arch === 'x64' ? [AVX512, AVX2, []] : [[]]

/** What a trial ends with that loads, but needs other instructions than there are. */
const NOT_HERE = 9

/** The program's own compiled kernels, some of which are operations of TensorFlow. Without them TensorFlow's operations do the same work, more slowly. */
export const kernels = {
  name: 'compiled kernels',
  retryAfterHours: 1,
  ready: (context) => readJson(stampFile(context))?.recipe === recipe(context) && context.exists(target(context)),
  install,
}

const sourceFolder = (context) => path.join(context.root, 'src-main', 'engine', 'native', 'kernels')
// Beside the TensorFlow binding, so that it is found where that is found, also from a built program.
const target = (context) => path.join(context.modules, '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'metamer_lab_kernels.node')
const stampFile = (context) => path.join(context.stamps, 'kernels.json')

const library = (context) => path.join(libraryFolder(context, quickFlavour(context)), 'tensorflow')

function recipe(context) {
  const sources = filesUnder(sourceFolder(context)).map((file) => fs.readFileSync(file))
  return sha256OfText(library(context), JSON.stringify([FLAGS, INSTRUCTIONS]), ...sources)
}

async function install(context) {
  await putAddon(target(context), (trial) => context.during('compiling the kernels', () => compileForThisProcessor(context, trial)))
  writeWhole(stampFile(context), JSON.stringify({ recipe: recipe(context) }))
}

async function compileForThisProcessor(context, trial) {
  let tried
  for (const instructions of INSTRUCTIONS) {
    await compile(context, instructions, trial)
    tried = await inNode(context, `process.exit(require(${JSON.stringify(trial)}).runsHere() ? 0 : ${NOT_HERE})`)
    if (tried.code === 0) return
  }
  // Instructions that a processor lacks may also kill the trial, so only the last failure tells anything.
  if (tried.code !== NOT_HERE) throw explainFailure('The kernels were compiled but do not load', tried)
  throw new SetupProblem('The kernels were compiled but do not run on this processor, so cochleagrams take three times as long. Cure: set CXX to another compiler, then "npm run setup".')
}

async function compile(context, instructions, output) {
  const sources = filesUnder(sourceFolder(context)).filter((file) => file.endsWith('.cc'))
  const headers = [path.join(context.modules, 'node-api-headers', 'include'), path.join(library(context), 'include')]
  const link = ['-L', library(context), '-l:libtensorflow_framework.so.2', '-Xlinker', '-rpath', '-Xlinker', library(context)]
  const args = [...FLAGS, ...instructions, ...headers.flatMap((folder) => ['-I', folder]), ...sources, '-o', output, ...link]
  const result = await context.run(findCompiler(context), args, {})
  if (result.code !== 0) throw explainFailure('The kernels could not be compiled', result)
}
