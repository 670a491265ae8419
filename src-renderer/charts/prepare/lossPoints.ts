import type { Point } from './thin.ts'
import { thinCurve } from './thin.ts'

interface Curve {
  update: ArrayLike<number>
  loss: ArrayLike<number>
}

/**
 * Join the stored loss curve of a run with what was reported since, and thin it for a log axis.
 * Stored values win: they hold every update, reports only some.
 */
export function lossPoints(stored: Curve | null, live: Curve | null, buckets: number): Point[] {
  const storedEnd = stored && stored.update.length > 0 ? stored.update[stored.update.length - 1]! : -1
  const update = Array.from(stored?.update ?? [])
  const loss = Array.from(stored?.loss ?? [])
  for (let i = 0; i < (live?.update.length ?? 0); i++) {
    if (live!.update[i]! <= storedEnd) continue
    update.push(live!.update[i]!)
    loss.push(live!.loss[i]!)
  }
  return thinCurve(update, loss, buckets, true)
}
