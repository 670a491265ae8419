import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createExactEnvelopes } from '../../src-main/engine/frontends/nativeEnvelopes.ts'
import { createFft } from '../../src-main/engine/support/fft.ts'
import { createPlainEnvelopes, magnitudes, spectrumOf, subbandOf } from '../../src-main/engine/frontends/plainEnvelopes.ts'
import { designSubbands } from '../../src-main/engine/frontends/subbandEnvelopes.ts'
import { isNative } from '../../src-main/engine/native/tensorflow.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, readFloat32, readJson, relativeL2 } from '../helpers/data.ts'

// Golden values: a float64 replica of tfcochleagram on pycochleagram's filters, for tones and a chirp.
const golden = (name: string) => readFloat32(dataPath(`golden/synthetic_${name}.f32`)!)
const design = designSubbands({
  samples: 40_000, sampleRateHz: 20_000, envelopeRateHz: 200, taps: 1001, filters: 50, sampleFactor: 4, lowestHz: 20, highestHz: 8000,
})

describe('subband envelopes', () => {
  beforeAll(async () => void (await loadBackend()))

  it('equal the published ones at the full rate', () => {
    const { rows } = readJson<{ rows: number[] }>(dataPath('golden/synthetic_env_full_rows.json')!)
    const fft = createFft(design.samples)
    const spectrum = spectrumOf(golden('wave'), fft)
    const found = rows.flatMap((row) => Array.from(magnitudes(subbandOf(design.filterbank.rows[row]!, spectrum, fft))))
    expect(relativeL2(found, golden('env_full_rows'))).toBeLessThan(1e-6)
  })

  it.for([['native', createExactEnvelopes], ['plain', createPlainEnvelopes]] as const)(
    'equal the published ones after decimation and rectification, %s', ([name, create], context) => {
      context.skip(name === 'native' && !isNative(), 'needs native TensorFlow')
      const method = create(design)
      const found = tf.tidy(() => tf.relu(method.analyse(tf.tensor1d(golden('wave'))).envelopes).dataSync())
      method.dispose()
      expect(relativeL2(found, golden('env_down'))).toBeLessThan(1e-6)
    },
  )
})
