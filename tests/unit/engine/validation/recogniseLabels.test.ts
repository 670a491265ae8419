import { describe, expect, it } from 'vitest'
import { NumericalError, ProtocolError, ShapeError } from '../../../../src-main/domain/errors.ts'
import { decisiveLabel, recogniseLabels, sameLabel } from '../../../../src-main/engine/validation/recogniseLabels.ts'
import { sixteenWay, type SixteenCategories } from '../../../../src-main/engine/validation/sixteenWay.ts'

const f = (...values: number[]): Float32Array => Float32Array.from(values)
const labels = ['tench', 'tabby', 'airliner', 'siamese', 'crane', 'crane']
const categories: SixteenCategories = { category_order: ['airplane', 'cat'], categories: { airplane: [2], cat: [1, 3] } }

describe('recogniseLabels', () => {
  it('tells the five best labels, best first, with softmax probabilities', () => {
    // exp of log 4, 3, 2, 1, 0, 0 times a constant: 4, 3, 2, 1, tiny, tiny
    const { top, category16 } = recogniseLabels(f(Math.log(2), Math.log(4), Math.log(3), 0, -50, -60), labels, 'softmax')
    expect(top.map((t) => t.label)).toEqual(['tabby', 'airliner', 'tench', 'siamese', 'crane'])
    top.slice(0, 4).forEach((t, i) => expect(t.probability).toBeCloseTo([0.4, 0.3, 0.2, 0.1][i]!, 6))
    expect(category16).toBeNull()
  })

  it('does not overflow on large logits', () => {
    expect(recogniseLabels(f(1e30, 0), ['a', 'b'], 'softmax').top[0]!.probability).toBe(1)
  })

  it('gives each label its own probability under a sigmoid head', () => {
    const { top } = recogniseLabels(f(0, Math.log(3)), ['speech', 'music'], 'sigmoid')
    expect(top[0]).toMatchObject({ label: 'music', index: 1 })
    expect(top[0]!.probability).toBeCloseTo(0.75, 6)
    expect(top[1]!.probability).toBeCloseTo(0.5, 6)
  })

  it('lets the lower index win among equal logits, as an arg max does', () => {
    expect(recogniseLabels(f(1, 1), ['a', 'b'], 'softmax').top.map((t) => t.index)).toEqual([0, 1])
  })

  it('gives the text that a network writes, as one label', () => {
    // Two symbols and a blank: a a blank a b.
    const logits = f(9, 0, 0, 9, 0, 0, 0, 0, 9, 9, 0, 0, 0, 9, 0)
    const { top, category16 } = recogniseLabels(logits, ['a', 'b', ''], 'ctc')
    expect([top.map((t) => t.label), category16]).toEqual([['aab'], null])
    expect(top[0]!.probability).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 2), 6)
    expect(() => recogniseLabels(f(1, 2, 3, 4), ['a', 'b', ''], 'ctc')).toThrow('gives 4 logits, but its card lists 3 labels; there should be one for each of every step, in index order.')
  })

  it('refuses a list of labels of another length, and logits that are no numbers', () => {
    expect(() => recogniseLabels(f(1, 2, 3), ['a'], 'softmax')).toThrow(ShapeError)
    expect(() => recogniseLabels(f(1, 2, 3), ['a'], 'softmax')).toThrow('gives 3 logits, but its card lists 1 labels')
    expect(() => recogniseLabels(f(1, NaN), ['a', 'b'], 'softmax')).toThrow(NumericalError)
  })
})

describe('sixteenWay', () => {
  it('lets the first class that belongs to a category decide, walking down from the highest logit', () => {
    // order: tench (none), crane (none), siamese (cat), airliner, tabby
    expect(sixteenWay(f(9, 1, 4, 5, 8, 0), categories)).toBe('cat')
  })

  it('takes the best class of a category, not the sum of its classes', () => {
    expect(sixteenWay(f(0, 4.9, 5, 4.9, 0, 0), categories)).toBe('airplane')
  })

  it('shifts the indices for networks whose class 0 is the background', () => {
    expect(sixteenWay(f(0, 0, 0, 7, 5, 0, 0), categories, 1)).toBe('airplane')
  })
})

describe('sameLabel', () => {
  const recognise = (...logits: number[]): ReturnType<typeof recogniseLabels> =>
    recogniseLabels(f(...logits), labels, 'softmax', categories)
  const tabby = recognise(0, 9, 0, 5, 0, 0)
  const siamese = recognise(0, 5, 0, 9, 0, 0)

  it('compares the top label, or the category when the protocol says so', () => {
    expect(sameLabel(tabby, tabby, 'all')).toBe('yes')
    expect(sameLabel(tabby, siamese, 'all')).toBe('no')
    expect(sameLabel(tabby, siamese, '16-way')).toBe('yes')
    expect(decisiveLabel(siamese, 'all')).toBe('siamese')
    expect(decisiveLabel(siamese, '16-way')).toBe('cat')
  })

  it('compares texts by their letters', () => {
    const write = (...logits: number[]) => recogniseLabels(f(...logits), ['a', 'b', ''], 'ctc')
    const a = write(9, 0, 0, 0, 0, 9)
    expect(sameLabel(a, write(0, 0, 5, 5, 0, 0), 'all')).toBe('yes')
    expect(sameLabel(a, write(9, 0, 0, 0, 9, 0), 'all')).toBe('no')
    expect(decisiveLabel(a, 'all')).toBe('a')
  })

  it('tells two classes of one name apart', () => {
    expect(sameLabel(recognise(0, 0, 0, 0, 9, 0), recognise(0, 0, 0, 0, 0, 9), 'all')).toBe('no')
  })

  it('does not apply to a network without labels', () => {
    expect(sameLabel(null, null, 'all')).toBe('not applicable')
  })

  it('refuses the 16-way rule for a network without ImageNet labels', () => {
    const word = recogniseLabels(f(1, 2), ['yes', 'no'], 'softmax')
    expect(() => sameLabel(word, word, '16-way')).toThrow(ProtocolError)
  })
})
