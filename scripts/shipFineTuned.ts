/**
 * Take a network that was fine-tuned here into models/, its kernels in half precision.
 *
 *   node scripts/shipFineTuned.ts FOLDER_OF_THE_NETWORK LICENCE SOURCE [NOTE...]
 *
 * LICENCE and SOURCE are what the card says of the weights; the notes come before those of the training. Then add the network to engine/models/catalogue.ts.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readCard } from '../src-main/domain/card.ts'
import { readSafetensors, writeSafetensors } from '../src-main/weights/safetensors.ts'

const [folder, licence, source, ...notes] = process.argv.slice(2)
if (!folder || !licence || !source) {
  console.error('Usage: node scripts/shipFineTuned.ts FOLDER_OF_THE_NETWORK LICENCE SOURCE [NOTE...]')
  process.exit(2)
}

const whole = readFileSync(path.join(folder, 'weights.safetensors'))
const card = readCard(JSON.parse(readFileSync(path.join(folder, 'card.json'), 'utf8')), folder)
// Biases and norms are small, and matter most.
const bytes = writeSafetensors(readSafetensors(whole), { source, licence }, ({ shape }) => shape.length > 1)
const [hash, wholeHash] = [bytes, whole].map((one) => createHash('sha256').update(one).digest('hex')) as [string, string]
const { network: _, ...rest } = card
const shipped = {
  ...rest,
  weights: { state: 'trained', source, licence, file: 'weights.safetensors', hash, sourceFile: { name: 'weights.safetensors before its kernels were rounded to half precision', hash: wholeHash } },
  notes: [...notes, ...card.notes],
}
const place = path.resolve(import.meta.dirname, '../models', card.name)
mkdirSync(place, { recursive: true })
writeFileSync(path.join(place, 'weights.safetensors'), bytes)
writeFileSync(path.join(place, 'card.json'), `${JSON.stringify(readCard(shipped, place), null, 2)}\n`)
console.log(`${place}: ${bytes.length} bytes, ${hash}`)
