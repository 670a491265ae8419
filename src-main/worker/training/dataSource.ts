import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { DataSource } from '../../domain/dataSource.ts'
import type { TrainingData } from '../../domain/trainingPlan.ts'
import { sha256 } from '../sha256.ts'

/** What a manifest or a folder is known by. @param place  one that can be read */
export async function dataSourceOf(place: string): Promise<DataSource> {
  const isFolder = (await stat(place)).isDirectory()
  return { name: path.basename(place), hash: isFolder ? null : sha256(await readFile(place)) }
}

/** The same of all that a training of words hears. */
export async function soundSourcesOf({ speech, backgrounds }: TrainingData): Promise<{ speech: DataSource; backgrounds: DataSource | null }> {
  return { speech: await dataSourceOf(speech), backgrounds: backgrounds === null ? null : await dataSourceOf(backgrounds) }
}
