/** Losses that were told of while something worked, in order. */
export interface LivePoints {
  update: number[]
  loss: number[]
}

const MOST_POINTS = 4000

/** Add what was reported. A resumed run or training counts on from its checkpoint: what lay beyond it is made anew. */
export function extended(known: LivePoints, update: number, loss: number): LivePoints {
  const kept = (known.update.at(-1) ?? -1) >= update ? before(known, update) : known
  const next = { update: [...kept.update, update], loss: [...kept.loss, loss] }
  return next.update.length > MOST_POINTS ? thinHalf(next) : next
}

function before(points: LivePoints, update: number): LivePoints {
  const end = points.update.findIndex((u) => u >= update)
  return { update: points.update.slice(0, end), loss: points.loss.slice(0, end) }
}

/** Keep every second point, and always the last: halves what a live curve holds without losing its end. */
function thinHalf(points: LivePoints): LivePoints {
  const last = points.update.length - 1
  const keep = (_: number, i: number): boolean => i % 2 === 0 || i === last
  return { update: points.update.filter(keep), loss: points.loss.filter(keep) }
}
