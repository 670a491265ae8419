import { describe, expect, it } from 'vitest'
import type { GraphNodeDescription } from '../../../../../src-main/domain/importing.ts'
import { outputOf, picksAfter, picksProblem, picksThatRemain, stagesOf, suggestedPicks, withToggled } from '../../../../../src-renderer/stores/prepare/layerPicks.ts'

const node = (tensor: string, changes: Partial<GraphNodeDescription> = {}): GraphNodeDescription => ({
  tensor, op: 'Conv', inputs: [], shape: [4, 4, 8], parameters: 0, endsIn: 'linear', metamerLayer: true, suggested: false, ...changes,
})
const graph = { nodes: [node('t1'), node('t2', { endsIn: 'relu', suggested: true }), node('t3', { shape: [10] }), node('t4', { op: 'Softmax', shape: [10] })] }

describe('suggestedPicks', () => {
  it('takes what the importer suggests, by the names of its stages where they have one', () => {
    const stages = [{ name: 'logits', tensor: 't3', shape: [10], metamerLayer: true, endsIn: 'linear' as const }]
    expect([...suggestedPicks(graph, stages)]).toEqual([['t2', 't2'], ['t3', 'logits']])
  })
})

describe('stagesOf', () => {
  it('follows the graph\'s order, whatever order they were ticked in, and ends with the output', () => {
    const stages = stagesOf(graph, new Map([['t2', 'relu1'], ['t1', 't1']]), 't3')
    expect(stages).toEqual([
      { name: 't1', shape: [4, 4, 8], metamerLayer: true, endsIn: 'linear' },
      { name: 'relu1', tensor: 't2', shape: [4, 4, 8], metamerLayer: true, endsIn: 'relu' },
      { name: 't3', shape: [10], metamerLayer: true, endsIn: 'linear' },
    ])
  })

  it('leaves out what comes after the output, and tells', () => {
    const picks = new Map([['t4', 'probabilities']])
    expect(stagesOf(graph, picks, 't3').map((s) => s.name)).toEqual(['t3'])
    expect(picksAfter(graph, picks, 't3')).toEqual(['probabilities'])
  })
})

describe('picksProblem', () => {
  it.each([
    ['no output', new Map(), null, 'Choose the output whose values are the labels.'],
    ['the same name twice', new Map([['t1', 'a'], ['t2', ' a ']]), 't3', 'Two layers are called "a". Give one of them another name.'],
    ['no name', new Map([['t1', ' ']]), 't3', 'Give the layer of tensor "t1" a name.'],
  ])('tells of %s', (_what, picks, output, sentence) => {
    expect(picksProblem(graph, picks, output)).toBe(sentence)
  })

  it('tells when no metamer can be made anywhere', () => {
    const measuredOnly = { nodes: graph.nodes.map((n) => ({ ...n, metamerLayer: false })) }
    expect(picksProblem(measuredOnly, new Map(), 't3')).toBe('Tick at least one layer that metamers can be made from.')
  })

  it('finds none in the suggestion', () => {
    expect(picksProblem(graph, suggestedPicks(graph, []), 't3')).toBeNull()
  })
})

describe('picks', () => {
  it('are ticked and unticked', () => {
    const one = withToggled(new Map(), 't1')
    expect([...one]).toEqual([['t1', 't1']])
    expect(withToggled(one, 't1').size).toBe(0)
  })

  it('remain where their tensor does', () => {
    expect([...picksThatRemain(new Map([['t1', 'mine'], ['gone', 'x']]), graph)]).toEqual([['t1', 'mine']])
  })
})

describe('outputOf', () => {
  it('is the wanted one while it is there, else the last node', () => {
    expect(outputOf(graph, 't3')).toBe('t3')
    expect(outputOf(graph, 'gone')).toBe('t4')
    expect(outputOf({ nodes: [] }, 't3')).toBeNull()
  })
})
