import { spaceOf } from '../domain/cochleagramSpace.ts'
import type { EngineInfo } from '../domain/network.ts'
import { createCochleagramFrontEnd, type CochleagramFrontEnd } from '../engine/frontends/cochleagram.ts'
import { quantise } from '../engine/synthesis/quantise.ts'
import type { NetworkSource, WorkerContext } from './context.ts'
import { describeEngine } from './describeEngine.ts'
import type { HostPort } from './hostPort.ts'
import { createModelCache } from './modelCache.ts'
import { networkOf } from './networkOf.ts'
import { activations } from './requests/activations.ts'
import { bootstrapSems } from './requests/bootstrapSems.ts'
import { checkImport } from './requests/checkImport.ts'
import { checkStimulus } from './requests/checkStimulus.ts'
import { cochleagram, cochleagramPicture } from './requests/cochleagram.ts'
import { compareActivations } from './requests/compareActivations.ts'
import { examineTraining } from './requests/examineTraining.ts'
import { describeGraph, importWeights, inspectFile, matchFile } from './requests/imports.ts'
import { judge } from './requests/judge.ts'
import { loadWeights, networks, useNetworks } from './requests/networks.ts'
import { nullDistribution } from './requests/nullDistribution.ts'
import { profile } from './requests/profile.ts'
import { recogniseSignals } from './requests/recogniseSignals.ts'
import { stimulusNotices } from './requests/stimulusNotices.ts'
import { surveyData } from './requests/surveyData.ts'
import { synthesise } from './requests/synthesise.ts'
import { checkTrainingData, train } from './requests/train.ts'
import { tryOut } from './requests/tryOut.ts'
import { trainingExamples } from './requests/trainingExamples.ts'
import { createRunningJobs } from './runningJobs.ts'
import { createSharedSteps } from './sharedSteps.ts'
import { serveRequests, type RequestHandlers } from './serveRequests.ts'

/** Networks kept built at once: enough to go back and forth between two, one more while another is in use. */
const networksKept = 3

type Threads = Pick<WorkerContext, 'exampleThread' | 'surveyThread'>

const sourceThreads: Threads = { exampleThread: new URL('./training/exampleThread.ts', import.meta.url), surveyThread: new URL('./training/surveyThread.ts', import.meta.url) }

/** Begin to answer the host's requests, and say so. */
export function startWorker(port: HostPort, engine: EngineInfo, source: NetworkSource, threads: Threads = sourceThreads): void {
  const context = createContext(port, engine, source, threads)
  serveRequests(port, handlersOf(context), context.jobs.stop)
  port.post({ type: 'ready' })
}

function createContext(port: HostPort, engine: EngineInfo, networks: NetworkSource, threads: Threads): WorkerContext {
  const frontEnds = new Map<string, CochleagramFrontEnd>()
  return {
    engine,
    networks,
    ...threads,
    models: createModelCache(networksKept, networks.build),
    jobs: createRunningJobs(),
    steps: createSharedSteps(),
    frontEnd(rows, durationS = 2) {
      const key = `${rows} rows, ${durationS} s`
      const frontEnd = frontEnds.get(key) ?? createCochleagramFrontEnd({ filters: rows === 211 ? 50 : 40, durationS })
      frontEnds.set(key, frontEnd)
      return frontEnd
    },
    tell: port.post,
  }
}

function handlersOf(context: WorkerContext): RequestHandlers {
  return {
    describe: () => describeEngine(context.engine),
    networks: () => networks(context),
    useNetworks: (params) => useNetworks(context, params),
    loadWeights: (params) => loadWeights(context, params),
    inspectFile: (params) => inspectFile(context, params),
    matchWeights: (params) => matchFile(context, params),
    importWeights: (params) => importWeights(context, params),
    checkImport: (params) => checkImport(context, params),
    describeGraph: (params) => describeGraph(context, params),
    tryOut: (params) => tryOut(context, params),
    checkStimulus: (params) => checkStimulus(context, params),
    stimulusNotices: (params) => stimulusNotices(context, params),
    cochleagram: (params) => cochleagram(context, params),
    cochleagramPicture: (params) => cochleagramPicture(context, params),
    activations: (params) => activations(context, params),
    profile: (params) => profile(context, params),
    quantise: ({ network, protocol, signal }) => quantise(spaceOf(networkOf(context, network), protocol), signal).signal,
    synthesise: (params) => synthesise(context, params),
    nullDistribution: (params) => nullDistribution(context, params),
    judge,
    checkTrainingData: ({ plan }) => checkTrainingData(context, plan),
    train: (params) => train(context, params),
    examineTraining: (params) => examineTraining(context, params),
    surveyData: (params) => surveyData(context, params),
    trainingExamples: (params) => trainingExamples(context, params),
    recogniseSignals: (params) => recogniseSignals(context, params),
    compareActivations: (params) => compareActivations(context, params),
    bootstrapSems,
  }
}
