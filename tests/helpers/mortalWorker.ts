import { setImmediate } from 'node:timers/promises'
import type { HostMessage, WorkerMessage, WorkerRequests } from '../../src-main/domain/workerMessages.ts'
import { checkpoint, pictureResult, toyPicture } from './sampleRuns.ts'

/** A compute process of its own that kills itself in the middle of each synthesis that does not resume one. */

const tell = (message: WorkerMessage, then?: () => void) => void process.send!(message, undefined, undefined, then)

async function synthesise(id: number, { runId, resumeFrom }: WorkerRequests['synthesise']['params']): Promise<void> {
  if (resumeFrom) return tell({ type: 'result', id, result: pictureResult() })
  tell({ type: 'checkpoint', runId, checkpoint: checkpoint(2) }, () => process.kill(process.pid, 'SIGKILL'))
  // As under TensorFlow, nothing answers any more.
  while (true) await setImmediate()
}

process.on('message', (message: HostMessage) => {
  if (message.type !== 'request') return
  const { id, name } = message
  if (name === 'synthesise') void synthesise(id, message.params as WorkerRequests['synthesise']['params'])
  else tell({ type: 'result', id, result: name === 'networks' ? [toyPicture] : null })
})
process.on('disconnect', () => process.exit(0))
tell({ type: 'ready' })
