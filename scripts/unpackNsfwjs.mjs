/**
 * Write the three networks of the npm package nsfwjs as files of TensorFlow.js: model.json, and the weights beside it. They sort pictures into
 * five classes (drawing, hentai, neutral, porn, sexy) and take pictures from 0 to 1. The package is under the MIT licence and says nothing else of its weights.
 *
 *   npm pack nsfwjs && tar xzf nsfwjs-*.tgz
 *   node scripts/unpackNsfwjs.mjs package FOLDER
 *   npm run lab -- import FOLDER/inception_v3/model.json --normalisation zero-to-one --try PICTURE
 *
 * The package keeps each file as a script that gives one value, and those are run: use it with the package from the registry only.
 */
import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

const [unpacked, folder] = process.argv.slice(2)
if (!unpacked || !folder) {
  console.error('Usage: node scripts/unpackNsfwjs.mjs PACKAGE FOLDER')
  process.exit(2)
}
const models = path.join(unpacked, 'dist/models')
for (const { name } of fs.readdirSync(models, { withFileTypes: true }).filter((entry) => entry.isDirectory())) unpack(name)

function unpack(name) {
  const place = path.join(folder, name)
  fs.mkdirSync(place, { recursive: true })
  const model = valueOf(name, 'model')
  fs.writeFileSync(path.join(place, 'model.json'), JSON.stringify(model))
  const shards = model.weightsManifest.flatMap(({ paths }) => paths)
  for (const shard of shards) fs.writeFileSync(path.join(place, path.basename(shard)), Buffer.from(valueOf(name, shard), 'base64'))
  console.log(`${path.join(place, 'model.json')}: ${model.format ?? 'layers-model'}, ${shards.length} files of weights`)
}

/** What one of the package's scripts gives. */
function valueOf(model, file) {
  const place = path.join(models, model, `${path.basename(file)}.min.js`)
  const module = { exports: {} }
  vm.runInNewContext(fs.readFileSync(place, 'utf8'), { module, exports: module.exports }, { timeout: 60_000 })
  return module.exports
}
