import { describe, expect, it } from 'vitest'
import { movedIn, protocolFrom } from '../../../src-main/domain/protocol.ts'
import { requireSetOf, runSets } from '../../../src-main/host/runSets.ts'
import { finished, networks, run } from '../../helpers/fakeLab/data.ts'

const moved = { network: 'word-cnn-aliased', protocol: movedIn('cochleagram', protocolFrom('quick look')) }
const runs = [finished(1, 'included'), finished(2, 'excluded', { layer: 'stem' }), finished(3, 'included', moved), finished(4, 'undecided', { network: 'word-cnn-aliased', layer: 'cochleagram', inverts: 3 }), run(5)]

describe('runSets', () => {
  it('holds finished metamers by network and protocol, without the sounds of cochleagrams', () => {
    expect(runSets(runs, networks).map(({ network, protocol, layers, finished: count }) => [network, protocol, layers, count])).toEqual([
      ['efficientnet-lite0', 'quick look', ['stem', 'block1'], 2],
      ['word-cnn-aliased', 'quick look, space cochleagram', ['block1'], 1],
    ])
  })
})

describe('requireSetOf', () => {
  it('finds the set that runs share', () => {
    expect(requireSetOf([2, 1], runs)).toEqual({ network: 'efficientnet-lite0', networkHash: networks[0]!.weights.hash, protocol: 'quick look' })
  })

  it.each([
    [[9], 'There is no run 9 in this project. "lab runs" lists those that are.'],
    [[1, 5], 'Run 5 is planned. Name finished metamers.'],
    [[4], 'Run 4 makes the cochleagram of run 3 audible, and is no metamer of a natural stimulus. Name finished metamers.'],
    [[1, 3], 'Run 1 is of "efficientnet-lite0" with "quick look", run 3 of "word-cnn-aliased" with "quick look, space cochleagram" or other weights. Name runs of one network and protocol.'],
  ])('refuses %j', (ids, sentence) => {
    expect(() => requireSetOf(ids, runs)).toThrow(sentence)
  })
})
