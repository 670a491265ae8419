import { expect, it } from 'vitest'
import { checkProtocol, movedIn, presets, protocolFrom } from '../../../src-main/domain/protocol.ts'

const quick = protocolFrom('quick look')

it('keeps the text by which protocols are stored, where the signal itself is moved', () => {
  expect(JSON.stringify(checkProtocol(presets[2]))).toBe(
    '{"name":"quick look","version":1,"updates":500,"learningRate":null,"decayPer1000":0.95,"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"imageStart":"code","initialRms":0.01,"reluGradient":"modified","lossNormalisation":"none","labelCriterion":"all"}',
  )
  expect(JSON.stringify(movedIn('signal', quick))).toBe(JSON.stringify(quick))
})

it('bears another name when the cochleagram is moved, and its own again afterwards', () => {
  const moved = movedIn('cochleagram', quick)
  expect(moved).toEqual({ ...quick, name: 'quick look, space cochleagram', space: 'cochleagram' })
  expect(movedIn('cochleagram', moved)).toEqual(moved)
  expect(movedIn('signal', moved)).toEqual(quick)
})
