import { expect, it } from 'vitest'
import sixteen from '../../../resources/labels/imagenet16.json' with { type: 'json' }
import { nameLogits } from '../../../src-main/worker/nameLogits.ts'

const highestAt = (index: number, length: number) => Float32Array.from({ length }, (_, i) => Number(i === index))
const network = (labels: string[], kind: 'image' | 'audio' = 'image') => ({ labels, kind, head: 'softmax' as const })
const categoryOf = (labels: string[], index: number, kind?: 'image' | 'audio') => nameLogits(network(labels, kind), highestAt(index, labels.length))!.category16

it('gives the category of a network whose labels are the 16 themselves, in whatever order', () => {
  expect(categoryOf(sixteen.category_order, 6)).toBe('car')
  expect(categoryOf(sixteen.category_order.toReversed(), 0)).toBe('truck')
})

it('gives the category of the best ImageNet class that has one', () => {
  expect(categoryOf(Array.from({ length: 1000 }, (_, i) => `class ${i}`), 281)).toBe('cat')
})

it('gives none for other labels, however many, and for sounds', () => {
  expect(categoryOf([...sixteen.category_order.slice(1), 'spoon'], 3)).toBeNull()
  expect(categoryOf(sixteen.category_order.slice(1), 3)).toBeNull()
  expect(categoryOf(sixteen.category_order, 3, 'audio')).toBeNull()
  expect(nameLogits(network([]), new Float32Array(0))).toBeNull()
})
