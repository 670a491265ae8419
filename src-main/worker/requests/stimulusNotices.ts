import type { WorkerRequests } from '../../domain/workerMessages.ts'
import type { WorkerContext } from '../context.ts'
import { networkOf } from '../networkOf.ts'
import { readOneStimulus } from '../readStimulus.ts'

/**
 * Say what is done to a stimulus before a network takes it, without running the network.
 *
 * @throws ProtocolError when there is no such network; MediaError or ShapeError when it cannot take the stimulus
 */
export async function stimulusNotices(
  context: Pick<WorkerContext, 'networks'>,
  { stimulus, network }: WorkerRequests['stimulusNotices']['params'],
): Promise<{ notices: string[] }> {
  const { notices } = await readOneStimulus(stimulus, networkOf(context, network))
  return { notices }
}
