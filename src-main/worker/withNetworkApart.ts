import { ModelFileError } from '../domain/errors.ts'
import type { CardFile } from '../domain/workerMessages.ts'
import type { Model } from '../engine/models/model.ts'
import { readHashed } from '../weights/weightSource.ts'
import type { WorkerContext } from './context.ts'
import { loadingTold } from './loadingTold.ts'
import { createNetworkSource } from './networkSource.ts'

/**
 * Work with a network that is not among the known ones, built from its card and file with every check that building makes.
 *
 * @throws ModelFileError when card and file do not make a network
 */
export async function withNetworkApart<T>(context: Pick<WorkerContext, 'tell'>, card: CardFile, path: string, work: (model: Model) => Promise<T>): Promise<T> {
  const source = createNetworkSource()
  const [problem] = source.use([card])
  if (problem !== undefined) throw new ModelFileError(problem)
  const { name } = source.summaries().at(-1)!
  const { bytes, sha256 } = await readHashed(path, loadingTold(context, name))
  source.load(name, bytes, sha256)
  const model = source.build(name)
  try {
    return await work(model)
  } finally {
    model.dispose()
  }
}
