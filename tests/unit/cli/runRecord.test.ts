import { describe, expect, it } from 'vitest'
import { runRecord, runText } from '../../../src-main/cli/runRecord.ts'
import { columns, shortNumber } from '../../../src-main/cli/text.ts'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'
import type { RunDetail } from '../../../src-main/domain/run.ts'

const stage = (name: string, rho: number) => ({ stage: name, rho, pearson: 0, dbAuthors: 0, dbPower: 0, referenceNorm: 1, differenceNorm: 1 })
const finished: RunDetail = {
  id: 3,
  state: 'finished',
  network: 'toy',
  networkHash: 'h',
  kind: 'image',
  layer: 'b',
  referenceId: 1,
  referenceName: 'cat.png',
  protocol: protocolFrom('quick look'),
  seed: 1,
  retryOf: null,
  inverts: null,
  updatesDone: 500,
  seconds: 20,
  loss: { first: 37_735_000_000, last: 0.25 },
  rho: 0.98765,
  labels: { reference: 'cat', metamer: 'dog' },
  verdict: { outcome: 'excluded', reason: 'excluded: the labels differ', sameLabel: 'no', aboveNull: 'yes', null: { pairs: 2000, maximum: 0.4 } },
  message: null,
  createdAt: '',
  finishedAt: '',
  verdicts: [{ outcome: 'undecided', reason: 'no null yet', sameLabel: 'no', aboveNull: 'no null yet', null: null, decidedAt: 'then' }],
  lossCurve: { update: new Float64Array(), loss: new Float64Array() },
  judgement: { stages: [stage('a', NaN), stage('b', 0.98765)], floatStages: [], labels: null },
  environment: null,
}
const waiting: RunDetail = { ...finished, state: 'failed', loss: null, rho: null, labels: null, verdict: null, judgement: null, updatesDone: 7, message: 'The loss is not finite.' }

describe('runRecord', () => {
  it('has the fields that scripts rely on, NaN as null', () => {
    expect(JSON.parse(JSON.stringify(runRecord(finished)))).toEqual({
      run: 3,
      state: 'finished',
      network: 'toy',
      layer: 'b',
      reference: 'cat.png',
      protocol: 'quick look',
      seed: 1,
      retryOf: null,
      inverts: null,
      updates: 500,
      seconds: 20,
      loss: { first: 37_735_000_000, last: 0.25 },
      rho: 0.98765,
      rhoByStage: { a: null, b: 0.98765 },
      labels: { reference: 'cat', metamer: 'dog' },
      null: { pairs: 2000, maximum: 0.4 },
      verdict: 'excluded',
      reason: 'excluded: the labels differ',
      verdicts: [{ verdict: 'undecided', reason: 'no null yet', null: null, decidedAt: 'then' }],
    })
  })

  it('has null for what a failed run does not have, and its message as the reason', () => {
    expect(runRecord(waiting)).toMatchObject({ state: 'failed', loss: null, rho: null, rhoByStage: null, labels: null, null: null, verdict: null, reason: 'The loss is not finite.' })
  })
})

describe('runText', () => {
  it('tells the result, and that a quick look is no metamer by the paper', () => {
    const text = runText(finished)
    for (const part of ['run 3  toy  b  cat.png', '500 updates in 20.0 s (25.0 it/s)', "not a metamer by the paper's protocol", 'loss 3.774e10 to 0.25', 'ρ 0.9877 at b', 'excluded: the labels differ']) {
      expect(text).toContain(part)
    }
  })

  it('tells why a run failed', () => {
    expect(runText(waiting)).toContain('failed after 7 updates: The loss is not finite.')
  })
})

describe('shortNumber', () => {
  it.each([
    [0, '0'],
    [3753.2, '3753'],
    [0.491, '0.491'],
    [3.7736e10, '3.774e10'],
    [1e-7, '1.000e-7'],
    [NaN, 'NaN'],
  ])('shows %d as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text)
  })
})

describe('columns', () => {
  it('lines up the cells', () => {
    expect(columns([['a', 'bb'], ['ccc', 'd']])).toBe('a    bb\nccc  d\n')
  })
})
