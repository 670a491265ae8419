import { expect, it } from 'vitest'
import type { StoredFigureRequest } from '../../../src-main/domain/figure.ts'
import { withOtherGradient, type Protocol } from '../../../src-main/domain/protocol.ts'
import { chosenRuns } from '../../../src-main/host/chosenRuns.ts'
import { figureInput } from '../../../src-main/host/figureInput.ts'
import { makeReport } from '../../../src-main/host/makeReport.ts'
import { usedNetwork } from '../../../src-main/project/networks.ts'
import type { Project } from '../../../src-main/project/project.ts'
import { examination, trainingResult } from '../../helpers/examinedTraining.ts'
import { queueOver } from '../../helpers/jobTools.ts'
import { at, environment, nullResult, picture, pictureResult, protocol, sound, soundResult, toyPicture, toySound } from '../../helpers/sampleRuns.ts'
import { trainingPlan } from '../../helpers/trainingPlan.ts'

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
  return { project, compute, inputOf: (request: StoredFigureRequest) => figureInput(request, project, compute, '0') }
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
  const idsOf = async (request: StoredFigureRequest) => (await inputOf(request)).runs.map(({ id }) => id)
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

it('reports recognition by more judges than a page of usual height has room for', async () => {
  const { project, compute } = lab()
  const ids = made(project, [{}])
  const named = { recognition: { top: [{ index: 0, label: 'cat', probability: 1 }], category16: null }, notices: [] }
  for (let i = 0; i < 30; i++) {
    const judge = { ...network, name: `a judge whose name is as long as names of networks may become, number ${i}`, weightsHash: `hash ${i}` }
    project.recognitions.save(judge, project.recognitions.missing(judge, ids).map((key) => ({ key, ...named })), at)
  }
  const html = await makeReport({ project, compute, version: '0', now: () => at }, { includedOnly: false, stimuli: false })
  expect(html).toContain('recognised by other networks')
})

it('hands figures of one sound its cochleagrams, its signals or its labels', async () => {
  const { project, inputOf } = lab()
  const referenceId = project.references.add(sound(), at).id
  const [id] = project.runs.plan([{ network: usedNetwork(toySound), layer: 'stem', referenceId, protocol, seed: 1 }], at)
  await expect(inputOf({ kind: 'waveforms', run: id! })).rejects.toThrow(`Run ${id} is planned; it has no result yet.`)
  const result = soundResult()
  project.runs.complete(id!, result, environment, at)
  expect((await inputOf({ kind: 'cochleagrams', run: id! })).cochleagrams).toEqual(result.cochleagrams)
  expect((await inputOf({ kind: 'waveforms', run: id! })).signals).toEqual({ reference: result.reference, metamer: result.quantised })
  expect((await inputOf({ kind: 'labels', run: id! })).runs.map((run) => run.id)).toEqual([id])
})

/** A training that was finished and looked at. @returns its id */
function trained(project: Project): number {
  const id = project.trainings.plan(trainingPlan({ name: 'tones', heads: ['word', 'sounds'] }), at)
  project.trainings.note(id, 6, [trainingResult.best], Float32Array.of(4, 2, 1))
  project.trainings.complete(id, trainingResult, environment, at)
  project.trainings.examined(id, examination)
  return id
}

it('hands a figure of a training its result and what a close look told, and one of a null its values', async () => {
  const { project, inputOf } = lab()
  const id = trained(project)
  project.nulls.save(nullResult(0.5), network, at)
  const requests: StoredFigureRequest[] = [{ kind: 'kernels', training: id }, { kind: 'tests', trainings: [id] }]
  for (const request of requests) {
    expect((await inputOf(request)).trainings).toMatchObject([{ id, result: trainingResult, examination, lossCurve: { loss: Float64Array.of(4, 2, 1) } }])
  }
  const { null: distribution } = await inputOf({ kind: 'null', network: network.name, networkHash: network.weightsHash, layer: 'logits', counts: 'log' })
  expect(distribution!.summary).toMatchObject({ layer: 'logits', maximum: 0.5 })
})

it('reports the null of every layer once, with its metamers where there are some, and every training', async () => {
  const { project, compute } = lab()
  const report = () => makeReport({ project, compute, version: '0', now: () => at }, { includedOnly: false, stimuli: false })
  const titles = async () => [...(await report()).matchAll(/<img src="[^"]*" alt="([^"]*)">/g)].map((match) => match[1])
  await expect(report()).rejects.toThrow('Nothing of this project is finished yet, neither a run nor a null distribution nor a training, so there is nothing to report. "lab make" makes some.')
  // At stem and logits; the metamers are at stem.
  project.nulls.save(nullResult(0.5), network, at)
  expect(await titles()).toEqual(['toy-picture, stem: null distribution', 'toy-picture, logits: null distribution'])
  made(project, [{}])
  expect(await titles()).toEqual(['toy-picture: metamers at every layer', 'toy-picture, stem', 'toy-picture, logits: null distribution'])
  trained(project)
  expect((await titles()).slice(3)).toEqual(['tones: loss', 'tones: validation', 'tones: learning rate', 'tones: tests', 'tones: confusions', 'tones: area under the ROC curve', 'tones: first kernels'])
  project.trainings.plan(trainingPlan({ name: 'begun' }), at)
  expect((await titles()).slice(10)).toEqual(['begun: learning rate'])
  // Two may bear one name.
  expect([...(await report()).matchAll(/<h2>(Training [^<]*)<\/h2>/g)].map((match) => match[1])).toEqual(['Training 1: tones', 'Training 2: begun'])
})
