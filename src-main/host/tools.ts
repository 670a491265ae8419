import { mkdirSync } from 'node:fs'
import { ExportError, ProtocolError } from '../domain/errors.ts'
import { requireNetwork } from '../domain/requireNetwork.ts'
import { requirePairs, type NullRequest } from '../domain/nullDistribution.ts'
import type { UpdateProfile } from '../domain/profile.ts'
import type { RunPlan } from '../domain/run.ts'
import type { StimulusFile } from '../domain/workerMessages.ts'
import { csv, type CsvCell } from '../figures/csv.ts'
import { requirePlan, requireWeights } from '../jobs/planJobs.ts'
import { encodeNpy } from '../media/npy.ts'
import { writeWhole } from '../media/writeWhole.ts'
import type { HostParts } from './parts.ts'
import { countPool } from './poolFolder.ts'
import { readStimulusFile as readStimulus } from './readStimulusFile.ts'

/** What the command line does without a project: files to files, for use from Python, and checks before a project is made. */
export interface Tools {
  /** Where a new network goes. */
  readonly networksFolder: string
  /** @throws MediaError when the file cannot be read */
  readStimulus(file: string): Promise<StimulusFile>
  /** Write a sound's cochleagram as .npy. */
  cochleagram(input: string, output: string, options: { rows: 211 | 171; level: 'keep' | 'rms' }): Promise<Written>
  /** Write a stimulus' activations at a layer as .npy. */
  activations(input: string, output: string, options: { network: string; layer: string }): Promise<Written>
  /** Where the time of an update goes. @throws ProtocolError, ModelFileError, EngineError */
  profile(options: { network: string; layer: string; updates: number }): Promise<UpdateProfile>
  /**
   * Check a plan and the stimuli it is for, as far as can be without computing.
   *
   * @returns for each stimulus what will be done to it, one sentence each
   * @throws ProtocolError, ModelFileError, MediaError, ShapeError naming what does not fit
   */
  checkPlan(plan: Pick<RunPlan, 'network' | 'layers' | 'protocol'>, stimuli: StimulusFile[]): Promise<string[][]>
  /**
   * The same for a null distribution. Files that turn out to be copies are found only later.
   *
   * @throws ProtocolError, ModelFileError, MediaError
   */
  checkNull(plan: NullRequest): Promise<void>
  /** The layers of a network that end in a ReLU and can be generation layers. @throws ProtocolError when there is no such network, or none */
  rectifiedLayers(network: string): Promise<string[]>
  /** @throws ExportError when the file cannot be written */
  writeCsv(file: string, records: ReadonlyArray<Record<string, CsvCell>>): void
  /** The same for a figure or report. */
  writeFile(file: string, bytes: Uint8Array): void
  /** Where there is none. @throws ExportError when it cannot be made */
  makeFolder(folder: string): void
}

export interface Written {
  shape: number[]
  /** What was done to the stimulus on the way in. */
  notices: string[]
}

export function createTools({ compute, networksFolder }: HostParts): Tools {
  return {
    networksFolder,
    readStimulus,
    async cochleagram(input, output, options) {
      const stimulus = await readStimulus(input)
      return writeArray(output, await compute.link.request('cochleagram', { stimulus, ...options }))
    },
    async activations(input, output, options) {
      const stimulus = await readStimulus(input)
      await compute.prepare(options.network)
      return writeArray(output, await compute.link.request('activations', { stimulus, ...options }))
    },
    async profile(options) {
      requireWeights(requireNetwork(await compute.networks(), options.network))
      await compute.prepare(options.network)
      return compute.link.request('profile', options)
    },
    async checkPlan(plan, stimuli) {
      const network = requirePlan(plan, await compute.networks())
      const told: string[][] = []
      for (const stimulus of stimuli) told.push((await compute.link.request('stimulusNotices', { stimulus, network: network.name })).notices)
      return told
    },
    async checkNull(plan) {
      const network = requireNetwork(await compute.networks(), plan.network)
      requireWeights(network)
      requirePairs(await countPool(plan.poolFolder, network.kind), plan)
    },
    async rectifiedLayers(name) {
      const network = requireNetwork(await compute.networks(), name)
      const layers = network.stages.filter(({ metamerLayer, endsIn }) => metamerLayer && endsIn !== 'linear')
      if (layers.length > 0) return layers.map((layer) => layer.name)
      throw new ProtocolError(`No layer of network "${network.name}" that metamers are made at ends in a ReLU, so its gradient makes no difference there. Choose another network.`)
    },
    writeCsv: (file, records) => writeOrRefuse('table', file, csv(records)),
    writeFile: (file, bytes) => writeOrRefuse('file', file, bytes),
    makeFolder(folder) {
      try {
        mkdirSync(folder, { recursive: true })
      } catch (cause) {
        throw new ExportError(`The folder "${folder}" cannot be made. Choose another place, or check that no file has this name and that you may write there.`, { cause })
      }
    },
  }
}

function writeArray(output: string, { shape, data, notices }: Written & { data: Float32Array }): Written {
  writeOrRefuse('array', output, encodeNpy(shape, data))
  return { shape, notices }
}

function writeOrRefuse(what: string, file: string, content: string | Uint8Array): void {
  try {
    writeWhole(file, content)
  } catch (cause) {
    throw new ExportError(`The ${what} cannot be written to "${file}". Check that its folder exists, that you may write there and that the disk has room.`, { cause })
  }
}
