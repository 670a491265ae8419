import { readCard, type Card } from '../../domain/card.ts'
import { headsOf, logitsHead, type HeadOutputs } from '../models/architectures/wordCnnHeads.ts'
import type { WordCnnTraining } from './wordCnn.ts'

export interface TrainedNetwork {
  name: string
  title: string
  network: Pick<WordCnnTraining, 'form' | 'channels' | 'fc' | 'heads'>
  /** Of the cochleagram. */
  rows: number
  columns: number
  /** Of the head that gives the logits. */
  labels: string[]
  weights: { hash: string; source: string; licence: string }
  notes: string[]
}

/** The card of a network that was trained here: it is found in a folder of networks and runs the code of a catalogue network. */
export function trainedCard({ name, title, network, rows, columns, labels, weights, notes }: TrainedNetwork): Card {
  const { hash, source, licence } = weights
  const value: unknown = {
    format: 1,
    name,
    aliases: [],
    title,
    input: { kind: 'audio', samples: 40_000, sampleRateHz: 20_000 },
    network: { from: 'architecture', name: codeOf(network) },
    normalisation: null,
    frontEnd: { name: 'cochleagram', filters: rows === 171 ? 40 : 50 },
    architecture: { channels: network.channels, fc: network.fc, outputs: network.heads },
    stages: stagesOf(network, rows, columns),
    labels,
    head: logitsHead(network.heads).head === 'word' ? 'softmax' : 'sigmoid',
    baseLearningRate: 0.001,
    needsNativeEngine: null,
    weights: { state: 'trained', source, licence, file: 'weights.safetensors', hash, sourceFile: { name: 'weights.safetensors', hash } },
    notes,
  }
  return readCard(value, `of "${name}"`)
}

/** The catalogue network that has the same form and, where there is one, the same heads; its code takes the sizes from the card. */
function codeOf({ form, heads }: TrainedNetwork['network']): string {
  return form === 'aliased' ? 'word-cnn-aliased' : `word-cnn-reduced-aliasing-${suffixOf(heads)}`
}

function suffixOf({ word, sounds }: HeadOutputs): string {
  if (sounds === undefined) return 'word'
  return word === undefined ? 'audioset' : 'word-audioset'
}

type StageEntry = Omit<Card['stages'][number], 'tensor'>

function stagesOf({ form, channels, fc, heads }: TrainedNetwork['network'], rows: number, columns: number): StageEntry[] {
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
    ...headsOf(heads).map((head) => stage(head.stage, [head.outputs], true)),
  ]
}
