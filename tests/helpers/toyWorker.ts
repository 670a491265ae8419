import { hostPort } from '../../src-main/worker/hostPort.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { startWorker } from '../../src-main/worker/startWorker.ts'
import { noBases } from './noBases.ts'
import { toyHearing } from './toyHearing.ts'
import { toyAudioModel, toyModel } from './toyModel.ts'

/** The real compute process with toy networks in place of the catalogue: a run takes a moment, and all else is as ever. */
const models = {
  toy: toyModel,
  'toy-audio': toyAudioModel,
  'toy-hearing-1': () => toyHearing('toy-hearing-1', 1),
  'toy-hearing-2': () => toyHearing('toy-hearing-2', 2),
  'toy-hearing-finer': () => toyHearing('toy-hearing-finer', 3, 7),
}

startWorker(hostPort(), await loadBackend(), {
  summaries: () => Object.values(models).map((make) => make().summary),
  use: () => [],
  load: async () => undefined,
  build: (network) => models[network as keyof typeof models](),
  ...noBases,
})
