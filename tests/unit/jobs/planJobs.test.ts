import { expect, it } from 'vitest'
import { ModelFileError, ProtocolError } from '../../../src-main/domain/errors.ts'
import type { NetworkSummary } from '../../../src-main/domain/network.ts'
import type { RunPlan, RunSummary } from '../../../src-main/domain/run.ts'
import type { ReferenceSummary } from '../../../src-main/domain/stimulus.ts'
import { networkSummaries } from '../../../src-main/engine/models/catalogue.ts'
import { planJobs, withoutMade } from '../../../src-main/jobs/planJobs.ts'
import { run } from '../../helpers/fakeLab/data.ts'
import { planFor, queueOver } from '../../helpers/jobTools.ts'
import { protocol, toyPicture, toySound } from '../../helpers/sampleRuns.ts'

const reference = (id: number, kind: 'image' | 'audio' = 'image'): ReferenceSummary => ({
  id,
  kind,
  fileName: `reference${id}`,
  hash: `hash${id}`,
  byteLength: 1,
  notices: [],
  addedAt: '2026-11-24T12:00:00.000Z',
})

function plan(changes: Partial<RunPlan> = {}): RunPlan {
  return { network: 'toy-picture', layers: ['stem', 'logits'], referenceIds: [1, 2], protocol, seed: 3, ...changes }
}

const planned = (changes: Partial<RunPlan> = {}, networks: NetworkSummary[] = [toyPicture, toySound], references = [reference(1), reference(2)]) =>
  planJobs(plan(changes), networks, references)

function refusal(...args: Parameters<typeof planned>): string {
  try {
    planned(...args)
  } catch (error) {
    expect(error instanceof ProtocolError || error instanceof ModelFileError).toBe(true)
    return (error as Error).message
  }
  throw new Error('It was not refused.')
}

it('makes one run for each layer and reference, with the weights that the network has now', () => {
  const runs = planned()
  expect(runs.map(({ layer, referenceId }) => [layer, referenceId])).toEqual([
    ['stem', 1],
    ['stem', 2],
    ['logits', 1],
    ['logits', 2],
  ])
  expect(runs[0]).toMatchObject({ protocol, seed: 3, network: { name: 'toy-picture', weightsHash: 'toy-weights-1' } })
})

it('makes each once when a layer or reference is named twice', () => {
  const runs = planned({ layers: ['stem', 'logits', 'stem'] }, undefined, [reference(2), reference(1), reference(2)])
  expect(runs.map(({ layer, referenceId }) => `${layer} ${referenceId}`)).toEqual(['stem 2', 'stem 1', 'logits 2', 'logits 1'])
})

it('stores a network under its own name, by whichever it was asked for', () => {
  const runs = planned({ network: 'toy' }, [{ ...toyPicture, aliases: ['toy'] }])
  expect(runs[0]!.network.name).toBe('toy-picture')
})

it('refuses a layer that the network does not have, and lists its stages', () => {
  expect(refusal({ layers: ['stem', 'conv4'] })).toBe(
    'Layer "conv4" is not in network "toy-picture". Its stages are: stem, pooled, logits. Choose one of these.',
  )
})

it('refuses a stage that is no metamer layer, and lists those that are', () => {
  expect(refusal({ layers: ['pooled'] })).toBe(
    'Stage "pooled" of network "toy-picture" is not a layer that metamers are made from. Those are: stem, logits. Choose one of these.',
  )
})

it('refuses a network that does not exist, and lists those that do', () => {
  expect(refusal({ network: 'vgg' })).toBe(
    'There is no network "vgg". The networks are: toy-picture, toy-sound. Choose one of these.',
  )
})

it('refuses a sound for a network of pictures, and a picture for one of sounds', () => {
  expect(refusal({}, [toyPicture], [reference(1), reference(2, 'audio')])).toBe(
    'Network "toy-picture" takes pictures; reference "reference2" is a sound. Choose another network, or another reference.',
  )
  expect(refusal({ network: 'toy-sound' })).toBe(
    'Network "toy-sound" takes sounds; reference "reference1" is a picture. Choose another network, or another reference.',
  )
})

it('refuses a network whose weights are missing, and says where they are to be had', () => {
  const weights = { ...toyPicture.weights, state: 'needed' as const, source: 'toy.safetensors from its authors' }
  expect(refusal({}, [{ ...toyPicture, weights }])).toBe(
    'Network "toy-picture" has no weights yet: toy.safetensors from its authors. Add them, or choose another network.',
  )
})

it('says which file a network of the catalogue waits for', () => {
  const network = networkSummaries().find(({ name }) => name === 'word-cnn-reduced-aliasing-word')!
  expect(refusal({ network: network.name }, [network])).toBe(
    'Network "word-cnn-reduced-aliasing-word" has no weights yet: it takes a file of trained weights with the shapes of this network ' +
      '(tensorflow-checkpoint, safetensors, npz, pytorch-zip, pytorch-legacy). The trained weights of the 2019 networks were not in the published ' +
      'repository (model_metamers); ask its authors, or train a network of these sizes and import it with its weights named as here. ' +
      'Add them, or choose another network.',
  )
})

it('refuses the 16-way criterion for labels that are not ImageNet\'s', () => {
  const sixteenWay = { protocol: { ...protocol, labelCriterion: '16-way' as const } }
  expect(refusal(sixteenWay)).toBe(
    'The 16-way label criterion needs a network with ImageNet labels, which "toy-picture" does not have. Set labelCriterion to "all".',
  )
  const labels = Array.from({ length: 1000 }, (_, i) => `class ${i}`)
  expect(planned(sixteenWay, [{ ...toyPicture, labels }])).toHaveLength(4)
})

it('leaves out what is made or waits, but not what failed, was cancelled, or is no metamer of the reference', () => {
  const alike = (id: number, changes: Partial<RunSummary>) => ({ ...run(id), network: 'toy-picture', networkHash: 'toy-weights-1', protocol: { ...protocol, name: 'by another name' }, seed: 3, ...changes })
  const runs = [
    alike(1, { layer: 'stem', referenceId: 1, state: 'finished' }),
    alike(2, { layer: 'stem', referenceId: 2, state: 'failed' }),
    alike(3, { layer: 'logits', referenceId: 1, networkHash: 'other weights' }),
    alike(4, { layer: 'logits', referenceId: 2, inverts: 9 }),
  ]
  expect(withoutMade(planned(), runs).map(({ layer, referenceId }) => [layer, referenceId])).toEqual([['stem', 2], ['logits', 1], ['logits', 2]])
})

it('records nothing twice when only new runs are asked for', async () => {
  const { queue, project } = queueOver()
  const asked = { ...planFor(project), onlyNew: true }
  expect(await queue.plan(asked)).toHaveLength(1)
  expect(await queue.plan(asked)).toEqual([])
  expect(await queue.plan({ ...asked, onlyNew: false })).toHaveLength(1)
  await queue.idle()
})
