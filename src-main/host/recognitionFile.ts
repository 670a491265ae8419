import { UsageError } from '../domain/errors.ts'
import { flatRecognition, recognitionRules, recognitionStandards, type RecognitionRow } from '../domain/recognition.ts'
import { csv } from '../figures/csv.ts'
import type { Project } from '../project/project.ts'
import type { Compute } from './compute.ts'
import { recognitionTable } from './recognitionTable.ts'

/**
 * Write the whole table of recognition as text: each generating network, layer and judge, under every rule and standard that has something to say.
 *
 * @throws UsageError when no judge has named anything that can be scored
 */
export async function recognitionFile(project: Project, compute: Pick<Compute, 'networks' | 'link'>, which: { includedOnly: boolean }): Promise<string> {
  const asked = recognitionRules.flatMap((rule) => recognitionStandards.map((standard) => ({ rule, standard, ...which })))
  const rows: RecognitionRow[] = []
  for (const one of asked) rows.push(...(await recognitionTable(project, compute, one)).rows)
  if (rows.length === 0) {
    throw new UsageError(`No other network has named ${which.includedOnly ? 'an included metamer' : 'a metamer'} of this project yet, so the table is empty. Have networks judge the metamers first${which.includedOnly ? ', or take excluded ones, too' : ''}.`)
  }
  return csv(rows.map(flatRecognition))
}
