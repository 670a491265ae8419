import { createTrainer, type TrainingBatch } from '../src-main/engine/training/trainNetwork.ts'
import type { WordCnnForm } from '../src-main/domain/hearingNetworks.ts'
import { trainableWordCnn } from '../src-main/engine/training/wordCnn.ts'
import { startingWeights } from '../src-main/engine/training/startingWeights.ts'
import { createRandom } from '../src-main/engine/support/random.ts'

/** One step of training the full word network: forward, backward, SGD with momentum and weight decay. Cochleagrams are given. */
export function trainingStep(form: WordCnnForm, batchSize: number): () => void {
  const [rows, columns] = [211, 400]
  const network = trainableWordCnn(
    { form, channels: [96, 256, 512, 1024, 512], fc: 4096, heads: { word: 794 }, rows, columns, dropout: 0.5, normSums: 'rows', normMomentum: 0.99 },
    startingWeights(0),
  )
  const trainer = createTrainer(network, {
    optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-4 },
    rate: 0.001, schedule: { kind: 'constant' }, lossWeights: { word: 1, sounds: 300 }, seed: 0,
  }, [rows, columns, 1])
  const random = createRandom(0, 'bench training')
  const batch: TrainingBatch = {
    size: batchSize,
    inputs: Float32Array.from({ length: batchSize * rows * columns }, random.uniform),
    words: Array.from({ length: batchSize }, () => random.integer(794)),
    sounds: null,
  }
  return () => void trainer.update([batch])
}
