/** How much a file may claim. A trained network keeps far below; a hostile file would use the machine's memory up. */
export const limits = {
  /** Arrays, members of an archive, entries of a list. */
  entries: 100_000,
  /** Axes of an array. */
  rank: 16,
  /** Groups inside groups. */
  depth: 32,
  /** Characters of a name. */
  nameLength: 4096,
  /** What packed parts may unpack to: these bytes, and this many for each byte of the file. */
  unpackedBytes: 64 * 2 ** 20,
  unpackedRatio: 100,
  /** Steps of a pickle. */
  pickleSteps: 2_000_000,
  /** A description beside the values: JSON, an index. */
  descriptionBytes: 64 * 2 ** 20,
} as const

/** How many bytes all packed parts of a file together may unpack to. */
export function unpackedLimit(fileBytes: number): number {
  return limits.unpackedBytes + limits.unpackedRatio * fileBytes
}
