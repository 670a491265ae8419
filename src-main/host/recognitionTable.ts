import type { RecognitionRow, Share } from '../domain/recognition.ts'
import { scoreRecognition } from '../figures/scoreRecognition.ts'
import type { Project } from '../project/project.ts'
import type { Params } from '../rpc/contract/methods.ts'
import type { Compute } from './compute.ts'
import { chosenRuns } from './chosenRuns.ts'

/** As in the paper. */
const draws = 1000
const seed = 1

interface ScoredTable {
  rows: RecognitionRow[]
  /** The runs that are in a row. */
  runIds: number[]
}

/** Score what judges have named, with the bootstrap's errors. */
export async function recognitionTable(project: Project, compute: Pick<Compute, 'networks' | 'link'>, params: Params<'judgements.table'>): Promise<ScoredTable> {
  const groups = scoreRecognition({
    runs: chosenRuns(project, params),
    judged: project.recognitions.list(),
    answers: project.answers.list(),
    networks: await compute.networks(),
    ...params,
  })
  if (groups.length === 0) return { rows: [], runIds: [] }
  const values = groups.flatMap(({ metamers, references }) => [metamers, references])
  const sems = await compute.link.request('bootstrapSems', { groups: values, draws, seed })
  const rows = groups.map(({ runIds, recognised, ...group }, i) => ({
    ...group,
    metamers: { ...shareOf(group.metamers, sems[2 * i]!), stimuli: runIds.length, recognised },
    references: shareOf(group.references, sems[2 * i + 1]!),
  }))
  return { rows, runIds: [...new Set(groups.flatMap(({ runIds }) => runIds))] }
}

/** @param values  one for each reference */
function shareOf(values: number[], sem: number): Share {
  const sum = values.reduce((total, value) => total + value, 0)
  return { stimuli: values.length, recognised: sum, proportion: sum / values.length, sem }
}
