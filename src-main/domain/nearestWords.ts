/**
 * Find what somebody may have meant by a word that is not in a list: those that differ by few letters, or hold it as one of their words.
 *
 * @param words  in any case; underscores count as spaces
 * @returns at most `most`, the nearest first; none where all are far
 */
export function nearestWords(word: string, words: Iterable<string>, most = 3): string[] {
  const wanted = plain(word)
  const near = [...new Set(words)].flatMap((candidate) => {
    const distance = distanceBetween(wanted, plain(candidate))
    return distance <= farthest(wanted) ? [{ candidate, distance }] : []
  })
  return near.sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate)).slice(0, most).map(({ candidate }) => candidate)
}

/** A third of the letters may be wrong, and one in the shortest word. */
function farthest(word: string): number {
  return Math.max(1, Math.floor(word.length / 3))
}

/** One word of several counts as near: "retriever" for "golden retriever". */
function distanceBetween(wanted: string, candidate: string): number {
  if (wanted.length > 2 && candidate.split(' ').includes(wanted)) return 0.5
  return Math.abs(wanted.length - candidate.length) > farthest(wanted) ? Infinity : editDistance(wanted, candidate)
}

/** Letters to change, add or leave out; two that changed places count as one. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]), swapped))
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ')
}
