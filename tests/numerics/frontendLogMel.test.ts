import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createMusicnnFrontEnd } from '../../src-main/engine/frontends/logMel.ts'
import { melFilterbank } from '../../src-main/engine/frontends/melFilterbank.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { dataPath, maxAbsDifference, readFloat32, relativeL2 } from '../helpers/data.ts'

/**
 * Golden values: librosa 0.11 filters and transform in float64, reflection at the ends, without the rounding to half
 * precision of the package's own extractor. Tolerances as proposed with them.
 */
describe('the front end of musicnn', () => {
  beforeAll(async () => void (await loadBackend()))

  it('has the golden mel filters', () => {
    const filters = melFilterbank({ sampleRateHz: 16_000, frameLength: 512, filters: 96 })
    expect(maxAbsDifference(filters, readFloat32(dataPath('golden/musicnn_mel_filterbank.f32')!))).toBeLessThan(1e-8)
  })

  const wave = dataPath('golden/musicnn_human_wave16k.f32')
  it.skipIf(!wave)('gives the golden log-mel of a speech clip (needs the golden wave)', () => {
    const frontEnd = createMusicnnFrontEnd()
    const values = tf.tidy(() => frontEnd.forward(tf.tensor2d(readFloat32(wave!), [1, 48_000])).dataSync())
    frontEnd.dispose()
    const expected = readFloat32(dataPath('golden/musicnn_human_logmel.f32')!)
    expect(values.length).toBe(expected.length)
    expect(relativeL2(values, expected)).toBeLessThan(1e-5)
    expect(maxAbsDifference(values, expected)).toBeLessThan(1e-4)
  })
})
