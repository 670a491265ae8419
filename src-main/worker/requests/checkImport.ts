import * as tf from '@tensorflow/tfjs-core'
import { readCard } from '../../domain/card.ts'
import type { ImportCheck } from '../../domain/importing.ts'
import type { StimulusFile, WorkerRequests } from '../../domain/workerMessages.ts'
import type { Model } from '../../engine/models/model.ts'
import { tidyNumbers } from '../../engine/support/tidyNumbers.ts'
import type { WorkerContext } from '../context.ts'
import { readOneStimulus } from '../readStimulus.ts'
import { withNetworkApart } from '../withNetworkApart.ts'

/**
 * Build a network that is about to be added, and see what it says to stimuli whose answer its card gives.
 *
 * @throws ModelFileError when card and file do not make a network
 */
export function checkImport(context: WorkerContext, { card: file, path, stimuli }: WorkerRequests['checkImport']['params']): Promise<ImportCheck[]> {
  const { checks = [] } = readCard(file.value, file.fileName)
  return withNetworkApart(context, file, path, async (model) => {
    const made: ImportCheck[] = []
    for (const { sample, stimulus } of stimuli) {
      const labels = checks.find((check) => check.sample === sample)?.labels ?? []
      const found = await highestLabel(model, stimulus)
      made.push({ stimulus: sample, expected: labels.join(' or '), found, passed: labels.includes(found) })
    }
    return made
  })
}

async function highestLabel({ summary, ...model }: Model, stimulus: StimulusFile): Promise<string> {
  const { shape, data } = await readOneStimulus(stimulus, summary)
  const outputs = tidyNumbers(() => model.run(tf.tensor(data, shape), summary.stages.length - 1, 'ordinary').dataSync() as Float32Array)
  if (!outputs.every(Number.isFinite)) return 'no finite numbers'
  const best = outputs.reduce((at, value, i) => (value > outputs[at]! ? i : at), 0)
  return summary.labels[best] ?? `output ${best}`
}
