import { NumericalError } from '../../domain/errors.ts'
import type { TestScores, TrainingProgress } from '../../domain/training.ts'
import type { Trainer } from '../../engine/training/trainNetwork.ts'
import type { Feed } from './feed.ts'
import { scoreSplit } from './scoreSplit.ts'
import type { TrainingSubject } from './trainingSubject.ts'

export interface NetworkTest {
  subject: Pick<TrainingSubject, 'dataset' | 'tests'>
  tester: Trainer
  feed: Feed
  batchSize: number
  /** Updates that the network had. */
  keptStep: number
  /** What is told beside how far the tests are. */
  told: Pick<TrainingProgress, 'trainingId' | 'step' | 'steps' | 'epoch' | 'loss' | 'rate'>
  now(): number
  stopped(): boolean
  tell(progress: TrainingProgress): void
}

/**
 * Test a finished network on all that its subject tests by.
 *
 * @returns null when it was stopped: nothing is lost, the tests are made anew when the training is resumed
 * @throws NumericalError naming the test and the layer where a value was not finite
 */
export async function testNetwork(test: NetworkTest): Promise<TestScores[] | null> {
  const { subject, tester, feed, batchSize, stopped } = test
  const tests: TestScores[] = []
  const planned = subject.tests()
  const all = planned.reduce((sum, { orders }) => sum + orders.length, 0)
  const report = reporterOf(test, all)
  for (const { split, snrDb, orders } of planned) {
    if (stopped()) return null
    report(tests)
    const scores = await scoreSplit(tester, feed, orders, batchSize, subject.dataset.sounds.length).catch((error: unknown) => {
      throw error instanceof NumericalError ? testFailed(error, split, snrDb, test.keptStep) : error
    })
    tests.push({ split, snrDb, clips: orders.length, ...scores })
  }
  return stopped() ? null : tests
}

function testFailed(error: NumericalError, split: string, snrDb: number | null, step: number): NumericalError {
  const at = snrDb === null ? '' : `, ${snrDb} dB`
  return new NumericalError(`Training stopped at the test (${split}${at}) of the network after ${step} updates: ${error.message} No network was written.`, { details: error.details })
}

function reporterOf({ told, feed, now, tell }: NetworkTest, all: number) {
  const start = { ms: now(), ...feed.spent }
  return (tests: readonly TestScores[]): void => {
    const seconds = Math.max((now() - start.ms) / 1000, 1e-3)
    const done = tests.reduce((sum, { clips }) => sum + clips, 0)
    tell({
      ...told,
      examplesPerSecond: done / seconds,
      remainingS: done === 0 ? NaN : ((all - done) * seconds) / done,
      waitShare: (feed.spent.waitS - start.waitS) / seconds,
      frozenShare: (feed.spent.frozenS - start.frozenS) / seconds,
      memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      phase: 'testing',
    })
  }
}
