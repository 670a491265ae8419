import { describe, expect, it } from 'vitest'
import { cardDraftSchema } from '../../../../../src-main/domain/importing.ts'
import { networkNameFrom } from '../../../../../src-main/domain/networkName.ts'
import { freeNetworkName, networkNameProblem } from '../../../../../src-renderer/stores/prepare/networkName.ts'

describe('networkNameFrom', () => {
  it.each([['My ResNet (v2)', 'my-resnet-v2'], ['--x__1.5.', 'x__1.5'], ['日本', 'network'], ['a'.repeat(100), 'a'.repeat(80)]])('makes a name a card may have of "%s"', (text, name) => {
    expect(networkNameFrom(text)).toBe(name)
    expect(cardDraftSchema.shape.name.safeParse(name).success).toBe(true)
  })
})

describe('freeNetworkName', () => {
  it('counts on from a name that is taken', () => {
    expect(freeNetworkName('vgg-19', (n) => ['vgg-19', 'vgg-19-2'].includes(n))).toBe('vgg-19-3')
    expect(freeNetworkName('a'.repeat(80), (n) => n.length === 80)).toHaveLength(78)
  })
})

describe('networkNameProblem', () => {
  it('tells of a name that no card may have, and of one that is taken', () => {
    expect(networkNameProblem('My net', () => false)).toContain('small letters, digits')
    expect(networkNameProblem('vgg-19', () => true)).toBe('There is already a network called "vgg-19". Choose another name.')
    expect(networkNameProblem('vgg-19.b', () => false)).toBeNull()
  })
})
