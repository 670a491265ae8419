import type { Convention } from './convention.ts'
import { deepSpeechConventions, musicnnVggConventions, vggishConventions } from './conventions/audio.ts'
import { efficientNetLiteConventions } from './conventions/efficientNetLite.ts'
import { inceptionV3Conventions } from './conventions/inceptionV3.ts'
import { own } from './conventions/own.ts'
import { resNet101V2Conventions } from './conventions/resNet101V2.ts'
import { vgg19Conventions } from './conventions/vgg19.ts'

/** By the network's name in the catalogue. The word networks' own files were not published, so their names are unknown. */
const published: Record<string, readonly Convention[]> = {
  'efficientnet-lite0': efficientNetLiteConventions,
  'efficientnet-lite1': efficientNetLiteConventions,
  'efficientnet-lite2': efficientNetLiteConventions,
  'vgg-19': vgg19Conventions,
  'inception-v3': inceptionV3Conventions,
  'resnet-101-v2': resNet101V2Conventions,
  'musicnn-vgg': musicnnVggConventions,
  vggish: vggishConventions,
  deepspeech: deepSpeechConventions,
}

/** The conventions in which a catalogue network's weights may come, the likelier first. */
export function conventionsOf(network: string): readonly Convention[] {
  return [...(published[network] ?? []), own]
}
