import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { resample } from '../src-main/engine/frontends/resample.ts'
import { createRandom } from '../src-main/engine/support/random.ts'
import { decodeWav } from '../src-main/media/decodeWav.ts'
import { encodeWav } from '../src-main/media/encodeWav.ts'
import { backgroundKinds, makeBackground } from './digits/backgrounds.ts'

/**
 * Make training data out of the free spoken digit dataset: every recording at 20 kHz, backgrounds from a seed, and a manifest of each.
 * Usage: npm run digits -- --digits FOLDER --out FOLDER [--unseen SPEAKER]
 */
const { values: options } = parseArgs({
  options: { digits: { type: 'string' }, out: { type: 'string' }, unseen: { type: 'string', default: 'theo' }, help: { type: 'boolean', default: false } },
})
if (options.help || !options.digits || !options.out) {
  process.stderr.write('Usage: npm run digits -- --digits FOLDER --out FOLDER [--unseen SPEAKER]\nFOLDER of the digits holds <digit>_<speaker>_<take>.wav.\n')
  process.exit(options.help ? 0 : 2)
}

const madeBy = 'made by scripts/prepareDigits.ts of Metamer Lab'
const rateHz = 20_000
const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
/** Takes of every speaker: 0 to 4 to test with, as is the custom of this data set, the next three to validate with. */
const testTakes = 5
const validationTakes = 8
/** Files of each kind of background. */
const scenes = { train: 8, validation: 3, test: 3 } as const
const sceneS = 5

const recordings = readdirSync(options.digits).map(recordingOf).filter((found) => found !== null)
if (recordings.length === 0) {
  process.stderr.write(`"${options.digits}" holds no files named <digit>_<speaker>_<take>.wav. Give the folder of the free spoken digit dataset.\n`)
  process.exit(3)
}
writeSpeech(options.out)
writeBackgrounds(options.out)

interface Recording {
  file: string
  word: string
  speaker: string
  split: string
}

function recordingOf(file: string): Recording | null {
  const [, digit, speaker, take] = /^(\d)_(.+)_(\d+)\.wav$/.exec(file) ?? []
  return digit === undefined ? null : { file, word: names[Number(digit)]!, speaker: speaker!, split: splitOf(speaker!, Number(take)) ?? '' }
}

/** null: not used. Of the unseen speaker only the test takes are. */
function splitOf(speaker: string, take: number): string | null {
  if (speaker === options.unseen) return take < testTakes ? 'test-unseen' : null
  return take < testTakes ? 'test' : take < validationTakes ? 'validation' : 'train'
}

function samplesOf({ file }: Recording): Float32Array {
  const { signal } = decodeWav(readFileSync(path.join(options.digits!, file)), file)
  return resample(signal.data, signal.sampleRateHz, rateHz)
}

function writeSpeech(out: string): void {
  mkdirSync(path.join(out, 'speech'), { recursive: true })
  const used = recordings.filter(({ split }) => split !== '').sort((a, b) => (a.file < b.file ? -1 : 1))
  for (const recording of used) writeSound(path.join(out, 'speech', recording.file), samplesOf(recording))
  const rows = used.map(({ file, word, speaker, split }) => `speech/${file},${word},${speaker},${split}`)
  writeFileSync(path.join(out, 'speech.csv'), ['file,label,speaker,split', ...rows, ''].join('\n'))
  process.stderr.write(`${rows.length} digits at ${rateHz} Hz.\n`)
}

function writeBackgrounds(out: string): void {
  mkdirSync(path.join(out, 'backgrounds'), { recursive: true })
  // Babble of the very takes that are tested would be unfair: it is made of training takes, in every split.
  const voices = recordings.filter(({ split }) => split === 'train').map((recording) => () => samplesOf(recording))
  const rows: string[] = []
  for (const kind of backgroundKinds) {
    for (const [split, count] of Object.entries(scenes)) {
      for (let i = 0; i < count; i++) {
        const file = `backgrounds/${kind.replaceAll(' ', '-')}_${split}_${i}.wav`
        writeSound(path.join(out, file), makeBackground(kind, { rateHz, durationS: sceneS, random: createRandom(1, file), voices }))
        rows.push(`${file},${kind},${split}`)
      }
    }
  }
  writeFileSync(path.join(out, 'backgrounds.csv'), ['file,labels,split', ...rows, ''].join('\n'))
  process.stderr.write(`${rows.length} backgrounds of ${sceneS} s: ${backgroundKinds.join(', ')}.\n`)
}

/** 16 bits; what is louder than full scale is turned down. */
function writeSound(file: string, samples: Float32Array): void {
  const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const factor = 32_767 * Math.min(1, 0.99 / Math.max(peak, 1e-9))
  writeFileSync(file, encodeWav({ kind: 'audio', sampleRateHz: rateHz, data: Int16Array.from(samples, (x) => Math.round(x * factor)) }, madeBy))
}
