import { describe, expect, it } from 'vitest'
import { describeCochleagram, describeFidelity, describeLoss, describeNull, describeWaveform } from '../../../../../src-renderer/charts/prepare/describe.ts'

describe('describeFidelity', () => {
  const series = { stages: ['stem', 'block4', 'logits'], rho: [0.7, 0.989, 0.9], nullMaximum: [0.75, 0.5, null], generation: 1, lowest: 0 }

  it('gives ρ at the generation layer and at the worst, and how many lie above their null', () => {
    expect(describeFidelity(series)).toBe(
      'Spearman ρ at 3 layers; 0.989 at the generation layer block4; lowest 0.700 at stem; above the null maximum at 1 of 2 layers with a null.',
    )
  })

  it('says where ρ is undefined, and that no null is stored', () => {
    expect(describeFidelity({ ...series, rho: [null, 0.989, 0.99], nullMaximum: [null, null, null] })).toBe(
      'Spearman ρ at 3 layers; 0.989 at the generation layer block4; undefined at stem; no null distribution stored.',
    )
  })
})

describe('describeLoss', () => {
  it('gives the first and the last value', () => {
    expect(describeLoss([{ x: 0, y: 48210 }, { x: 250, y: 100 }, { x: 14_999, y: 13.52 }])).toBe('Matching loss, logarithmic axis: 48210 at update 0, 13.52 at update 14,999.')
  })

  it('says when there is none', () => {
    expect(describeLoss([])).toBe('Matching loss: no values yet.')
  })
})

describe('describeNull', () => {
  it('gives pairs and maximum, and the metamer where there is one', () => {
    expect(describeNull({ pairs: 2, maximum: 0.2 }, null)).toBe('Null distribution of Spearman ρ: 2 random pairs, maximum 0.200.')
    expect(describeNull({ pairs: 2, maximum: 0.2 }, 0.9812)).toBe('Null distribution of Spearman ρ: 2 random pairs, maximum 0.200, metamer 0.981.')
    expect(describeNull({ pairs: 2, maximum: 0.2 }, NaN)).toContain('metamer undefined')
  })
})

describe('describeCochleagram', () => {
  it('gives subbands, their range, and the duration', () => {
    const picture = { rows: 2, columns: 400, data: new Uint8Array(800), maximum: 1, frequenciesHz: Float32Array.of(20, 10_000), envelopeRateHz: 200 }
    expect(describeCochleagram(picture)).toBe('Cochleagram: compressed envelopes of 2 subbands from 20 to 10,000 Hz, low frequencies at the bottom, 2 s.')
  })
})

describe('describeWaveform', () => {
  it('gives duration and peak', () => {
    expect(describeWaveform('metamer', Float32Array.of(0.25, -0.5), 2)).toBe('Waveform of the metamer: 2 s, peak 0.5 of full scale.')
  })
})
