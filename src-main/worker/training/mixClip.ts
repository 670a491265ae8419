import { createRandom } from '../../engine/support/random.ts'
import { mixInBackground } from '../../engine/training/mixInBackground.ts'
import { shiftRange } from '../../engine/training/shiftRange.ts'
import type { TrainingData } from '../../domain/trainingPlan.ts'
import { MediaError } from '../../domain/errors.ts'
import type { SoundSize } from '../hearing.ts'
import { clipStartS, misplacedText } from './clipPlace.ts'
import type { Dataset } from './dataset.ts'
import type { Example, ExampleOrder } from './example.ts'
import type { Clip } from './manifest.ts'

export interface Answers {
  /** Of the word. */
  word: number
  /** 0 or 1 for each label of the backgrounds. */
  sounds: Float32Array
}

/** Gives a file's samples at the network's rate. */
export type SoundReader = (file: string) => Float32Array

type MixSettings = Pick<TrainingData, 'snrDb' | 'shiftS' | 'seed'>

/**
 * Make one example: what is random in it follows from the data's seed and the order.
 *
 * @param size  of what the network takes
 * @throws MediaError when the clip lies outside its file
 */
export function mixClip(dataset: Dataset, settings: MixSettings, order: ExampleOrder, size: SoundSize, read: SoundReader): Example {
  const clip = dataset.clips[order.split][order.clip]!
  const { shift, snrDb, scene, place } = drawExample(dataset, settings, order)
  const speech = excerpt(clip, size, read(clip.file), order.split === 'train' ? settings.shiftS : 0, shift)
  return { signal: mixInBackground(speech, scene && cyclicExcerpt(read(scene.file), size, place), snrDb) }
}

/** What is right for an example, without making it. */
export function answersOf(dataset: Dataset, settings: MixSettings, order: ExampleOrder): Answers {
  const { scene } = drawExample(dataset, settings, order)
  return {
    word: dataset.words.indexOf(dataset.clips[order.split][order.clip]!.labels[0]!),
    sounds: Float32Array.from(dataset.sounds, (label) => Number(scene?.labels.includes(label) ?? false)),
  }
}

export interface Draw {
  /** Place in the range of shifts, and of the background's excerpt, in [0, 1). */
  shift: number
  place: number
  snrDb: number
  scene: Clip | null
}

/** What is random in an example. Drawn in one order whatever is used of it, so that an SNR that is given changes nothing else. */
export function drawExample(dataset: Dataset, { seed, snrDb: [low, high] }: MixSettings, { split, clip, mixture, snrDb }: ExampleOrder): Draw {
  const random = createRandom(seed, `${split} ${clip} mixture ${mixture}`)
  const [shift, snr, which, place] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()]
  const scenes = dataset.backgrounds[split === 'test-unseen' ? 'test' : split]
  const scene = snrDb === null || scenes.length === 0 ? null : scenes[Math.floor(which * scenes.length)]!
  return { shift, place, snrDb: snrDb ?? low + snr * (high - low), scene }
}

/** As long as the network takes, with the word at the centre, moved by chance; silence where the file has nothing. */
function excerpt(clip: Clip, size: SoundSize, samples: Float32Array, largestShiftS: number, chance: number): Float32Array {
  const { samples: length, sampleRateHz } = size
  const durationS = samples.length / sampleRateHz
  const wrong = misplacedText(clip, durationS, size, 'the manifest')
  if (wrong !== null) throw new MediaError(wrong)
  const clipLengthS = length / sampleRateHz
  const startS = clipStartS(clip, durationS, size)
  const word = clip.word ?? (durationS <= clipLengthS ? { startS: 0, endS: durationS } : null)
  const [low, high] = shiftRange({ clipStartS: startS, clipLengthS, word }, largestShiftS)
  const start = Math.round((startS + low + chance * (high - low)) * sampleRateHz)
  const found = new Float32Array(length)
  found.set(samples.subarray(Math.max(0, start), Math.max(0, start + length)), Math.max(0, -start))
  return found
}

/** As much from a place by chance; a file that is shorter comes round again. */
function cyclicExcerpt(samples: Float32Array, { samples: length }: SoundSize, chance: number): Float32Array {
  const start = Math.floor(chance * Math.max(1, samples.length - length))
  const found = new Float32Array(length)
  for (let i = 0; i < length; i++) found[i] = samples[(start + i) % samples.length]!
  return found
}

