import { expect, it } from 'vitest'
import { movedIn, presets, protocolFrom, trulyNamed, withChanges, withOtherGradient, type Protocol } from '../../../src-main/domain/protocol.ts'

const quick = protocolFrom('quick look')

it('is moved in the signal itself unless it says otherwise, without a word about it', () => {
  expect(movedIn('signal', quick)).toEqual(quick)
  expect(Object.keys(quick)).not.toContain('space')
})

it('bears another name when the cochleagram is moved, and its own again afterwards', () => {
  const moved = movedIn('cochleagram', quick)
  expect(moved).toEqual({ ...quick, name: 'quick look, space cochleagram', space: 'cochleagram' })
  expect(movedIn('cochleagram', moved)).toEqual(moved)
  expect(movedIn('signal', moved)).toEqual(quick)
})

it('refuses L-BFGS with a gradient that is not that of the loss', () => {
  expect(() => protocolFrom('fewer updates', { reluGradient: 'modified' })).toThrow(
    'The protocol has a setting out of range: reluGradient: L-BFGS needs the gradient of the loss itself, which the modified ReLU gradient is not: standard is needed, or the optimiser adam. Correct it, or choose a preset.',
  )
  expect(() => protocolFrom('2019 as code', { optimiser: 'l-bfgs' })).toThrow('L-BFGS needs the gradient')
  expect(() => withOtherGradient(protocolFrom('fewer updates'))).toThrow('L-BFGS needs the gradient')
})

const otherValues: Array<Partial<Protocol>> = [
  { updates: 20 }, { learningRate: 0.01 }, { decayPer1000: 0.9 }, { beta1: 0.8 }, { beta2: 0.99 }, { epsilon: 1e-7 }, { imageStart: 'centred' }, { initialRms: 0.02 },
  { reluGradient: 'standard' }, { lossNormalisation: 'elements' }, { labelCriterion: '16-way' }, { space: 'cochleagram' }, { optimiser: 'l-bfgs', reluGradient: 'standard' },
]

it('bears a name of its own for each setting that is changed', () => {
  const protocols = presets.flatMap(({ name }) => (name === 'fewer updates' ? [protocolFrom(name)] : [protocolFrom(name), ...otherValues.map((changes) => protocolFrom(name, changes))]))
  const [names, all] = [protocols.map(({ name }) => name), protocols.map((protocol) => JSON.stringify(protocol))]
  expect(new Set(names).size).toBe(new Set(all).size)
  expect(names).toContain('2019 as code, 20 updates')
  expect(names).toContain('quick look, optimiser l-bfgs, reluGradient standard')
})

it('bears the same name by whichever way it was changed, and the preset\'s when all is as there', () => {
  const rateFirst = withChanges(withChanges(quick, { learningRate: 0.01 }), { updates: 20 })
  expect(rateFirst).toEqual(protocolFrom('quick look', { updates: 20, learningRate: 0.01 }))
  expect(withChanges(rateFirst, { updates: 500, learningRate: null })).toEqual(quick)
  expect(withOtherGradient(protocolFrom('fewer updates', { optimiser: 'adam' })).name).toBe('fewer updates, optimiser adam, reluGradient modified')
})

it('is measured by the default preset where its name is of none', () => {
  expect(trulyNamed({ ...presets[0]!, name: 'mine' }).name).toBe('mine')
  expect(trulyNamed({ ...quick, name: 'mine' }).name).toBe('mine, 500 updates')
})
