import efficientNetLite0Card from '../../../models/efficientnet-lite0/card.json' with { type: 'json' }
import sixteenWay1Card from '../../../models/efficientnet-lite0-16way-seed1/card.json' with { type: 'json' }
import sixteenWay2Card from '../../../models/efficientnet-lite0-16way-seed2/card.json' with { type: 'json' }
import efficientNetLite1Card from '../../../models/efficientnet-lite1/card.json' with { type: 'json' }
import efficientNetLite2Card from '../../../models/efficientnet-lite2/card.json' with { type: 'json' }
import inceptionV3Card from '../../../models/inception-v3/card.json' with { type: 'json' }
import resNet101V2Card from '../../../models/resnet-101-v2/card.json' with { type: 'json' }
import musicnnVggCard from '../../../models/musicnn-vgg/card.json' with { type: 'json' }
import vgg19Card from '../../../models/vgg-19/card.json' with { type: 'json' }
import wordCnnAliasedCard from '../../../models/word-cnn-aliased/card.json' with { type: 'json' }
import digitsAliasedCard from '../../../models/word-cnn-aliased-digits-seed1/card.json' with { type: 'json' }
import digitsReducedSeed1Card from '../../../models/word-cnn-reduced-aliasing-digits-seed1/card.json' with { type: 'json' }
import digitsReducedSeed2Card from '../../../models/word-cnn-reduced-aliasing-digits-seed2/card.json' with { type: 'json' }
import digitsScenesCard from '../../../models/word-cnn-reduced-aliasing-digits-scenes-seed1/card.json' with { type: 'json' }
import scenesCard from '../../../models/word-cnn-reduced-aliasing-scenes-seed1/card.json' with { type: 'json' }
import deepSpeechCard from '../../../models/deepspeech/card.json' with { type: 'json' }
import vggishCard from '../../../models/vggish/card.json' with { type: 'json' }
import wordCnnAudioSetCard from '../../../models/word-cnn-reduced-aliasing-audioset/card.json' with { type: 'json' }
import wordCnnRandomCard from '../../../models/word-cnn-reduced-aliasing-random/card.json' with { type: 'json' }
import wordCnnWordCard from '../../../models/word-cnn-reduced-aliasing-word/card.json' with { type: 'json' }
import wordCnnWordAudioSetCard from '../../../models/word-cnn-reduced-aliasing-word-audioset/card.json' with { type: 'json' }
import textSymbols from '../../../resources/labels/english-text-29.json' with { type: 'json' }
import imagenetLabels from '../../../resources/labels/imagenet-1000.json' with { type: 'json' }
import musicTags from '../../../resources/labels/magnatagatune-50.json' with { type: 'json' }
import wordLabels from '../../../resources/labels/words-794.json' with { type: 'json' }
import { ModelFileError } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network.ts'
import type { Architecture } from './architectures/architecture.ts'
import { deepSpeech } from './architectures/deepSpeech.ts'
import { efficientNetLite } from './architectures/efficientNetLite.ts'
import { efficientNetLiteSizes } from './architectures/efficientNetLiteLayout.ts'
import { inceptionV3 } from './architectures/inceptionV3.ts'
import { resNet101V2 } from './architectures/resNet101V2.ts'
import { musicnnVgg } from './architectures/musicnnVgg.ts'
import { vgg19 } from './architectures/vgg19.ts'
import { vggish } from './architectures/vggish.ts'
import { wordCnnAliased, wordCnnReducedAliasing } from './architectures/wordCnn.ts'
import { readCard, type Card } from '../../domain/card.ts'
import { summaryOf } from '../../domain/networkSummary.ts'
import { fineTunableAs } from './fineTunable.ts'

/** A network the program knows: its card, and the code of its architecture. */
export interface CatalogueEntry {
  card: Card
  architecture: Architecture
}

const efficientNetLite0 = efficientNetLite(efficientNetLiteSizes['efficientnet-lite0'])

