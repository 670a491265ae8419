import { ModelFileError } from '../../src-main/domain/errors.ts'
import { openModelFile } from '../../src-main/weights/openModelFile.ts'
import { mutate } from './fuzz.ts'
import { fixtureFiles, memorySource, type FuzzFixture } from './weightFixtures.ts'

export interface TortureResult {
  opened: number
  refused: number
  slowestMs: number
  /** Most bytes that the process grew by during one file. */
  largestGrowth: number
  /** What must not be: other errors, with the seed that shows them again. */
  failures: string[]
}

/** For what a network names while it is taken apart. */
function beside(files: Readonly<Record<string, Uint8Array>>): (name: string) => Uint8Array {
  return (name) => {
    if (Object.hasOwn(files, name)) return files[name]!
    throw new ModelFileError(`There is no file "${name}".`)
  }
}

/** Open damaged versions of one fixture, in its main file and in those beside it by turns. */
export async function torture(fixture: FuzzFixture, count: number, firstSeed = 1): Promise<TortureResult> {
  const { fileName, files } = fixtureFiles(fixture)
  const names = Object.keys(files)
  const result: TortureResult = { opened: 0, refused: 0, slowestMs: 0, largestGrowth: 0, failures: [] }
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const victim = names[seed % names.length]!
    const source = memorySource(fileName, { ...files, [victim]: mutate(files[victim]!, seed) })
    const before = process.memoryUsage.rss()
    const start = performance.now()
    try {
      await openModelFile({ ...source, readAtOnce: beside(files) })
      result.opened++
    } catch (error) {
      if (error instanceof ModelFileError) result.refused++
      else result.failures.push(`${fixture.file}, seed ${seed}: ${String(error)} ${error instanceof Error ? error.stack?.split('\n')[1]?.trim() : ''}`)
    }
    result.slowestMs = Math.max(result.slowestMs, performance.now() - start)
    result.largestGrowth = Math.max(result.largestGrowth, process.memoryUsage.rss() - before)
  }
  return result
}
