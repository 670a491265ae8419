import type { Card } from '../../domain/card.ts'
import type { DeepSpeechNetwork, HearingForm, HearingNetwork, MusicnnVggNetwork, VggishNetwork, WordCnnNetwork } from '../../domain/hearingNetworks.ts'
import type { NamedArray } from '../../domain/weights.ts'
import type { HeadOutputs } from '../models/architectures/hearingHeads.ts'
import { findNetwork } from '../models/catalogue.ts'
import { trainableDeepSpeech } from './deepSpeech.ts'
import { frequencyByTime } from './firstKernels.ts'
import type { HearingTraining } from './makeLayers.ts'
import { musicnnFileName, trainableMusicnnVgg } from './musicnnVgg.ts'
import { deepSpeechStages, musicnnVggStages, vggishStages, wordCnnStages } from './trainedStages.ts'
import type { StartValues, TrainingNetwork } from './trainingNetwork.ts'
import { trainableVggish } from './vggish.ts'
import { trainableWordCnn } from './wordCnn.ts'

/** A network that hears and can be trained from random weights: all that differs between one and another. */
export interface TrainableNetwork {
  /** See `baseCardOf`. */
  base: Card
  build(training: Omit<HearingTraining, 'heads'>, start: StartValues): TrainingNetwork
  /** Widths and heads, as the card of the finished network states them. */
  architecture: NonNullable<Card['architecture']>
  stages: Card['stages']
  /** Name of a weight in the weight file, by its name in training. */
  fileName(name: string): string
  /** Name in the weight file of the kernel that meets the front end's values. */
  firstKernel: string
  /** That kernel as [frequency, time, 1, units]. */
  drawn(kernel: NamedArray): NamedArray
  /** Whether it has batch norms. */
  norms: boolean
  /** What a reader of the card should know, a sentence each. */
  notes: string[]
}

/** @param heads  outputs of each */
export function trainableNetwork(network: HearingNetwork, heads: HeadOutputs): TrainableNetwork {
  switch (network.form) {
    case 'aliased':
    case 'reduced-aliasing':
      return wordCnn(network, heads)
    case 'vggish':
      return vggish(network, heads)
    case 'deepspeech':
      return deepSpeech(network, heads)
    case 'musicnn-vgg':
      return musicnnVgg(network, heads)
  }
}

/**
 * Card of the catalogue network whose code a finished network runs, and whose input and front end it has.
 *
 * @param heads  where there is one for each task, as in the word network's form of reduced aliasing, they choose it
 */
export function baseCardOf(form: HearingForm, heads: HeadOutputs = { word: 1 }): Card {
  if (form === 'aliased') return findNetwork('word-cnn-aliased').card
  return findNetwork(form === 'reduced-aliasing' ? `word-cnn-reduced-aliasing-${suffixOf(heads)}` : form).card
}

function suffixOf({ word, sounds }: HeadOutputs): string {
  if (sounds === undefined) return 'word'
  return word === undefined ? 'audioset' : 'word-audioset'
}

const asItIs = <Value>(value: Value): Value => value

function wordCnn(network: WordCnnNetwork, heads: HeadOutputs): TrainableNetwork {
  const { form, channels, fc } = network
  const base = baseCardOf(form, heads)
  const [rows, columns] = base.stages[0]!.shape as [number, number]
  return {
    base,
    build: (training, start) => trainableWordCnn({ ...network, ...training, heads }, start),
    architecture: { channels, fc, outputs: heads },
    stages: wordCnnStages(network, heads, { rows, columns }),
    fileName: asItIs,
    firstKernel: 'conv_0.kernel',
    drawn: asItIs,
    norms: true,
    notes: [],
  }
}

function vggish(network: VggishNetwork, heads: HeadOutputs): TrainableNetwork {
  const { form, ...widths } = network
  const base = baseCardOf(form)
  return {
    base,
    build: (training, start) => trainableVggish({ ...widths, ...training, heads }, start),
    architecture: { ...widths, outputs: heads },
    stages: vggishStages(base, network, heads),
    fileName: asItIs,
    firstKernel: 'conv1.kernel',
    drawn: frequencyByTime,
    norms: false,
    notes: ['Its heads take the mean over the patches of the embedding, rectified; the published VGGish ends with the embedding.'],
  }
}

function deepSpeech(network: DeepSpeechNetwork, heads: HeadOutputs): TrainableNetwork {
  const { form, cells } = network
  const base = baseCardOf(form)
  return {
    base,
    build: (training, start) => trainableDeepSpeech({ cells, ...training, heads }, start),
    architecture: { cells, outputs: heads },
    stages: deepSpeechStages(base, network, heads),
    fileName: asItIs,
    firstKernel: 'layer_1.kernel',
    drawn: (kernel) => frequencyByTime(framesApart(kernel)),
    norms: false,
    notes: ['Its heads take the mean over the steps of layer_5 in place of layer_6, the letters of the published DeepSpeech.'],
  }
}

/** A dense layer's kernel on framed coefficients, [frames * coefficients, units]: [frames, coefficients, 1, units]. */
function framesApart({ shape: [inputs, units], data }: NamedArray): NamedArray {
  const coefficients = 26
  return { shape: [inputs! / coefficients, coefficients, 1, units!], data }
}

function musicnnVgg(network: MusicnnVggNetwork, heads: HeadOutputs): TrainableNetwork {
  const { form, channels } = network
  const base = baseCardOf(form)
  return {
    base,
    build: (training, start) => trainableMusicnnVgg({ channels, ...training, heads }, start),
    architecture: { channels, outputs: heads },
    stages: musicnnVggStages(base, network, heads),
    fileName: musicnnFileName,
    firstKernel: musicnnFileName('1CNN.kernel'),
    drawn: frequencyByTime,
    norms: true,
    notes: [],
  }
}
