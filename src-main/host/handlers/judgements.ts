import { checkAnswers } from '../../figures/answers.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'
import { recognitionFile } from '../recognitionFile.ts'
import { recognitionTable } from '../recognitionTable.ts'

type JudgementHandlers = Pick<
  Handlers,
  'judgements.start' | 'judgements.cancel' | 'judgements.jobs' | 'judgements.table' | 'judgements.tableFile' | 'answers.list' | 'answers.set'
>

export function judgementHandlers({ compute, sessions }: HostParts): JudgementHandlers {
  return {
    'judgements.start': async (plan) => ({ jobId: await sessions.current().queue.judgements.start(plan) }),
    'judgements.cancel': ({ jobId }) => {
      sessions.current().queue.judgements.cancel(jobId)
      return null
    },
    'judgements.jobs': () => sessions.current().queue.judgements.list(),
    'judgements.table': async (params) => (await recognitionTable(sessions.current().project, compute, params)).rows,
    'judgements.tableFile': async (which) => {
      const { project } = sessions.current()
      const bytes = new TextEncoder().encode(await recognitionFile(project, compute, which))
      return { fileName: `${project.name} recognition.csv`, mimeType: 'text/csv', bytes }
    },
    'answers.list': () => [...sessions.current().project.answers.list()].map(([referenceId, answer]) => ({ referenceId, answer })),
    'answers.set': async ({ answers }) => {
      const { project } = sessions.current()
      checkAnswers(answers.flatMap(({ answer }) => answer ?? []), await compute.networks())
      project.answers.set(new Map(answers.map(({ referenceId, answer }) => [referenceId, answer])))
      return null
    },
  }
}
