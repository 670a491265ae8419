import * as tf from '@tensorflow/tfjs-core'
import { MediaError, ShapeError } from '../../domain/errors.ts'
import type { CochleagramPicture } from '../../domain/stimulus.ts'
import type { StimulusFile } from '../../domain/workerMessages.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import { cochleagramPicture as pictureOf } from '../cochleagramPicture.ts'
import type { WorkerContext } from '../context.ts'
import { decodeStimulus } from '../decodeStimulus.ts'
import { hearing } from '../hearing.ts'
import { prepareSoundFile } from '../prepareSoundFile.ts'

interface CochleagramParams {
  stimulus: StimulusFile
  rows: 211 | 171
  level: 'keep' | 'rms'
}

/** Compute the cochleagram of a sound file. An array is taken as it is, whatever the level. */
export async function cochleagram(
  context: WorkerContext,
  { stimulus, rows, level }: CochleagramParams,
): Promise<{ shape: number[]; data: Float32Array; notices: string[] }> {
  const { shape, data, notices } = await readSound(stimulus, level)
  const values = tidyNumbers(() => {
    const y = context.frontEnd(rows).forward(tf.tensor(data, shape))
    return { shape: y.shape.slice(), data: y.dataSync() as Float32Array }
  })
  return { ...values, notices }
}

/** The same as a picture for the screen, of the first sound in the file. */
export async function cochleagramPicture(
  context: WorkerContext,
  { stimulus, rows }: { stimulus: StimulusFile; rows: 211 | 171 },
): Promise<CochleagramPicture> {
  const { data } = await readSound(stimulus, 'rms')
  return pictureOf(context.frontEnd(rows), data.subarray(0, hearing.samples))
}

async function readSound(stimulus: StimulusFile, level: 'keep' | 'rms') {
  const decoded = await decodeStimulus(stimulus)
  if (decoded.from === 'sound') {
    const { data, notices } = prepareSoundFile(stimulus.fileName, decoded.signal, { ...hearing, level })
    return { shape: [1, hearing.samples], data, notices: [...decoded.notices, ...notices] }
  }
  if (decoded.from === 'picture' || decoded.array.kind === 'image') {
    throw new MediaError(`"${stimulus.fileName}" is a picture; a cochleagram is made of a sound. Choose a WAV file, or an array [batch, samples].`)
  }
  const { shape, data } = decoded.array
  if (shape[1] === hearing.samples) return { shape, data, notices: [] }
  throw new ShapeError(
    `"${stimulus.fileName}" has shape [${shape.join(', ')}]; the front end takes [batch, ${hearing.samples}], 2 s at 20 kHz. Resample and cut it to that first.`,
  )
}
