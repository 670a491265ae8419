import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../../src-main/domain/errors.ts'
import type { CochleagramFrontEnd } from '../../../../src-main/engine/frontends/cochleagram.ts'
import { buildModel, buildNetwork } from '../../../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../../../src-main/engine/models/catalogue.ts'
import { loadBackend } from '../../../../src-main/worker/loadBackend.ts'
import { buildEfficientNet } from '../../../helpers/efficientNet.ts'

beforeAll(async () => void (await loadBackend()))

describe('buildModel refuses', () => {
  it('an unknown network', () => {
    expect(() => buildModel('alexnet')).toThrow(ModelFileError)
  })

  it('a trained network whose weights were not loaded, and says which file holds them', () => {
    expect(() => buildModel('efficientnet-lite0')).toThrow(
      new ModelFileError('Network "efficientnet-lite0" needs its trained weights, which were not loaded. Load models/efficientnet-lite0/weights.safetensors first.'),
    )
  })

  it('a network that waits for weights', () => {
    expect(() => buildModel('word-cnn-reduced-aliasing-word')).toThrow(
      new ModelFileError('Network "word-cnn-reduced-aliasing-word" has no weights yet. Import them, or choose another network.'),
    )
  })

  it('a weight file that lacks a weight', () => {
    expect(() => buildModel('efficientnet-lite0', { weights: new Map() })).toThrow(
      'The weight file of network "efficientnet-lite0" lacks weight "_conv_stem.weight", shape [3, 3, 3, 32].',
    )
  })

  it('a card whose stages are not those of the architecture', () => {
    const { card, architecture } = findNetwork('vgg-19')
    expect(() => buildNetwork({ card: { ...card, stages: card.stages.slice(1) }, architecture }, {})).toThrow(
      'The card of network "vgg-19" lists the stages conv2_2, conv3_4, conv4_4, conv5_4, fc6, fc7, fc8; its architecture has conv1_2,',
    )
  })
})

describe('buildModel', () => {
  it('makes tensors only when a stage runs, and frees them all', () => {
    const before = tf.memory().numTensors
    const model = buildEfficientNet()
    expect(tf.memory().numTensors).toBe(before)
    tf.tidy(() => void model.stages[0]!.forward(tf.zeros([1, 32, 32, 3]), 'ordinary'))
    // Factors and offsets of the scaling, kernel and bias of the stem.
    expect(tf.memory().numTensors).toBe(before + 4)
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('leaves a front end that it was lent to its owner', () => {
    let disposed = false
    const frontEnd: CochleagramFrontEnd = {
      rows: 211, columns: 400, samples: 40_000, sampleRateHz: 20_000, envelopeRateHz: 200, frequenciesHz: new Float32Array(211),
      forward: (x) => x, dispose: () => void (disposed = true),
    }
    const model = buildModel('word-cnn-reduced-aliasing', { frontEnd })
    expect(model.summary.name).toBe('word-cnn-reduced-aliasing-random')
    model.dispose()
    expect(disposed).toBe(false)
  })

  it('builds VGG-19 with its shapes and the rectifier of each stage at its end', () => {
    const model = buildModel('vgg-19')
    tf.tidy(() => {
      // A seventh of the input: what is left of it after the four pools is 2 x 2.
      let x: tf.Tensor = tf.fill([1, 32, 32, 3], 0.5)
      model.stages.slice(0, 5).forEach((stage, i) => {
        x = stage.forward(x, 'ordinary')
        const size = 32 / 2 ** i
        expect(x.shape).toEqual([1, size, size, stage.shape[2]])
        expect(tf.min(x).dataSync()[0]).toBe(0)
        expect(stage.shape.slice(0, 2)).toEqual([7 * size, 7 * size])
      })
    })
    model.dispose()
  })
})
