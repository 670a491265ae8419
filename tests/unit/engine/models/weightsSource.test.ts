import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../../../../src-main/domain/errors.ts'
import { fileWeights, randomWeights } from '../../../../src-main/engine/models/weightsSource.ts'

describe('fileWeights', () => {
  const arrays = new Map([
    ['a', { shape: [2, 1], data: Float32Array.of(1, 2) }],
    ['b', { shape: [1], data: Float32Array.of(3) }],
  ])

  it.each([
    ['c', [4], 'lacks weight "c", shape [4]'],
    ['a', [1, 2], 'gives weight "a" the shape [2, 1]; expected [1, 2]'],
  ])('refuses to announce a missing or misshapen weight: %s %j', (name, shape, what) => {
    expect(() => fileWeights('toy', arrays).weight(name, shape)).toThrow(
      new ModelFileError(`The weight file of network "toy" ${what}. Use the file that belongs to this network's card.`),
    )
  })

  it('refuses a file that holds weights of another network', () => {
    const weights = fileWeights('toy', arrays)
    weights.weight('a', [2, 1])
    expect(() => weights.finish()).toThrow('holds a weight "b", which this network does not have')
  })

  it('gives the values of a weight that fits', () => {
    expect(fileWeights('toy', arrays).weight('a', [2, 1])()).toEqual(Float32Array.of(1, 2))
  })
})

describe('randomWeights', () => {
  const deviation = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)

  it('draws Glorot kernels within the limit, with the variance of a uniform', () => {
    // fan in 3*5*20 = 300, fan out 3*5*40 = 600: limit sqrt(6/900), deviation limit/sqrt(3).
    const values = randomWeights(0, 'glorot uniform').weight('conv.kernel', [3, 5, 20, 40])()
    const limit = Math.sqrt(6 / 900)
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit)
    expect(deviation(values) / (limit / Math.sqrt(3))).toBeCloseTo(1, 1)
  })

  it('draws He kernels with variance 2 / fan in', () => {
    const values = randomWeights(0, 'he normal').weight('conv.kernel', [3, 3, 64, 64])()
    expect(deviation(values) / Math.sqrt(2 / 576)).toBeCloseTo(1, 1)
  })

  it('gives a weight the same values whatever was drawn before, and other values under another name or seed', () => {
    const draw = (seed: number, name: string) => [...randomWeights(seed, 'glorot uniform').weight(name, [4, 4])()]
    const weights = randomWeights(1, 'glorot uniform')
    weights.weight('first.kernel', [9, 9])()
    expect([...weights.weight('a.kernel', [4, 4])()]).toEqual(draw(1, 'a.kernel'))
    expect(draw(2, 'a.kernel')).not.toEqual(draw(1, 'a.kernel'))
    expect(draw(1, 'b.kernel')).not.toEqual(draw(1, 'a.kernel'))
  })

  it('starts biases at zero and batch norms at the identity', () => {
    const weights = randomWeights(0, 'glorot uniform')
    const values = ['x.bias', 'n.beta', 'n.mean', 'n.gamma', 'n.variance'].map((name) => weights.weight(name, [1])()[0])
    expect(values).toEqual([0, 0, 0, 1, 1])
  })
})
