import type { Card } from '../../domain/card.ts'
import type { DeepSpeechNetwork, MusicnnVggNetwork, VggishNetwork, WordCnnNetwork } from '../../domain/hearingNetworks.ts'
import { headsOf, type HeadOutputs } from '../models/architectures/hearingHeads.ts'

type StageEntry = Card['stages'][number]

/** @param frontEnd  rows and columns of the cochleagram */
export function wordCnnStages({ form, channels, fc }: WordCnnNetwork, heads: HeadOutputs, { rows, columns }: { rows: number; columns: number }): StageEntry[] {
  const [c0, c1, c2, c3, c4] = channels
  const size = (...strides: number[]): [number, number] => [rows, columns].map((n) => strides.reduce((s, stride) => Math.ceil(s / stride), n)) as [number, number]
  const stage = (name: string, shape: number[], metamerLayer: boolean, endsIn: 'linear' | 'relu' = 'linear'): StageEntry => ({ name, shape, metamerLayer, endsIn })
  const reduced = form === 'reduced-aliasing'
  const first = (name: string, shape: number[]) => stage(name, shape, true, reduced ? 'linear' : 'relu')
  return [
    stage('cochleagram', [rows, columns, 1], true),
    first(reduced ? 'pool_0_0' : 'conv_0', [...size(3), c0]),
    stage(reduced ? 'pool_0_1' : 'pool_0', [...size(3, 2), c0], false),
    first(reduced ? 'pool_1_0' : 'conv_1', [...size(3, 2, 2), c1]),
    stage(reduced ? 'pool_1_1' : 'pool_1', [...size(3, 2, 2, 2), c1], false),
    stage('conv_2', [...size(3, 2, 2, 2), c2], true, 'relu'),
    stage('conv_3', [...size(3, 2, 2, 2), c3], true, 'relu'),
    stage('conv_4', [...size(3, 2, 2, 2), c4], true, 'relu'),
    stage('pool_4', [...size(3, 2, 2, 2, 2), c4], false),
    stage('fc_intermediate', [fc], true, 'relu'),
    ...ofHeads(heads),
  ]
}

/** @param base  the catalogue's card, whose stages these are at other widths */
export function vggishStages({ stages }: Card, { channels, fc, embedding }: VggishNetwork, heads: HeadOutputs): StageEntry[] {
  const widths: Record<string, number> = { embedding, fc1_1: fc, fc1_2: fc }
  return [...stages.map((stage) => asWide(stage, widths[stage.name] ?? channels[groupOf(stage.name)])), ...ofHeads(heads)]
}

/** "conv3_2" belongs to the third group. */
function groupOf(name: string): number {
  return Number(/^conv(\d)/.exec(name)?.[1] ?? NaN) - 1
}

export function deepSpeechStages({ stages }: Card, { cells }: DeepSpeechNetwork, heads: HeadOutputs): StageEntry[] {
  const [mfcc, ...others] = stages.slice(0, -1)
  return [mfcc!, ...others.map((stage) => asWide(stage, cells)), ...ofHeads(heads)]
}

export function musicnnVggStages({ stages }: Card, { channels }: MusicnnVggNetwork, heads: HeadOutputs): StageEntry[] {
  const [logmel, inputNorm, ...blocks] = stages.slice(0, -1)
  return [logmel!, inputNorm!, ...blocks.map((stage) => asWide(stage, channels)), ...ofHeads(heads)]
}

/** The same stage of another width; absent: as it is. */
function asWide(stage: StageEntry, width: number | undefined): StageEntry {
  return width === undefined ? stage : { ...stage, shape: [...stage.shape.slice(0, -1), width] }
}

function ofHeads(heads: HeadOutputs): StageEntry[] {
  return headsOf(heads).map(({ stage, outputs }) => ({ name: stage, shape: [outputs], metamerLayer: true, endsIn: 'linear' }))
}
