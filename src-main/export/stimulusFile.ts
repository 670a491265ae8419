import type { QuantisedSignal } from '../domain/stimulus.ts'
import { encodePng, settingsKeyword } from '../media/encodePng.ts'
import { encodeWav } from '../media/encodeWav.ts'
import { settingsText } from '../media/settingsText.ts'
import type { ExportItem } from './exportInput.ts'

export type StimulusRole = 'metamer' | 'reference'

/** What a stimulus file tells of where its signal comes from. */
export type StimulusOrigin = Pick<ExportItem, 'run' | 'referenceHash' | 'networkWeights'>

export interface EncodedStimulus {
  bytes: Uint8Array
  extension: 'png' | 'wav'
  mimeType: 'image/png' | 'audio/wav'
}

/** Write a stored signal as PNG or WAV that carries how it was made: what the window plays is what an export holds. */
export function encodeStimulus(item: ExportItem, role: StimulusRole, programVersion: string): EncodedStimulus {
  return encodeSignal(item[role], item, role, programVersion)
}

/** The same for a signal of a run that may have no result yet. */
export function encodeSignal(signal: QuantisedSignal, origin: StimulusOrigin, role: StimulusRole, programVersion: string): EncodedStimulus {
  const settings = settingsText({ program: `Metamer Lab ${programVersion}`, ...embeddedSettings(origin, role) })
  return signal.kind === 'image'
    ? { bytes: encodePng(signal, { [settingsKeyword]: settings }), extension: 'png', mimeType: 'image/png' }
    : { bytes: encodeWav(signal, settings), extension: 'wav', mimeType: 'audio/wav' }
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
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  }
}
