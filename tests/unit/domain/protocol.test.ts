import { expect, it } from 'vitest'
import { checkProtocol, movedIn, newProtocolSchema, presets, protocolFrom, readProtocol, trulyNamed, withChanges, withOtherGradient, type Protocol } from '../../../src-main/domain/protocol.ts'

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

it('reads L-BFGS with the modified gradient, which an earlier version took, and makes nothing new by it', () => {
  const stored: Protocol = { ...protocolFrom('fewer updates'), reluGradient: 'modified' }
  expect(readProtocol(stored)).toEqual(stored)
  expect(() => checkProtocol(stored)).toThrow('L-BFGS needs the gradient')
  expect(() => withChanges(stored, { updates: 20 })).toThrow('L-BFGS needs the gradient')
  expect(withOtherGradient(stored)).toEqual(protocolFrom('fewer updates'))
})

const beyond: Array<[Partial<Protocol>, string]> = [
  [{ learningRate: 50 }, 'learningRate: a number above 0, up to 10, written as in 0.001; not "50"'],
  [{ initialRms: 2 }, 'initialRms: a number above 0, up to 1, written as in 0.01; not "2"'],
  [{ updates: 0 }, 'updates: a whole number from 1 to 1,000,000, written as in 500; not "0"'],
]

it.each(beyond)('refuses %j wherever a new one is made, in the window\'s own words', (changes, sentence) => {
  const whole = `The protocol has a setting out of range: ${sentence}. Correct it, or choose a preset.`
  expect(() => protocolFrom('quick look', changes)).toThrow(whole)
  expect(() => withChanges(quick, changes)).toThrow(whole)
  expect(() => checkProtocol({ ...quick, ...changes })).toThrow(sentence)
  const parsed = newProtocolSchema.safeParse({ ...quick, ...changes })
  expect(parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toContain(sentence)
})

it('reads one that was stored before there were limits, and lets its other settings be changed', () => {
  const stored = trulyNamed({ ...quick, learningRate: 50 })
  expect(readProtocol(stored)).toEqual(stored)
  expect(withOtherGradient(stored)).toMatchObject({ learningRate: 50, reluGradient: 'standard' })
  expect(withChanges(stored, { updates: 20 }).name).toBe('quick look, 20 updates, learningRate 50')
  expect(() => readProtocol({ ...quick, learningRate: -1 })).toThrow('learningRate')
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
