import { readFileSync } from 'node:fs'
import { MediaError } from '../domain/errors.ts'
import { readLabels } from '../domain/labelList.ts'

/**
 * Read a list of labels from a file, as people keep it (see readLabels).
 *
 * @throws MediaError when it cannot be read or holds none
 */
export function labelsInFile(file: string): string[] {
  const labels = listIn(textOf(file), file)
  if (labels.length > 0) return labels
  throw new MediaError(`"${file}" holds no labels. Give one label a line, or a JSON array of texts.`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new MediaError(`The labels in "${file}" cannot be read. Check its name and folder.`, { cause })
  }
}

function listIn(text: string, file: string): string[] {
  try {
    return readLabels(text)
  } catch (cause) {
    throw new MediaError(`"${file}": ${(cause as Error).message}`, { cause })
  }
}
