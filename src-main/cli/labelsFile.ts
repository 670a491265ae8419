import { readFileSync } from 'node:fs'
import { MediaError } from '../domain/errors.ts'

/**
 * Read a list of labels: a JSON array of texts, or one label a line.
 *
 * @throws MediaError when it cannot be read or holds none
 */
export function readLabels(file: string): string[] {
  const labels = listIn(textOf(file), file)
  if (labels.length > 0) return labels
  throw new MediaError(`"${file}" holds no labels. Give a JSON array of texts, or one label a line.`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new MediaError(`The labels in "${file}" cannot be read. Check its name and folder.`, { cause })
  }
}

function listIn(text: string, file: string): string[] {
  if (!text.trimStart().startsWith('[')) return text.trim() === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value
  } catch {
    // Told below.
  }
  throw new MediaError(`"${file}" begins like a JSON array of labels but is none. Give ["a", "b", ...], or one label a line.`)
}
