import fs from 'node:fs'
import path from 'node:path'
import { inNode, putAddon } from './addonFile.mjs'
import { findCompiler } from './findCompiler.mjs'
import { filesUnder, readJson, sha256OfText, writeWhole } from './files.mjs'
import { explainFailure } from './problems.mjs'
import { isComplete, libraryFolder, quickFlavour } from './tensorflow.mjs'

const FLAGS = ['-shared', '-fPIC', '-O2', '-std=c++17', '-DNAPI_VERSION=8']
const SOURCES = ['tfjs_backend.cc', 'tfjs_binding.cc']

/** What joins Node to the TensorFlow library: tfjs-node-gpu's own sources, compiled against the cached library. */
export const binding = {
  name: 'TensorFlow binding',
  retryAfterHours: 1,
  ready: (context) => {
    const flavour = quickFlavour(context)
    return isComplete(context, flavour) && readJson(stampFile(context))?.recipe === recipe(context, flavour) && context.exists(target(context))
  },
  install,
}

const packageFolder = (context) => path.join(context.modules, '@tensorflow', 'tfjs-node-gpu')
const target = (context) => path.join(packageFolder(context), 'lib', 'napi-v8', 'tfjs_binding.node')
const stampFile = (context) => path.join(context.stamps, 'binding.json')

/** Changes with anything that the compiled file depends on. */
function recipe(context, flavour) {
  const sources = filesUnder(path.join(packageFolder(context), 'binding')).map((file) => fs.readFileSync(file))
  return sha256OfText(libraryFolder(context, flavour), JSON.stringify(FLAGS), ...sources)
}

async function install(context) {
  const flavour = quickFlavour(context)
  await putAddon(target(context), (trial) => context.during('building the TensorFlow binding', async () => {
    await compile(context, flavour, trial)
    await loads(context, trial)
  }))
  await context.during('trying native TensorFlow', () => adds(context))
  writeWhole(stampFile(context), JSON.stringify({ recipe: recipe(context, flavour), flavour }))
}

async function compile(context, flavour, output) {
  const library = path.join(libraryFolder(context, flavour), 'tensorflow')
  const sources = SOURCES.map((name) => path.join(packageFolder(context), 'binding', name))
  const headers = [path.join(context.modules, 'node-api-headers', 'include'), path.join(library, 'include')]
  const link = ['-L', library, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', '-Xlinker', '-rpath', '-Xlinker', library]
  const args = [...FLAGS, ...headers.flatMap((folder) => ['-I', folder]), ...sources, '-o', output, ...link]
  const result = await context.run(findCompiler(context), args, {})
  if (result.code !== 0) throw explainFailure('The TensorFlow binding could not be compiled', result)
}

async function loads(context, file) {
  const result = await inNode(context, `require(${JSON.stringify(file)}).TF_Version.length`)
  if (result.code !== 0) throw explainFailure('The TensorFlow binding was built but does not load', result)
}

async function adds(context) {
  const result = await inNode(
    context,
    `require('node:util').isNullOrUndefined ??= (v) => v == null;
     const tf = require('@tensorflow/tfjs-node-gpu');
     if (tf.tensor([1, 2]).add(1).dataSync()[1] !== 3) throw new Error('1 + 2 is not 3');`,
  )
  if (result.code === 0) return
  fs.rmSync(target(context), { force: true })
  throw explainFailure('The TensorFlow binding was built but does not compute, so it was removed again', result)
}
