import { describe, expect, it } from 'vitest'
import { besideLine, layOutGraph } from '../../../../../src-renderer/charts/prepare/graphLayout.ts'
import { graphNodes, matchingNodes } from '../../../../../src-renderer/charts/prepare/graphNodes.ts'
import { denseGraph } from '../../../../helpers/fakeLab/graphs.ts'

const node = (tensor: string, op: string, inputs: string[], shape = [8, 8, 4]) => ({ tensor, op, inputs, shape })
const residual = [node('conv', 'Conv', ['x']), node('relu', 'Relu', ['conv']), node('conv2', 'Conv', ['relu']), node('sum', 'Add', ['conv2', 'conv'])]
const input = { tensor: 'x', shape: [16, 16, 3] }

describe('graphNodes', () => {
  it('begins with the input and says operation and shape of each node', () => {
    const nodes = graphNodes(residual, input)
    expect(nodes.map((n) => n.label)).toEqual(['Input\n16 × 16 × 3', 'Conv\n8 × 8 × 4', 'Relu\n8 × 8 × 4', 'Conv\n8 × 8 × 4', 'Add\n8 × 8 × 4'])
  })

  it('leaves out tensors that nothing gives', () => {
    expect(graphNodes([node('a', 'Add', ['x', 'second output of a split'])], input)[1]!.inputs).toEqual(['x'])
  })
})

describe('matchingNodes', () => {
  it.each([['RELU', ['relu']], ['conv2', ['conv2']], ['8x8x4', ['conv', 'relu', 'conv2', 'sum']], ['  ', ['conv', 'relu', 'conv2', 'sum']], ['nothing', []]])('finds "%s"', (word, found) => {
    expect(matchingNodes(residual, word).map((n) => n.tensor)).toEqual(found)
  })
})

describe('layOutGraph', () => {
  it('places each node below those it takes from', () => {
    const nodes = graphNodes(residual, input)
    const { places, edges } = layOutGraph(nodes)
    expect(edges).toHaveLength(5)
    for (const { from, to } of edges) expect(places.get(to)!.y).toBeGreaterThan(places.get(from)!.y)
  })

  it('leads a short cut round the nodes between its ends', () => {
    const { places, edges } = layOutGraph(graphNodes(residual, input))
    const shortCut = edges.find((e) => e.from === 'conv' && e.to === 'sum')!
    const between = places.get('relu')!
    expect(shortCut.bends!.length).toBeGreaterThan(0)
    expect(shortCut.bends!.every((bend) => Math.abs(bend.x - between.x) > 46 || Math.abs(bend.y - between.y) > 17)).toBe(true)
  })

  it('lays out a network where each layer takes from all before it, and keeps every edge', () => {
    const nodes = graphNodes(denseGraph([6, 12, 24, 16]), { tensor: 'input', shape: [224, 224, 3] })
    const { places, edges } = layOutGraph(nodes)
    expect(edges).toHaveLength(nodes.flatMap((n) => n.inputs).length)
    expect(edges.some((edge) => edge.bends === null)).toBe(true)
    for (const { from, to } of edges) expect(places.get(to)!.y).toBeGreaterThan(places.get(from)!.y)
  })
})

describe('besideLine', () => {
  it('gives the share of the way and the distance, positive to the right of one who goes down', () => {
    expect(besideLine({ x: 5, y: 5 }, { x: 0, y: 0 }, { x: 0, y: 10 })).toEqual({ weight: 0.5, distance: -5 })
    expect(besideLine({ x: 5, y: 2 }, { x: 0, y: 0 }, { x: 10, y: 0 })).toEqual({ weight: 0.5, distance: 2 })
  })
})
