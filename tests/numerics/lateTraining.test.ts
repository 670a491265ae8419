import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isNative } from '../../src-main/engine/native/tensorflow.ts'
import { createTrainer, type TrainerSettings } from '../../src-main/engine/training/trainNetwork.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, readJson } from '../helpers/data.ts'
import { expectGoldenTraining, goldenAdam, type GoldenTraining } from '../helpers/goldenTraining.ts'
import { cutStages, type CutStages } from '../helpers/smallLateStages.ts'
import { smallSettings } from '../helpers/smallWordCnn.ts'
import { waveBatch } from '../helpers/trainingWaves.ts'

/**
 * Golden values: PyTorch in float64 with the same weights and inputs, dropout off; VGG-19 and Inception-V3 of torchvision,
 * EfficientNet-Lite0 of its package, ResNet-101-V2 written after Keras Applications (bench/golden/torchTrainingLate.py). At most 3e-6 was seen between losses.
 */
const golden = readJson<Record<string, GoldenTraining>>(dataPath('golden/training_late_torch.json')!)
const tolerance = { losses: 1e-5, changes: 1e-3 }

const sgd = (rate: number): TrainerSettings => ({ ...smallSettings, rate })
const adam = (rate: number): TrainerSettings => ({ ...smallSettings, optimiser: goldenAdam, rate })

/** `input`: shape of what the first stage takes. */
const cases: Array<CutStages & { name: string; input: readonly number[]; settings: TrainerSettings }> = [
  { name: 'vgg-19 conv1_2', code: 'vgg-19', stages: ['conv1_2', 'conv2_2'], inputs: 2048, input: [8, 8, 3], settings: sgd(0.002) },
  { name: 'vgg-19 fc7', code: 'vgg-19', stages: ['fc7'], inputs: 4096, input: [4096], settings: sgd(0.001) },
  { name: 'inception-v3 Mixed_7a', code: 'inception-v3', stages: ['Mixed_7a'], inputs: 5120, input: [5, 5, 768], settings: sgd(0.001) },
  { name: 'inception-v3 Mixed_7c', code: 'inception-v3', stages: ['Mixed_7c', 'AvgPool_1a'], inputs: 2048, input: [3, 4, 2048], settings: adam(0.00005) },
  { name: 'inception-v3 Mixed_7c, torchvision', code: 'inception-v3', variant: 'torchvision', stages: ['Mixed_7c', 'AvgPool_1a'], inputs: 2048, input: [3, 4, 2048], settings: sgd(0.005) },
  { name: 'resnet-101-v2 block1', code: 'resnet-101-v2', stages: ['block1'], inputs: 2304, input: [9, 9, 64], settings: adam(0.0001) },
  { name: 'resnet-101-v2 block4', code: 'resnet-101-v2', stages: ['block4', 'global_pool'], inputs: 2048, input: [2, 3, 1024], settings: sgd(0.001) },
  { name: 'efficientnet-lite0 block6', code: 'efficientnet-lite0', stages: ['block6', 'block7', 'head', 'pooled'], inputs: 1280, input: [4, 4, 112], settings: sgd(0.001) },
]

describe('four steps of fine-tuning', { timeout: 60_000 }, () => {
  beforeAll(async () => void (await loadBackend()))

  it.for(cases)('give the losses and weights of PyTorch: $name', ({ name, input, settings, ...cut }, context) => {
    context.skip(!isNative(), 'needs native TensorFlow')
    const before = tf.memory().numTensors
    const { network, start } = cutStages(cut)
    const trainer = createTrainer(network, settings, input)
    const batches = [0, 1, 2, 3].map((step) => waveBatch(step, { shape: input, size: 3 }))
    expectGoldenTraining(trainer, batches, golden[name]!, start, tolerance)
    trainer.dispose()
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before)
  })
})
