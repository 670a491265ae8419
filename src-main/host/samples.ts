import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { UsageError } from '../domain/errors.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import type { SampleSummary } from '../rpc/contract/methods.ts'

const indexSchema = z.array(
  z.object({ name: z.string(), file: z.string(), kind: z.enum(['image', 'audio']), title: z.string(), licence: z.string() }),
)

/** The small free stimuli that come with the program. */
export interface Samples {
  list(): Promise<SampleSummary[]>
  /** @throws UsageError when there is none of that name */
  read(name: string): Promise<StimulusFile>
}

export function createSamples(resourcesFolder: string): Samples {
  const folder = path.join(resourcesFolder, 'samples')
  const index = async () => indexSchema.parse(JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8')))
  return {
    list: async () => (await index()).map(({ name, kind, title, licence }) => ({ name, kind, title, licence })),
    async read(name) {
      const samples = await index()
      const sample = samples.find((candidate) => candidate.name === name)
      if (!sample) throw new UsageError(`There is no sample "${name}". The samples are: ${samples.map((s) => s.name).join(', ')}.`)
      return { fileName: sample.file, bytes: await readFile(path.join(folder, sample.file)) }
    },
  }
}
