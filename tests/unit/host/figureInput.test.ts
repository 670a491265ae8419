import { expect, it } from 'vitest'
import type { FigureRequest } from '../../../src-main/domain/figure.ts'
import { withOtherGradient, type Protocol } from '../../../src-main/domain/protocol.ts'
import { chosenRuns } from '../../../src-main/host/chosenRuns.ts'
import { figureInput } from '../../../src-main/host/figureInput.ts'
import { makeReport } from '../../../src-main/host/makeReport.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { queueOver } from '../../helpers/jobTools.ts'
import { at, environment, picture, pictureResult, protocol, toyPicture } from '../../helpers/sampleRuns.ts'

const network = usedNetwork(toyPicture)
const setOf = ({ name }: Protocol) => ({ network: network.name, networkHash: network.weightsHash, protocol: name })
const longer: Protocol = { ...protocol, name: 'longer', updates: 9 }

interface Made {
  protocol?: Protocol
  reference?: string
  seed?: number
  retryOf?: number
}

/** Finished runs at "stem", each with a metamer of its own. @returns their ids */
function made(project: Project, runs: Made[]): number[] {
  return runs.map(({ protocol: by = protocol, reference = 'cat.png', seed = 1, retryOf }, i) => {
    const referenceId = project.references.add(picture(reference, new TextEncoder().encode(reference)), at).id
    const [id] = project.runs.plan([{ network, layer: 'stem', referenceId, protocol: by, seed, ...(retryOf === undefined ? {} : { retryOf }) }], at)
    const signal = (first: number) => ({ kind: 'image' as const, height: 1, width: 2, data: Uint8Array.of(first, project.runs.list().length, i, 3, 4, 5) })
    project.runs.complete(id!, pictureResult({ quantised: signal(1), reference: { ...signal(2), data: new TextEncoder().encode(`${reference}      `.slice(0, 6)) } }), environment, at)
    return id!
  })
}

function lab() {
  const { project, link, fake } = queueOver()
  fake.answers.bootstrapSems = ({ groups }) => groups.map(() => 0)
  const compute = { networks: async () => [toyPicture], link, prepare: async () => {} }
  return { project, compute, inputOf: (request: FigureRequest) => figureInput(request, project, compute, '0') }
}

it('compares a protocol with its counterpart alone, not with other protocols of the network', async () => {
  const { project, inputOf } = lab()
  const ids = made(project, [protocol, withOtherGradient(protocol), longer, withOtherGradient(longer)].map((by) => ({ protocol: by })))
  const compared = async (by: Protocol) => (await inputOf({ kind: 'relu', set: setOf(by) })).runs.map(({ id }) => id)
  expect(await compared(protocol)).toEqual([ids[0], ids[1]])
  expect(await compared(withOtherGradient(longer))).toEqual([ids[2], ids[3]])
})

it('reports each comparison of gradients once, though it is of two sets', async () => {
  const { project, compute } = lab()
  made(project, [protocol, withOtherGradient(protocol), longer, withOtherGradient(longer)].map((by) => ({ protocol: by })))
  const html = await makeReport({ project, compute, version: '0', now: () => at }, { includedOnly: false, stimuli: false })
  expect(html.match(/with the modified and with the standard gradient/g)).toHaveLength(2)
})

it('leaves out a run that a later try has taken the place of, unless all are asked for or it is named', async () => {
  const { project, compute, inputOf } = lab()
  const [first] = made(project, [{}])
  const [second] = made(project, [{ seed: 2, retryOf: first! }])
  const matrix = { kind: 'matrix' as const, set: setOf(protocol), measure: 'rho' as const, includedOnly: false }
  const idsOf = async (request: FigureRequest) => (await inputOf(request)).runs.map(({ id }) => id)
  expect(await idsOf(matrix)).toEqual([second])
  expect(await idsOf({ kind: 'histogram', set: setOf(protocol), layer: 'stem', counts: 'log' })).toEqual([second])
  expect(await idsOf({ ...matrix, allTries: true })).toEqual([first, second])
  expect(await idsOf({ ...matrix, runIds: [first!] })).toEqual([first])
  expect(chosenRuns(project, { includedOnly: false }).map(({ id }) => id)).toEqual([second])
  const report = (allTries: boolean) => makeReport({ project, compute, version: '0', now: () => at }, { includedOnly: false, stimuli: false, allTries })
  const rowOf = async (allTries: boolean) => /<tr><td>stem<\/td>(<td>\d<\/td>){3}/.exec(await report(allTries))![0]
  expect(await rowOf(false)).toBe('<tr><td>stem</td><td>1</td><td>1</td><td>1</td>')
  expect(await rowOf(true)).toBe('<tr><td>stem</td><td>1</td><td>2</td><td>0</td>')
})

it('hands a recognition figure the runs that were scored, not all that were made', async () => {
  const { project, inputOf } = lab()
  const ids = made(project, [{ reference: 'cat.png' }, { reference: 'dog.png' }])
  const judge = { ...network, weightsHash: toyPicture.weights.hash }
  const named = { recognition: { top: [{ index: 0, label: 'cat', probability: 1 }], category16: null }, notices: [] }
  project.recognitions.save(judge, project.recognitions.missing(judge, ids).map((key) => ({ key, ...named })), at)
  project.answers.set(new Map([[project.runs.summary(ids[0]!).referenceId, '0']]))
  const request = { kind: 'recognition' as const, set: setOf(protocol), includedOnly: false, rule: 'all' as const, standard: 'class' as const }
  const { runs, recognition, otherRules } = await inputOf(request)
  expect([runs.map(({ id }) => id), recognition[0]!.metamers.stimuli, otherRules]).toEqual([[ids[0]], 1, []])
  const byOwnLabel = await inputOf({ ...request, standard: 'reference' })
  // It calls both a cat.
  expect([byOwnLabel.runs.length, byOwnLabel.recognition[0]!.chanceOfAnother]).toEqual([2, 1])
})
