import { describe, expect, it } from 'vitest'
import type { NamedArrays } from '../../../../src-main/domain/weights.ts'
import { fileWeights } from '../../../../src-main/engine/models/weightsSource.ts'
import { foldedWeights, weightsAsTheyLie, type LearnedWeights } from '../../../../src-main/engine/training/lateStages/learnedWeights.ts'

const array = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) })
const learnedFrom = (weights: LearnedWeights, file: NamedArrays): NamedArrays =>
  new Map([...weights.starts(fileWeights('net', file))].map(([name, start]) => [name, { shape: [], data: start() }]))

describe('weights that learn', () => {
  it.each([
    // Scale gamma / sqrt(variance + epsilon) is 3 / sqrt(3 + 1) = 1.5; without gamma 0.5. The offset is beta - mean scale.
    { gamma: 'gamma', kernel: [1.5, 3], bias: 1 - 2 * 1.5 },
    { gamma: null, kernel: [0.5, 1], bias: 1 - 2 * 0.5 },
  ])('take in the norm behind a convolution, and give back one that only adds the bias: gamma $gamma', ({ gamma, kernel, bias }) => {
    const names = { kernel: 'kernel', norm: { gamma, beta: 'beta', mean: 'mean', variance: 'variance' }, epsilon: 1 }
    const folded = foldedWeights('conv', names, [1, 1, 2, 1], 1)
    const file: NamedArrays = new Map([['kernel', array([1, 1, 2, 1], 1, 2)], ['gamma', array([1], 3)], ['beta', array([1], 1)], ['mean', array([1], 2)], ['variance', array([1], 3)]])
    const learned = learnedFrom(folded, file)
    expect([...learned].map(([name, { data }]) => [name, [...data]])).toEqual([['conv.kernel', kernel], ['conv.bias', [bias]]])
    const written = new Map(folded.inFile(learned))
    expect([...written.keys()].sort()).toEqual(['beta', ...(gamma ? ['gamma'] : []), 'kernel', 'mean', 'variance'])
    expect(written.get('mean')!.data[0]).toBe(0)
    written.set('kernel', array([1, 1, 2, 1], ...written.get('kernel')!.data))
    written.set('beta', array([1], ...written.get('beta')!.data))
    for (const [name, { data }] of learnedFrom(folded, written)) data.forEach((value, i) => expect(value).toBeCloseTo(learned.get(name)!.data[i]!, 6))
  })

  it('lie in the file as they learn where nothing is folded, and are refused where the file lacks one', () => {
    const plain = weightsAsTheyLie(new Map([['fc.kernel', [2, 1]], ['fc.bias', [1]]]))
    const file: NamedArrays = new Map([['fc.kernel', array([2, 1], 1, 2)], ['fc.bias', array([1], 3)]])
    expect(new Map(plain.inFile(learnedFrom(plain, file))).get('fc.kernel')!.data).toEqual(Float32Array.of(1, 2))
    file.delete('fc.bias')
    expect(() => learnedFrom(plain, file)).toThrow('The weight file of network "net" lacks weight "fc.bias", shape [1].')
  })
})
