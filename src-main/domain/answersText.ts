import { UsageError } from './errors.ts'

/** The true class of a reference, as a person gives it. */
export interface GivenAnswer {
  referenceId: number
  answer: string
}

/**
 * Read a list of true classes: on each line the name of a reference's file, a tab, and its class.
 *
 * @param file        what the list is called, for messages
 * @param references  of the project; several may bear one name, and all of those get the class
 * @throws UsageError when a line is of another form, a name is not among the references, or nothing is listed
 */
export function readAnswers(text: string, file: string, references: ReadonlyArray<{ id: number; fileName: string }>): GivenAnswer[] {
  const answers = linesOf(text, file).flatMap(({ name, answer, number }) => {
    const found = references.filter(({ fileName }) => fileName === name)
    if (found.length > 0) return found.map(({ id }) => ({ referenceId: id, answer }))
    const there = [...new Set(references.map(({ fileName }) => fileName))].join(', ') || 'none'
    throw new UsageError(`Line ${number} of "${file}" names "${name}", which is no reference of this project. The references are: ${there}. Use one of these names.`)
  })
  if (answers.length > 0) return answers
  throw new UsageError(`The file of answers "${file}" is empty. Each line needs a reference's file name, a tab, and its class.`)
}

function linesOf(text: string, file: string): Array<{ name: string; answer: string; number: number }> {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return []
    const [name, answer, ...rest] = line.split('\t').map((part) => part.trim())
    if (name && answer && rest.length === 0) return [{ name, answer, number: i + 1 }]
    throw new UsageError(`Line ${i + 1} of "${file}" is not a file name, a tab, and a class: "${line}".`)
  })
}