const catalogue: readonly CatalogueEntry[] = [
  { card: readCard(efficientNetLite0Card, 'models/efficientnet-lite0/card.json'), architecture: efficientNetLite0 },
  { card: readCard(efficientNetLite1Card, 'models/efficientnet-lite1/card.json'), architecture: efficientNetLite(efficientNetLiteSizes['efficientnet-lite1']) },
  { card: readCard(efficientNetLite2Card, 'models/efficientnet-lite2/card.json'), architecture: efficientNetLite(efficientNetLiteSizes['efficientnet-lite2']) },
  { card: readCard(sixteenWay1Card, 'models/efficientnet-lite0-16way-seed1/card.json'), architecture: efficientNetLite0 },
  { card: readCard(sixteenWay2Card, 'models/efficientnet-lite0-16way-seed2/card.json'), architecture: efficientNetLite0 },
  { card: readCard(wordCnnAliasedCard, 'models/word-cnn-aliased/card.json'), architecture: wordCnnAliased },
  { card: readCard(wordCnnRandomCard, 'models/word-cnn-reduced-aliasing-random/card.json'), architecture: wordCnnReducedAliasing('word') },
  { card: readCard(wordCnnAudioSetCard, 'models/word-cnn-reduced-aliasing-audioset/card.json'), architecture: wordCnnReducedAliasing('sounds') },
  { card: readCard(wordCnnWordCard, 'models/word-cnn-reduced-aliasing-word/card.json'), architecture: wordCnnReducedAliasing('word') },
  { card: readCard(wordCnnWordAudioSetCard, 'models/word-cnn-reduced-aliasing-word-audioset/card.json'), architecture: wordCnnReducedAliasing('sounds', 'word') },
  { card: readCard(digitsAliasedCard, 'models/word-cnn-aliased-digits-seed1/card.json'), architecture: wordCnnAliased },
  { card: readCard(digitsReducedSeed1Card, 'models/word-cnn-reduced-aliasing-digits-seed1/card.json'), architecture: wordCnnReducedAliasing('word') },
  { card: readCard(digitsReducedSeed2Card, 'models/word-cnn-reduced-aliasing-digits-seed2/card.json'), architecture: wordCnnReducedAliasing('word') },
  { card: readCard(digitsScenesCard, 'models/word-cnn-reduced-aliasing-digits-scenes-seed1/card.json'), architecture: wordCnnReducedAliasing('sounds', 'word') },
  { card: readCard(scenesCard, 'models/word-cnn-reduced-aliasing-scenes-seed1/card.json'), architecture: wordCnnReducedAliasing('sounds') },
  { card: readCard(vgg19Card, 'models/vgg-19/card.json'), architecture: vgg19 },
  { card: readCard(inceptionV3Card, 'models/inception-v3/card.json'), architecture: inceptionV3 },
  { card: readCard(resNet101V2Card, 'models/resnet-101-v2/card.json'), architecture: resNet101V2 },
  { card: readCard(musicnnVggCard, 'models/musicnn-vgg/card.json'), architecture: musicnnVgg },
  { card: readCard(vggishCard, 'models/vggish/card.json'), architecture: vggish },
  { card: readCard(deepSpeechCard, 'models/deepspeech/card.json'), architecture: deepSpeech },
]

const labelLists: Record<Extract<Card['labels'], string>, string[]> = {
  'imagenet-1000': imagenetLabels,
  'words-794': wordLabels,
  'magnatagatune-50': musicTags,
  'english-text-29': textSymbols,
}

/** All networks, in the order they are offered. No tensors are made. */
export function networkSummaries(): NetworkSummary[] {
  return catalogue.map(({ card }) => networkSummary(card))
}

export function networkSummary(card: Card): NetworkSummary {
  return { ...summaryOf(card, labelsOf(card)), learnsFrom: fineTunableAs(card)?.defaultFrom ?? null }
}

/** In the order of the outputs. */
function labelsOf({ labels, labelOffset }: Card): string[] {
  if (labels === null) return []
  const list = Array.isArray(labels) ? labels : labelLists[labels]
  return [...Array.from({ length: labelOffset }, () => 'background'), ...list]
}

/**
 * Find a network by its name or an alias.
 *
 * @throws ModelFileError that lists the networks
 */
export function findNetwork(name: string): CatalogueEntry {
  const found = catalogue.find(({ card }) => card.name === name || card.aliases.includes(name))
  if (found) return found
  const names = catalogue.map(({ card }) => card.name).join(', ')
  throw new ModelFileError(`There is no network "${name}". The networks are: ${names}. Choose one of these.`)
}
