import { ModelFileError } from '../domain/errors.ts'
import type { CardFile } from '../domain/workerMessages.ts'
import type { Model } from '../engine/models/model.ts'
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
  await source.load(name, path, loadingTold(context, name))
  const model = source.build(name)
  try {
    return await work(model)
  } finally {
    model.dispose()
  }
}
