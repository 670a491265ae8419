import type { NetworkSummary } from '../domain/network.ts'
import type { JudgedRun, NamedAs, RecognitionRow, RecognitionRule, RecognitionStandard } from '../domain/recognition.ts'
import type { RunSummary } from '../domain/run.ts'
import { isAnswer } from './answers.ts'

/** One row of the table before its errors are known: 1 for each stimulus that was recognised, 0 for each that was not. */
export interface ScoredGroup extends Omit<RecognitionRow, 'metamers' | 'references'> {
  metamers: number[]
  references: number[]
}

export interface RecognitionInput {
  runs: readonly RunSummary[]
  judged: readonly JudgedRun[]
  /** By reference. */
  answers: ReadonlyMap<number, string>
  networks: readonly NetworkSummary[]
  rule: RecognitionRule
  standard: RecognitionStandard
}

/**
 * Score metamers for each network, protocol, layer and judge. Runs that cannot be scored under the rule and standard are
 * left out: those of a judge without categories, or of a reference without an answer.
 *
 * @returns in the order of the networks' stages
 */
export function scoreRecognition(input: RecognitionInput): ScoredGroup[] {
  const runs = new Map(input.runs.map((run) => [run.id, run]))
  const groups = new Map<string, { group: ScoredGroup; ceiling: Map<number, number> }>()
  for (const judged of input.judged) {
    const run = runs.get(judged.runId)
    const metamer = run && scoreOf(judged.metamer, judged, run, input)
    const reference = run && scoreOf(judged.reference, judged, run, input)
    if (!run || typeof metamer !== 'boolean' || typeof reference !== 'boolean') continue
    const { group, ceiling } = entryOf(groups, run, judged, input)
    group.metamers.push(Number(metamer))
    ceiling.set(run.referenceId, Number(reference))
  }
  return [...groups.values()].map(({ group, ceiling }) => ({ ...group, references: [...ceiling.values()] })).sort(byPlace(input.networks))
}

function scoreOf(named: NamedAs, { reference }: JudgedRun, run: RunSummary, { answers, rule, standard }: RecognitionInput): boolean | null {
  if (standard === 'reference') return sameName(named, reference, rule)
  const answer = answers.get(run.referenceId)
  return answer === undefined ? null : isAnswer(named, answer, rule)
}

function sameName(a: NamedAs, b: NamedAs, rule: RecognitionRule): boolean | null {
  // Texts have no index of their own, and two classes may bear one name.
  if (rule === 'all') return a.index === b.index && a.label === b.label
  return a.category16 === null || b.category16 === null ? null : a.category16 === b.category16
}

function entryOf(groups: Map<string, { group: ScoredGroup; ceiling: Map<number, number> }>, run: RunSummary, judged: JudgedRun, { networks, rule, standard }: RecognitionInput) {
  const { network, networkHash, layer } = run
  const { judge, judgeHash } = judged
  const key = JSON.stringify([network, networkHash, run.protocol.name, layer, judge, judgeHash])
  const entry = groups.get(key) ?? {
    group: {
      network, networkHash, protocol: run.protocol.name, layer, judge, judgeHash, rule, standard,
      metamers: [], references: [], chance: rule === '16-way' ? 1 / 16 : chanceOf(networks.find(({ name }) => name === judge)),
    },
    ceiling: new Map<number, number>(),
  }
  groups.set(key, entry)
  return entry
}

/** Nobody guesses a text. */
function chanceOf(judge: NetworkSummary | undefined): number {
  return judge && judge.head !== 'ctc' ? 1 / judge.labels.length : NaN
}

function byPlace(networks: readonly NetworkSummary[]): (a: ScoredGroup, b: ScoredGroup) => number {
  const place = ({ network, layer }: ScoredGroup): number =>
    networks.find(({ name }) => name === network)?.stages.findIndex(({ name }) => name === layer) ?? -1
  return (a, b) =>
    a.network.localeCompare(b.network) || a.networkHash.localeCompare(b.networkHash) || a.protocol.localeCompare(b.protocol) ||
    a.judge.localeCompare(b.judge) || a.judgeHash.localeCompare(b.judgeHash) || place(a) - place(b)
}
