import type { Preview, SynthesisProgress } from '../domain/run.ts'

export interface ProgressSettings {
  runId: number
  /** Updates of the whole run. */
  updates: number
  /** Updates made before this process took it up. */
  startUpdate: number
  /** Shortest pause between two reports. */
  everyMs: number
  /** The same between two previews, as it is now. */
  previewEveryMs(): number
  now(): number
  preview(): Preview
  tell(progress: SynthesisProgress): void
}

/**
 * Tell how a synthesis goes, often enough to watch and seldom enough not to slow it down.
 *
 * @returns a function to call after each update
 */
export function createProgressReporter(settings: ProgressSettings): (update: number, loss: number, firstLoss: number) => void {
  let lastMs = settings.now()
  let lastUpdate = settings.startUpdate
  let lastPreviewMs = -Infinity
  let updatesPerSecond: number | null = null

  return (update, loss, firstLoss) => {
    const nowMs = settings.now()
    if (nowMs - lastMs < settings.everyMs && update < settings.updates) return
    const showPreview = nowMs - lastPreviewMs >= settings.previewEveryMs()
    updatesPerSecond = smoothed(updatesPerSecond, ((update - lastUpdate) * 1000) / Math.max(nowMs - lastMs, 1))
    settings.tell({
      runId: settings.runId,
      update,
      updates: settings.updates,
      loss,
      firstLoss,
      updatesPerSecond,
      remainingS: (settings.updates - update) / updatesPerSecond,
      preview: showPreview ? settings.preview() : null,
    })
    if (showPreview) lastPreviewMs = nowMs
    lastMs = nowMs
    lastUpdate = update
  }
}

/** Old speeds fade, so that the time left follows a change but does not jump. */
function smoothed(before: number | null, now: number): number {
  return before === null ? now : 0.8 * before + 0.2 * now
}
