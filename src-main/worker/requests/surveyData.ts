import { Worker } from 'node:worker_threads'
import type { PictureTrainingPlan, WordTrainingPlan } from '../../domain/trainingPlan.ts'
import type { DataSurvey } from '../../domain/trainingRecords.ts'
import type { WorkerRequests } from '../../domain/workerMessages.ts'
import type { WorkerContext } from '../context.ts'
import { backgroundNotices } from '../training/backgroundNotices.ts'
import { dataSourceOf, soundSourcesOf } from '../training/dataSource.ts'
import { hearingOf } from '../training/hearingOf.ts'
import type { HeardFile } from '../training/listenTo.ts'
import type { SeenFile } from '../training/lookAt.ts'
import { filesOf, pictures, readClips, type Clip } from '../training/manifest.ts'
import { pictureBaseOf } from '../training/pictureBase.ts'
import { pictureSurveyOf, soundSurveyOf } from '../training/surveyOf.ts'
import type { SurveyedFile, SurveyStart } from '../training/surveyThread.ts'

const reportEveryMs = 250

/**
 * Go through every file that a training's manifests name, in a thread of its own, so that it goes on beside a training.
 *
 * @returns null when it was stopped
 * @throws MediaError when a manifest cannot be understood; files that are missing or damaged are part of the answer
 */
export async function surveyData(context: WorkerContext, { surveyId, plan }: WorkerRequests['surveyData']['params']): Promise<DataSurvey | null> {
  return context.jobs.during(surveyId, (stopped) => (plan.kind === 'pictures' ? surveyPictures(context, plan, stopped) : surveySounds(context, plan, stopped)))
}

async function surveySounds(context: WorkerContext, plan: WordTrainingPlan, stopped: () => boolean): Promise<DataSurvey | null> {
  const { data } = plan
  const { input } = hearingOf(plan)
  const speech = await readClips(data.speech)
  // Where a background's excerpt lies is drawn, whatever the manifest says.
  const scenes = data.backgrounds === null ? null : (await readClips(data.backgrounds)).map((clip) => ({ ...clip, startS: null }))
  const sources = await soundSourcesOf(data)
  const heard = await goThrough<HeardFile>(context, 'sounds', [...speech, ...(scenes ?? [])], stopped)
  return (
    heard && {
      kind: 'words',
      speech: { source: sources.speech, ...soundSurveyOf(speech, heard, input) },
      backgrounds: scenes && { source: sources.backgrounds!, ...soundSurveyOf(scenes, heard, input) },
      notices: backgroundNotices(speech, scenes),
    }
  )
}

async function surveyPictures(context: WorkerContext, plan: PictureTrainingPlan, stopped: () => boolean): Promise<DataSurvey | null> {
  const { size, notices } = pictureBaseOf(context, plan)
  const clips = await readClips(plan.data.pictures, pictures)
  const source = await dataSourceOf(plan.data.pictures)
  const seen = await goThrough<SeenFile>(context, 'pictures', clips, stopped)
  return seen && { kind: 'pictures', pictures: { source, ...pictureSurveyOf(clips, seen, size) }, notices }
}

async function goThrough<File extends SurveyedFile>({ surveyThread, tell }: WorkerContext, kind: SurveyStart['kind'], clips: readonly Clip[], stopped: () => boolean): Promise<Map<string, File> | null> {
  const files = filesOf(clips)
  const known = new Map<string, File>()
  const thread = new Worker(surveyThread, { workerData: { kind, files } satisfies SurveyStart })
  let toldMs = -Infinity
  try {
    return await new Promise((resolve, reject) => {
      thread.on('error', reject)
      thread.on('exit', () => resolve(known.size === files.length ? known : null))
      thread.on('message', (one: File) => {
        if (stopped()) return resolve(null)
        known.set(one.file, one)
        if (performance.now() - toldMs < reportEveryMs && known.size < files.length) return
        toldMs = performance.now()
        tell({ type: 'surveyProgress', progress: { done: known.size, total: files.length } })
      })
    })
  } finally {
    await thread.terminate()
  }
}
