import type { NetworkSummary } from '../domain/network.ts'
import type { JudgedRun, NamedAs, RecognitionRow, RecognitionRule, RecognitionStandard } from '../domain/recognition.ts'
import type { RunSummary } from '../domain/run.ts'
import { isAnswer } from './answers.ts'
import { meanAndSem, meansByReference } from './meanAndSem.ts'

/** One row of the table before its errors are known, of each reference in the same order. */
export interface ScoredGroup extends Omit<RecognitionRow, 'metamers' | 'references'> {
  /** The share of each reference's metamers that was recognised. */
  metamers: number[]
  /** 1 for each reference that was recognised, 0 for each that was not. */
  references: number[]
  /** The runs that were scored. */
  runIds: number[]
  /** Of so many of them the metamer was recognised. */
  recognised: number
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
  const groups = new Map<string, { group: GroupKey; scored: Scored[] }>()
  for (const judged of input.judged) {
    const run = runs.get(judged.runId)
    if (!run) continue
    const metamer = scoreOf(judged.metamer, { run, judged }, input)
    const reference = scoreOf(judged.reference, { run, judged }, input)
    if (metamer === null || reference === null) continue
    const group = keyOf(run, judged, input)
    const entry = groups.get(JSON.stringify(group)) ?? { group, scored: [] }
    entry.scored.push({ run, judged, metamer, reference })
    groups.set(JSON.stringify(group), entry)
  }
  return [...groups.values()].map(({ group, scored }) => ({ ...group, ...valuesOf(scored, input) })).sort(byPlace(input.networks))
}

type GroupKey = Pick<ScoredGroup, 'network' | 'networkHash' | 'protocol' | 'layer' | 'judge' | 'judgeHash' | 'rule' | 'standard'>
interface JudgedOf {
  run: RunSummary
  judged: JudgedRun
}
interface Scored extends JudgedOf {
  metamer: boolean
  reference: boolean
}

function keyOf({ network, networkHash, protocol, layer }: RunSummary, { judge, judgeHash }: JudgedRun, { rule, standard }: RecognitionInput): GroupKey {
  return { network, networkHash, protocol: protocol.name, layer, judge, judgeHash, rule, standard }
}

function valuesOf(scored: readonly Scored[], input: RecognitionInput): Omit<ScoredGroup, keyof GroupKey> {
  const judge = scored[0]!.judged.judge
  const ofReferences = (value: (one: Scored) => number) => meansByReference(scored.map((one) => ({ referenceId: one.run.referenceId, value: value(one) })))
  return {
    metamers: ofReferences(({ metamer }) => Number(metamer)),
    references: ofReferences(({ reference }) => Number(reference)),
    runIds: scored.map(({ run }) => run.id),
    recognised: scored.filter(({ metamer }) => metamer).length,
    chance: input.rule === '16-way' ? 1 / 16 : chanceOf(input.networks.find(({ name }) => name === judge)),
    chanceOfAnother: meanAndSem(ofReferences((one) => shareOfOthers(one, scored, input))).mean,
  }
}

/** How many of the other references' labels, or true classes, the metamer was given; NaN where there is no other. */
function shareOfOthers({ run, judged }: Scored, scored: readonly Scored[], input: RecognitionInput): number {
  const others = new Map(scored.filter((one) => one.run.referenceId !== run.referenceId).map((one) => [one.run.referenceId, one]))
  return meanAndSem([...others.values()].map((other) => Number(scoreOf(judged.metamer, other, input)))).mean
}

/** Is a signal taken for what a run's reference is? null where nothing can be said. */
function scoreOf(named: NamedAs, { run, judged }: JudgedOf, { answers, rule, standard }: RecognitionInput): boolean | null {
  if (standard === 'reference') return sameName(named, judged.reference, rule)
  const answer = answers.get(run.referenceId)
  return answer === undefined ? null : isAnswer(named, answer, rule)
}

function sameName(a: NamedAs, b: NamedAs, rule: RecognitionRule): boolean | null {
  // Texts have no index of their own, and two classes may bear one name.
  if (rule === 'all') return a.index === b.index && a.label === b.label
  return a.category16 === null || b.category16 === null ? null : a.category16 === b.category16
}

/** Nobody guesses a text. */
function chanceOf(judge: NetworkSummary | undefined): number {
  return judge && judge.head !== 'ctc' ? 1 / judge.labels.length : NaN
}

function byPlace(networks: readonly NetworkSummary[]): (a: GroupKey, b: GroupKey) => number {
  const place = ({ network, layer }: GroupKey): number =>
    networks.find(({ name }) => name === network)?.stages.findIndex(({ name }) => name === layer) ?? -1
  return (a, b) =>
    a.network.localeCompare(b.network) || a.networkHash.localeCompare(b.networkHash) || a.protocol.localeCompare(b.protocol) ||
    a.judge.localeCompare(b.judge) || a.judgeHash.localeCompare(b.judgeHash) || place(a) - place(b)
}
