import { readFile } from 'node:fs/promises'

/** A file that a manifest lists and that is of no use, and why. */
export type Unusable = { file: string; missing: true } | { file: string; unreadable: string }

/**
 * Go through one file that a manifest lists.
 *
 * @param factsOf  of its bytes; throws where they are no such file
 */
export async function readListed<Facts extends object>(file: string, factsOf: (bytes: Uint8Array) => Facts | Promise<Facts>): Promise<({ file: string } & Facts) | Unusable> {
  try {
    return { file, ...(await factsOf(await readFile(file))) }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { file, missing: true } : { file, unreadable: (error as Error).message }
  }
}
