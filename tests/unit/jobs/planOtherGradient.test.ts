import { expect, it } from 'vitest'
import { protocolFrom, withOtherGradient } from '../../../src-main/domain/protocol.ts'
import { planOtherGradient } from '../../../src-main/jobs/planOtherGradient.ts'
import { finished, networks, run } from '../../helpers/fakeLab/data.ts'

const set = { network: 'efficientnet-lite0', networkHash: networks[0]!.weights.hash, protocol: 'quick look' }
const standard = withOtherGradient(protocolFrom('quick look'))
// "stem" and "head" end in a ReLU6, "block1" in a sum.
const runs = [finished(1, 'included', { layer: 'stem' }), finished(2, 'excluded', { layer: 'head', referenceId: 2, seed: 7 }), finished(3, 'included', { layer: 'block1' })]

it('says in the name which gradient it is, and goes back and forth', () => {
  expect([standard.name, standard.reluGradient]).toEqual(['quick look, reluGradient standard', 'standard'])
  expect(withOtherGradient(standard)).toEqual(protocolFrom('quick look'))
})

it('plans each run at a rectified layer once more, all else being equal', () => {
  expect(planOtherGradient(set, runs, networks)).toEqual([
    { network: 'efficientnet-lite0', layers: ['stem'], referenceIds: [1], protocol: standard, seed: 1 },
    { network: 'efficientnet-lite0', layers: ['head'], referenceIds: [2], protocol: standard, seed: 7 },
  ])
})

it('leaves out what was made or waits already, but not what failed', () => {
  const waiting = run(4, { layer: 'stem', protocol: { ...standard, name: 'by another name' } })
  const failed = run(5, { layer: 'head', referenceId: 2, seed: 7, protocol: standard, state: 'failed' })
  expect(planOtherGradient(set, [...runs, waiting, failed], networks).map(({ layers }) => layers)).toEqual([['head']])
})

it('says when there is nothing to plan', () => {
  const both = [runs[0]!, run(4, { layer: 'stem', protocol: standard })]
  expect(() => planOtherGradient(set, both, networks)).toThrow('Every run of this set at a layer that ends in a ReLU was made, or is in the queue, with the other gradient, too.')
  expect(() => planOtherGradient(set, [runs[2]!], networks)).toThrow('None of these runs is at a layer that ends in a ReLU, where the gradient makes a difference. Of "efficientnet-lite0" those are: stem, head.')
})
