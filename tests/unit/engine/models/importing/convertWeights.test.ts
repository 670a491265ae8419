import { describe, expect, it } from 'vitest'
import { findNetwork } from '../../../../../src-main/engine/models/catalogue.ts'
import { conventionsOf } from '../../../../../src-main/engine/models/importing/conventions.ts'
import { convertWeights } from '../../../../../src-main/engine/models/importing/convertWeights.ts'
import { importedCard } from '../../../../../src-main/engine/models/importing/importedCard.ts'
import { matchWeights } from '../../../../../src-main/engine/models/importing/matchWeights.ts'
import { readCard } from '../../../../../src-main/domain/card.ts'
import { weightNames } from '../../../../helpers/weightNames.ts'

const inception = weightNames('torchvision_inception_v3')
const planOf = (arrays: typeof inception) => matchWeights(findNetwork('inception-v3'), conventionsOf('inception-v3'), arrays)
const as = { name: 'ours', source: 'our lab', licence: 'ours', file: 'weights.safetensors', hash: 'a'.repeat(64), sourceFile: { name: 'net.pth', hash: 'b'.repeat(64) } }

describe('convertWeights', () => {
  it('takes the scale of torchvision\'s norms into kernel and mean, and leaves the rest', () => {
    const arrays = new Map(inception.filter(({ name }) => name.startsWith('Conv2d_1a')).map(({ name, shape }) => {
      const value = { 'Conv2d_1a_3x3.bn.weight': 2, 'Conv2d_1a_3x3.bn.running_mean': 5, 'Conv2d_1a_3x3.bn.running_var': 7 }[name] ?? 3
      return [name, { shape: [...shape], data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) }]
    }))
    const weights = convertWeights(planOf(inception), arrays)
    const firstOf = (name: string) => weights.find((weight) => weight.name === `Conv2d_1a_3x3.${name}`)!.values()[0]
    expect(['kernel', 'beta', 'mean', 'variance'].map(firstOf)).toEqual([6, 3, 10, 7])
  })

  it('refuses a file that has not every weight, and names some', () => {
    const plan = planOf(inception.filter(({ name }) => !name.startsWith('Mixed_7c')))
    expect(() => convertWeights(plan, new Map())).toThrow(
      'The file has nothing for 36 of the 378 weights of network "inception-v3": "Mixed_7c.Branch_0.Conv2d_0a_1x1.kernel" [1, 1, 2048, 320], ' +
        '"Mixed_7c.Branch_0.Conv2d_0a_1x1.beta" [320], "Mixed_7c.Branch_0.Conv2d_0a_1x1.mean" [320], "Mixed_7c.Branch_0.Conv2d_0a_1x1.variance" [320], ' +
        '"Mixed_7c.Branch_1.Conv2d_0a_1x1.kernel" [1, 1, 2048, 384] and 31 more. Choose the file that belongs to this network, or the network that belongs to this file.',
    )
  })
})

describe('importedCard', () => {
  it('is a whole card of an own network, which says where its weights come from', () => {
    const card = importedCard(planOf(inception), as)
    expect(readCard(card, 'card.json')).toEqual(card)
    expect(card).toMatchObject({
      name: 'ours', title: 'Inception-V3, weights of net.pth', aliases: [], labels: 'imagenet-1000',
      network: { from: 'architecture', name: 'inception-v3', variant: 'torchvision' },
      weights: { state: 'trained', source: 'our lab', hash: as.hash, sourceFile: as.sourceFile },
    })
    expect(card.notes[0]).toBe('Names and layouts of the file: torchvision.')
  })

  it('takes the user\'s labels, with or without one for the background, and no others', () => {
    const labels = Array.from({ length: 999 }, (_, i) => `class ${i}`)
    expect(importedCard(planOf(inception), { ...as, labels })).toMatchObject({ labels, labelOffset: 1 })
    expect(importedCard(planOf(inception), { ...as, labels: [...labels, 'last'] })).toMatchObject({ labelOffset: 0 })
    expect(() => importedCard(planOf(inception), { ...as, labels: ['a', 'b'] })).toThrow('The list has 2 labels; the network has 1000 outputs.')
  })
})
