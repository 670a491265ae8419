import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { MediaError } from '../domain/errors.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'

/** @throws MediaError when the file cannot be read */
export async function readStimulusFile(file: string): Promise<StimulusFile> {
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
