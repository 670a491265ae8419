import type { ExportInput, ExportItem } from './exportInput.ts'
import { namePart, sha256, uniqueNames } from './fileNames.ts'
import { encodePicture, encodeStimulus, type EncodedStimulus, type StimulusRole } from './stimulusFile.ts'

/** One stimulus of the set, with the place its file gets inside the folder. */
export interface PlannedStimulus {
  role: StimulusRole
  path: string
  bytes: Uint8Array
  /** Of a cochleagram that is no sound's: where its picture lies, and the picture. */
  picture: { path: string; bytes: Uint8Array } | null
  /** The run a metamer came from; for a reference the first of the runs that used it. */
  item: ExportItem
  /** Where the reference lies that belongs to it; of a reference, its own place. */
  referencePath: string
}

/** Lay out the stimuli: every reference once, then the metamers in the order given. */
export function planStimuli(input: ExportInput): PlannedStimulus[] {
  const encoded = input.items.map((item) => encodeItem(item, input.programVersion))
  const references = planReferences(encoded)
  const names = uniqueNames(encoded.map(({ item }) => ({ stem: metamerStem(item), suffix: `run${item.run.id}` })))
  const metamers = encoded.map(({ item, metamer, referenceKey }, i) => ({
    role: 'metamer' as const,
    ...placed(metamer, names[i]!),
    item,
    referencePath: references.get(referenceKey)!.path,
  }))
  return [...references.values(), ...metamers]
}

interface EncodedItem {
  item: ExportItem
  metamer: Encoded
  reference: Encoded
  /** SHA-256 of the encoded reference: networks of unlike input size see unlike references. */
  referenceKey: string
}

interface Encoded extends EncodedStimulus {
  picture: Uint8Array | null
}

function encodeItem(item: ExportItem, programVersion: string): EncodedItem {
  const encode = (role: StimulusRole): Encoded => ({ ...encodeStimulus(item, role, programVersion), picture: encodePicture(item, role, programVersion) })
  const reference = encode('reference')
  return { item, metamer: encode('metamer'), reference, referenceKey: sha256(reference.bytes) }
}

function placed({ bytes, extension, picture }: Encoded, name: string): Pick<PlannedStimulus, 'path' | 'bytes' | 'picture'> {
  return { path: `stimuli/${name}.${extension}`, bytes, picture: picture && { path: `stimuli/${name}.png`, bytes: picture } }
}

function planReferences(encoded: readonly EncodedItem[]): Map<string, PlannedStimulus> {
  const first = new Map<string, EncodedItem>()
  for (const one of encoded) if (!first.has(one.referenceKey)) first.set(one.referenceKey, one)
  const distinct = [...first.values()]
  const names = uniqueNames(distinct.map(({ item, referenceKey }) => ({ stem: referenceStem(item), suffix: referenceKey.slice(0, 8) })))
  return new Map(
    distinct.map(({ item, reference, referenceKey }, i) => {
      const place = placed(reference, names[i]!)
      return [referenceKey, { role: 'reference', ...place, item, referencePath: place.path }]
    }),
  )
}

/** What a sound inverts is no natural stimulus, and is not called one. */
function referenceStem(item: ExportItem): string {
  const { inverts } = item.run
  return inverts === null ? `reference_${referencePart(item)}` : `cochleagram-of-run${inverts}_${referencePart(item)}`
}

function metamerStem(item: ExportItem): string {
  const { network, layer, seed } = item.run
  return `${namePart(network)}_${namePart(layer)}_${referencePart(item)}_seed${seed}`
}

function referencePart(item: ExportItem): string {
  return namePart(item.run.referenceName.replace(/\.[^.]*$/, ''))
}
