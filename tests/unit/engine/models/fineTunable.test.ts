import { describe, expect, it } from 'vitest'
import type { Card } from '../../../../src-main/domain/card.ts'
import { findNetwork, networkSummaries, networkSummary } from '../../../../src-main/engine/models/catalogue.ts'
import { fineTunableAs } from '../../../../src-main/engine/models/fineTunable.ts'
import { baseNotices, fineTuningOf } from '../../../../src-main/engine/training/fineTuning.ts'

const { card: inception } = findNetwork('inception-v3')
const own: Card = { ...inception, name: 'ours', network: { from: 'architecture', name: 'inception-v3', variant: 'slim' } }
const graph: Card = { ...inception, name: 'graph', network: { from: 'graph', format: 'onnx', input: 'x', layout: 'channels first' } }

describe('what can be fine-tuned', () => {
  it('is every network of the catalogue that sees, from one of its own stages on', () => {
    const seeing = networkSummaries().filter(({ kind }) => kind === 'image')
    for (const { stages, learnsFrom } of seeing) expect(stages.map(({ name }) => name)).toContain(learnsFrom)
    expect(Object.fromEntries(seeing.map(({ name, learnsFrom }) => [name, learnsFrom]))).toMatchObject({ 'efficientnet-lite2': 'block6', 'vgg-19': 'fc7', 'inception-v3': 'Mixed_7b', 'resnet-101-v2': 'block4' })
    expect(networkSummaries().filter(({ kind, learnsFrom }) => kind === 'audio' && learnsFrom !== null)).toEqual([])
  })

  it('is a network with weights of its own by its architecture', () => {
    expect(fineTunableAs(own)).toEqual({ code: 'inception-v3', defaultFrom: 'Mixed_7b' })
    expect(networkSummary(own).learnsFrom).toBe('Mixed_7b')
    expect(fineTuningOf(own, 'Mixed_6a')).toMatchObject({ code: 'inception-v3', from: 'Mixed_6a', size: { height: 299, width: 299 } })
  })

  it('is no whole graph, whatever its name', () => {
    expect(fineTunableAs({ ...graph, name: 'vgg-19' })).toBeNull()
    expect(() => fineTuningOf(graph, null)).toThrow('Network "graph" cannot be fine-tuned: it came from its file as a whole graph, whose weights stay as they are. Choose one of efficientnet-lite0,')
    expect(() => fineTuningOf(graph, null)).toThrow('vgg-19, inception-v3, resnet-101-v2, or a network made from one of these.')
  })

  it('says of random weights what stays random', () => {
    expect(baseNotices(inception, 'Mixed_7b')).toEqual([expect.stringMatching(/^The weights of "inception-v3" are random \(seed 0\): the stages before Mixed_7b, which stay as they are, are random filters, and the stages that learn begin at random\./)])
    expect(baseNotices(inception, 'Conv2d_1a_3x3')[0]).toMatch(/^The weights of "inception-v3" are random \(seed 0\): the stages that learn begin at random\./)
    expect(baseNotices(findNetwork('efficientnet-lite0').card, 'block6')).toEqual([])
  })
})
