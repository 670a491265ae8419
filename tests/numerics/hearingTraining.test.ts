import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isNative } from '../../src-main/engine/native/tensorflow.ts'
import { createTrainer } from '../../src-main/engine/training/trainNetwork.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, readJson } from '../helpers/data.ts'
import { expectGoldenTraining, goldenAdam, type GoldenTraining } from '../helpers/goldenTraining.ts'
import { smallHearing, smallHearingNetwork, smallHearingStart, type SmallHearingForm } from '../helpers/smallHearing.ts'
import { smallSettings } from '../helpers/smallWordCnn.ts'
import { waveBatch } from '../helpers/trainingWaves.ts'

/**
 * Golden values: PyTorch in float64 with the same weights and examples, dropout off, networks written apart from the program
 * (bench/golden/torchTrainingHearing.py). At most 2e-6 was seen between losses and 4e-4 between changes, with oneDNN and without.
 */
const golden = readJson<Record<SmallHearingForm, Record<string, GoldenTraining>>>(dataPath('golden/training_hearing_torch.json')!)
const tolerance = { losses: 1e-5, changes: 1e-3 }

beforeAll(async () => void (await loadBackend()))

describe.each(['vggish', 'deepspeech', 'musicnn-vgg'] as const)('four steps of training %s', (form) => {
  const { input, scale, rates } = smallHearing[form]

  it.for([
    { name: 'sgd', settings: { ...smallSettings, rate: rates.sgd }, sounds: 0 },
    { name: 'adam', settings: { ...smallSettings, optimiser: goldenAdam, rate: rates.adam }, sounds: 0 },
    { name: 'two heads', settings: { ...smallSettings, rate: rates.sgd }, sounds: 3 },
  ])('give the losses, weights and running statistics of PyTorch: $name', ({ name, settings, sounds }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const before = tf.memory().numTensors
    const network = smallHearingNetwork(form, sounds ? { word: 5, sounds } : { word: 5 })
    const trainer = createTrainer(network, settings, [...input, 1])
    const batches = [0, 1, 2, 3].map((step) => waveBatch(step, { shape: input, size: 3, scale, sounds }))
    expectGoldenTraining(trainer, batches, golden[form][name]!, smallHearingStart, tolerance)
    trainer.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })
})
