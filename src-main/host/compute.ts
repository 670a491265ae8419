import os from 'node:os'
import type { EngineInfo, NetworkSummary } from '../domain/network.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import type { RunEnvironment } from '../domain/run.ts'
import { createWorkerLink, type LaunchWorker, type WorkerLink } from '../jobs/workerLink.ts'
import { readOwnCards, weightFileOf, withWeightsState, type NetworkFolders } from './networkFiles.ts'

/** The compute process and what is asked of it again and again. It starts at the first question. */
export interface Compute {
  readonly link: WorkerLink
  engine(): Promise<EngineInfo>
  /** With the state of their weights as it is now. */
  networks(): Promise<NetworkSummary[]>
  environment(): Promise<RunEnvironment>
  /** Where a network's weights are; null for one that makes its own from a seed. */
  weightFile(network: string): Promise<string | null>
  /** The user's own networks have changed: look at their folder again. */
  networksChanged(): void
  /** Have the compute process know a network's weights, where it needs any. @throws ProtocolError when there is no such network */
  prepare(network: string): Promise<void>
  close(): void
}

export interface ComputeOptions extends NetworkFolders {
  launchWorker: LaunchWorker
  version: string
  /** Something about the user's own networks that a person should know, in a sentence. */
  onNetworkProblem(sentence: string): void
}

export function createCompute({ launchWorker, version, onNetworkProblem, ...folders }: ComputeOptions): Compute {
  const link = createWorkerLink(launchWorker)
  const known = rememberUntilExit(link)
  const engine = (): Promise<EngineInfo> => known.answer('engine', () => link.request('describe', {}))

  async function networks(): Promise<NetworkSummary[]> {
    return withWeightsState(folders, await known.answer('networks', askForNetworks))
  }

  async function askForNetworks(): Promise<NetworkSummary[]> {
    const cards = await readOwnCards(folders.networksFolder)
    const { problems } = await link.request('useNetworks', { cards })
    problems.forEach(onNetworkProblem)
    return link.request('networks', {})
  }

  /** Only trained networks have a file; the others make their weights from a seed. */
  async function weightFile(name: string): Promise<string | null> {
    const network = (await networks()).find((candidate) => candidate.name === name)
    return !network || network.weights.state === 'random' ? null : weightFileOf(folders, network)
  }

  return {
    link,
    engine,
    networks,
    weightFile,
    networksChanged: () => known.forget('networks'),
    async prepare(network) {
      const { name } = requireNetwork(await networks(), network)
      await link.ensureWeights(name, () => weightFile(name))
    },
    async environment() {
      const { nodeVersion, backend, tensorflowVersion, device, threads } = await engine()
      const platform = `${os.platform()} ${os.arch()} ${os.release()}`
      return { program: `metamer-lab ${version}`, node: nodeVersion, backend, tensorflow: tensorflowVersion, device, threads, platform }
    },
    close: () => link.close(),
  }
}

/** Answers that hold as long as the process lives. A failed question is asked again the next time. */
function rememberUntilExit(link: WorkerLink) {
  const answers = new Map<string, Promise<unknown>>()
  link.onExit(() => answers.clear())
  return {
    answer<T>(name: string, ask: () => Promise<T>): Promise<T> {
      const answer = (answers.get(name) as Promise<T> | undefined) ?? ask()
      answers.set(name, answer)
      answer.catch(() => answers.delete(name))
      return answer
    },
    forget: (name: string) => void answers.delete(name),
  }
}
