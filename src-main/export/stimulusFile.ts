import type { QuantisedSignal, StimulusMimeType } from '../domain/stimulus.ts'
import { encodePng, settingsKeyword } from '../media/encodePng.ts'
import { encodeWav } from '../media/encodeWav.ts'
import { encodeNpy } from '../media/npy.ts'
import { settingsText } from '../media/settingsText.ts'
import type { ExportItem } from './exportInput.ts'

export type StimulusRole = 'metamer' | 'reference'

/** What a stimulus file tells of where its signal comes from. */
export type StimulusOrigin = Pick<ExportItem, 'run' | 'referenceHash' | 'networkWeights'>

export interface EncodedStimulus {
  bytes: Uint8Array
  extension: 'png' | 'wav' | 'npy'
  mimeType: StimulusMimeType
}

/** Write a stored signal as PNG or WAV that carries how it was made, or a cochleagram as NPY, which cannot: what the window plays is what an export holds. */
export function encodeStimulus(item: ExportItem, role: StimulusRole, programVersion: string): EncodedStimulus {
  return encodeSignal(item[role], item, role, programVersion)
}

/** The same for a signal of a run that may have no result yet. */
export function encodeSignal(signal: QuantisedSignal, origin: StimulusOrigin, role: StimulusRole, programVersion: string): EncodedStimulus {
  switch (signal.kind) {
    case 'image':
      return { bytes: encodePng(signal, { [settingsKeyword]: settingsOf(origin, role, programVersion) }), extension: 'png', mimeType: 'image/png' }
    case 'audio':
      return { bytes: encodeWav(signal, settingsOf(origin, role, programVersion)), extension: 'wav', mimeType: 'audio/wav' }
    case 'cochleagram':
      return { bytes: encodeNpy([1, signal.rows, signal.columns, 1], signal.data), extension: 'npy', mimeType: 'application/octet-stream' }
  }
}

/**
 * Draw the stored picture of a cochleagram that is no sound's, for people to look at: grey, white at its maximum, low frequencies below.
 *
 * @returns null for what is seen or heard itself
 */
export function encodePicture(item: ExportItem, role: StimulusRole, programVersion: string): Uint8Array | null {
  if (item[role].kind !== 'cochleagram' || !item.cochleagrams) return null
  const { rows, columns, data } = item.cochleagrams[role]
  const grey = (at: number): number => data[(rows - 1 - Math.floor(at / columns)) * columns + (at % columns)]!
  const rgb = Uint8Array.from({ length: 3 * rows * columns }, (_, i) => grey(Math.floor(i / 3)))
  return encodePng({ kind: 'image', height: rows, width: columns, data: rgb }, { [settingsKeyword]: settingsOf(item, role, programVersion) })
}

function settingsOf(origin: StimulusOrigin, role: StimulusRole, programVersion: string): string {
  return settingsText({ program: `Metamer Lab ${programVersion}`, ...embeddedSettings(origin, role) })
}

/**
 * What a stimulus file says about itself. Verdicts are left out, since they may change when a null distribution grows;
 * so is everything of the run in a reference, which many runs share.
 */
function embeddedSettings(item: StimulusOrigin, role: StimulusRole): object {
  const { run } = item
  const reference = { fileName: run.referenceName, sha256: item.referenceHash }
  if (role === 'reference') return { role, reference }
  return {
    role,
    reference,
    network: { name: run.network, sha256: run.networkHash, weights: item.networkWeights },
    layer: run.layer,
    seed: run.seed,
    protocol: run.protocol,
    updates: run.updatesDone,
    loss: run.loss,
    environment: run.environment,
    run: run.id,
    inverts: run.inverts,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  }
}
