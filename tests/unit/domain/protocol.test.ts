import { expect, it } from 'vitest'
import { movedIn, protocolFrom, withOtherGradient } from '../../../src-main/domain/protocol.ts'

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
