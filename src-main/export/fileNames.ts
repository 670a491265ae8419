import { createHash } from 'node:crypto'

/** Long enough to tell files apart, short enough for every file system with a few parts. */
const longestPart = 48

/**
 * Turn any text into a part of a file name that every system takes: letters, digits, dots and hyphens.
 * Underscores are left to separate the parts.
 */
export function namePart(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^A-Za-z0-9.-]+/g, '-')
  const trimmed = plain.slice(0, longestPart).replace(/^[-.]+|[-.]+$/g, '')
  return trimmed === '' ? `x${sha256(text).slice(0, 8)}` : trimmed
}

/**
 * Make names unique, also for systems that take upper and lower case for the same:
 * all that share a stem get their own suffix.
 *
 * @param wanted  suffixes differ among equal stems
 */
export function uniqueNames(wanted: ReadonlyArray<{ stem: string; suffix: string }>): string[] {
  const uses = new Map<string, number>()
  for (const { stem } of wanted) uses.set(stem.toLowerCase(), (uses.get(stem.toLowerCase()) ?? 0) + 1)
  return wanted.map(({ stem, suffix }) => (uses.get(stem.toLowerCase()) === 1 ? stem : `${stem}_${suffix}`))
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
