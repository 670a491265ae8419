import { MediaError } from '../../domain/errors.ts'
import { splits, type Clip, type Split } from './manifest.ts'

type BySplit = Readonly<Record<Split, readonly Clip[]>>

/** What clips or pictures, and their labels, are called in messages. */
interface Nouns {
  one: string
  some: string
  whose: string
  label: string
}

/** Every clip or picture has one label of the list, and every label some in the splits that each training needs. @throws MediaError */
export function checkLabels({ words, clips }: { words: readonly string[]; clips: BySplit }, place: string, { one, some, whose, label }: Nouns): void {
  for (const { file, labels } of splits.flatMap((split) => clips[split])) {
    if (labels.length !== 1) throw new MediaError(`"${place}" gives "${file}" ${labels.length} labels; ${whose}. Correct it.`)
    if (!words.includes(labels[0]!)) throw new MediaError(`"${place}" gives "${file}" the label "${labels[0]}", which is not in the list of ${label}s (${listed(words)}). Add it there, or correct the label.`)
  }
  for (const split of ['train', 'validation'] as const) {
    if (clips[split].length === 0) throw new MediaError(`"${place}" has no ${some} in the split "${split}", which every training needs. Put some there.`)
    const missing = words.find((word) => !clips[split].some(({ labels }) => labels[0] === word))
    if (missing !== undefined) throw new MediaError(`"${place}" has no ${one} of "${missing}" in the split "${split}": nothing could be ${split === 'train' ? 'learned' : 'judged'} about it. Add some, or take the ${label} out of all splits.`)
  }
}

/** What a head of sounds needs. @throws MediaError */
export function checkSounds({ sounds, backgrounds }: { sounds: readonly string[]; backgrounds: BySplit }): void {
  if (sounds.length === 0) throw new MediaError('A network with a head of sounds needs labelled backgrounds. Give a manifest of backgrounds, or train the word head alone.')
  for (const split of ['train', 'validation'] as const) {
    const missing = sounds.find((label) => !backgrounds[split].some(({ labels }) => labels.includes(label)))
    if (missing !== undefined) throw new MediaError(`No background of the split "${split}" has the label "${missing}". Add some, or take the label out of all splits.`)
    checkDiffer(backgrounds[split], split)
  }
}

/** Where all have the same labels, no area is defined, so that nothing could be judged. */
function checkDiffer(scenes: readonly Clip[], split: Split): void {
  const kinds = new Set(scenes.map(({ labels }) => labels.toSorted().join()))
  if (kinds.size > 1) return
  throw new MediaError(`All backgrounds of the split "${split}" have the same labels (${listed(scenes[0]!.labels)}), so a head of sounds has nothing to tell apart. Add others, with or without labels, or train the word head alone.`)
}

function listed(words: readonly string[]): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')}, … ${words.length} in all` : words.join(', ')
}
