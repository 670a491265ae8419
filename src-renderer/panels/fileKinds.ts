import type { Params } from '../../src-main/rpc/contract/methods.ts'

export type FileKind = 'project' | 'network' | 'stimulus' | 'card' | 'manifest'

interface Look {
  /** What the program is asked to list. */
  show?: Params<'folders.list'>['show']
  /** Of those, by name, which can be chosen. */
  takes: (name: string) => boolean
  /** What a new one's name ends in. */
  ending: string
  hint: string
}

/** Which files a chooser offers. */
export const fileKinds: Readonly<Record<FileKind, Look>> = {
  project: { takes: (name) => name.endsWith('.metamer'), ending: '.metamer', hint: 'Choose a project file (.metamer).' },
  network: { show: 'models', takes: (name) => /\.[a-z0-9]+$/i.test(name), ending: '', hint: 'Choose a model file (TensorFlow: .index; tfjs: model.json).' },
  stimulus: { takes: (name) => /\.(png|jpe?g|webp|gif|tiff?|wav|npy)$/i.test(name), ending: '', hint: 'Choose a picture or a sound.' },
  card: { show: 'models', takes: (name) => name.endsWith('.json'), ending: '.json', hint: 'Choose a network card (.json).' },
  manifest: { show: 'manifests', takes: (name) => /\.csv$/i.test(name), ending: '.csv', hint: 'Choose a manifest (.csv).' },
}
