import { Worker } from 'node:worker_threads'
import type { DataSurvey } from '../../domain/trainingRecords.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import type { WorkerContext } from '../context.ts'
import type { HeardFile } from '../training/listenTo.ts'
import { readClips } from '../training/manifest.ts'
import { surveyOf } from '../training/surveyOf.ts'

const reportEveryMs = 250

/**
 * Listen to every file that manifests of words and backgrounds name, in a thread of its own, so that it goes on beside a training.
 *
 * @returns null when it was stopped
 * @throws MediaError when a manifest cannot be understood; files that are missing or damaged are part of the answer
 */
export async function surveySounds(context: WorkerContext, { surveyId, data }: WorkerRequests['surveySounds']['params']): Promise<DataSurvey | null> {
  return context.jobs.during(surveyId, async (stopped) => {
    const speech = (await readClips(data.speech)).clips
    const scenes = data.backgrounds === null ? null : (await readClips(data.backgrounds)).clips
    const files = [...new Set([...speech, ...(scenes ?? [])].map(({ file }) => file))]
    const heard = await listen(context, files, stopped)
    return heard && { speech: surveyOf(speech, heard), backgrounds: scenes && surveyOf(scenes, heard) }
  })
}

async function listen({ surveyThread, tell }: WorkerContext, files: string[], stopped: () => boolean): Promise<Map<string, HeardFile> | null> {
  const heard = new Map<string, HeardFile>()
  const thread = new Worker(surveyThread, { workerData: files })
  let toldMs = -Infinity
  try {
    return await new Promise((resolve, reject) => {
      thread.on('error', reject)
      thread.on('exit', () => resolve(heard.size === files.length ? heard : null))
      thread.on('message', (one: HeardFile) => {
        if (stopped()) return resolve(null)
        heard.set(one.file, one)
        if (performance.now() - toldMs < reportEveryMs && heard.size < files.length) return
        toldMs = performance.now()
        tell({ type: 'surveyProgress', progress: { done: heard.size, total: files.length } })
      })
    })
  } finally {
    await thread.terminate()
  }
}
