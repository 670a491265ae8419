import { readFile } from 'node:fs/promises'
import { UsageError } from '../domain/errors.ts'
import type { Lab } from './lab.ts'

/**
 * Keep the true classes that a file lists: on each line the name of a reference's file, a tab, and its class.
 *
 * @throws UsageError when the file cannot be read, a line is of another form, or a name is not in the project
 */
export async function keepAnswers({ client }: Pick<Lab, 'client'>, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`The file of answers "${file}" cannot be read. Check its name and folder.`, { cause })
  })
  const references = await client.call('references.list', {})
  const answers = linesOf(text).flatMap(({ name, answer, number }) => {
    const found = references.filter(({ fileName }) => fileName === name)
    if (found.length > 0) return found.map(({ id }) => ({ referenceId: id, answer }))
    throw new UsageError(`Line ${number} of "${file}" names "${name}", which is no reference of this project. Use the file names that "lab runs" lists.`)
  })
  if (answers.length === 0) throw new UsageError(`The file of answers "${file}" is empty. Each line needs a reference's file name, a tab, and its class.`)
  await client.call('answers.set', { answers })

  function linesOf(content: string): Array<{ name: string; answer: string; number: number }> {
    return content.split(/\r?\n/).flatMap((line, i) => {
      if (line.trim() === '') return []
      const [name, answer, ...rest] = line.split('\t').map((part) => part.trim())
      if (name && answer && rest.length === 0) return [{ name, answer, number: i + 1 }]
      throw new UsageError(`Line ${i + 1} of "${file}" is not a file name, a tab, and a class: "${line}".`)
    })
  }
}
