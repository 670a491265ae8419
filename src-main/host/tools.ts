import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ExportError, MediaError } from '../domain/errors.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { encodeNpy } from '../media/npy.ts'
import type { HostParts } from './parts.ts'
import { writeWhole } from './writeWhole.ts'

/** From a file to a file, for use from Python; no project is involved. */
export interface Tools {
  /** @throws MediaError when the file cannot be read */
  readStimulus(file: string): Promise<StimulusFile>
  /** Write a sound's cochleagram as .npy. */
  cochleagram(input: string, output: string, options: { rows: 211 | 171; level: 'keep' | 'rms' }): Promise<Written>
  /** Write a stimulus' activations at a layer as .npy. */
  activations(input: string, output: string, options: { network: string; layer: string }): Promise<Written>
}

export interface Written {
  shape: number[]
  /** What was done to the stimulus on the way in. */
  notices: string[]
}

export function createTools({ compute }: HostParts): Tools {
  return {
    readStimulus,
    async cochleagram(input, output, options) {
      const stimulus = await readStimulus(input)
      return writeArray(output, await compute.link.request('cochleagram', { stimulus, ...options }))
    },
    async activations(input, output, options) {
      const stimulus = await readStimulus(input)
      await compute.prepare(options.network)
      return writeArray(output, await compute.link.request('activations', { stimulus, ...options }))
    },
  }
}

async function readStimulus(file: string): Promise<StimulusFile> {
  try {
    return { fileName: path.basename(file), bytes: await readFile(file) }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new MediaError(
      missing ? `There is no file "${file}". Check its name and folder.` : `The file "${file}" cannot be read. Check that it is a file and that you may read it.`,
      { cause },
    )
  }
}

function writeArray(output: string, { shape, data, notices }: Written & { data: Float32Array }): Written {
  try {
    writeWhole(output, encodeNpy(shape, data))
  } catch (cause) {
    throw new ExportError(`The array cannot be written to "${output}". Check that its folder exists, that you may write there and that the disk has room.`, { cause })
  }
  return { shape, notices }
}
