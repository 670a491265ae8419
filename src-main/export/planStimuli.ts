import type { ExportInput, ExportItem } from './exportInput.ts'
import { namePart, sha256, uniqueNames } from './fileNames.ts'
import { encodeStimulus, type EncodedStimulus, type StimulusRole } from './stimulusFile.ts'

/** One stimulus of the set, with the place its file gets inside the folder. */
export interface PlannedStimulus {
  role: StimulusRole
  path: string
  bytes: Uint8Array
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
    path: `stimuli/${names[i]}.${metamer.extension}`,
    bytes: metamer.bytes,
    item,
    referencePath: references.get(referenceKey)!.path,
  }))
  return [...references.values(), ...metamers]
}

interface EncodedItem {
  item: ExportItem
  metamer: EncodedStimulus
  reference: EncodedStimulus
  /** SHA-256 of the encoded reference: networks of unlike input size see unlike references. */
  referenceKey: string
}

function encodeItem(item: ExportItem, programVersion: string): EncodedItem {
  const reference = encodeStimulus(item, 'reference', programVersion)
  return { item, metamer: encodeStimulus(item, 'metamer', programVersion), reference, referenceKey: sha256(reference.bytes) }
}

function planReferences(encoded: readonly EncodedItem[]): Map<string, PlannedStimulus> {
  const first = new Map<string, EncodedItem>()
  for (const one of encoded) if (!first.has(one.referenceKey)) first.set(one.referenceKey, one)
  const distinct = [...first.values()]
  const names = uniqueNames(
    distinct.map(({ item, referenceKey }) => ({ stem: `reference_${referencePart(item)}`, suffix: referenceKey.slice(0, 8) })),
  )
  return new Map(
    distinct.map(({ item, reference, referenceKey }, i) => {
      const path = `stimuli/${names[i]}.${reference.extension}`
      return [referenceKey, { role: 'reference', path, bytes: reference.bytes, item, referencePath: path }]
    }),
  )
}

function metamerStem(item: ExportItem): string {
  const { network, layer, seed } = item.run
  return `${namePart(network)}_${namePart(layer)}_${referencePart(item)}_seed${seed}`
}

function referencePart(item: ExportItem): string {
  return namePart(item.run.referenceName.replace(/\.[^.]*$/, ''))
}
