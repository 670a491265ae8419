import { readFile } from 'node:fs/promises'
import { readAnswers } from '../domain/answersText.ts'
import { UsageError } from '../domain/errors.ts'
import type { Lab } from './lab.ts'

/**
 * Keep the true classes that a file lists.
 *
 * @throws UsageError when the file cannot be read, a line is of another form, or a name is not in the project
 */
export async function keepAnswers({ client }: Pick<Lab, 'client'>, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`The file of answers "${file}" cannot be read. Check its name and folder.`, { cause })
  })
  await client.call('answers.set', { answers: readAnswers(text, file, await client.call('references.list', {})) })
}
