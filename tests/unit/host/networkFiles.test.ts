import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NetworkSummary } from '../../../src-main/domain/network.ts'
import { readOwnCards, weightFileOf, withWeightsState } from '../../../src-main/host/networkFiles.ts'
import { toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

const trained: NetworkSummary = { ...toyPicture, name: 'net', weights: { ...toyPicture.weights, state: 'trained', source: 'a package', seed: null } }

const folders = (modelsFolder: string, networksFolder = temporaryFolder()) => ({ modelsFolder, networksFolder })

describe('weight files', () => {
  it('are marked as needed where they are missing, with the cure; seeded weights need none', async () => {
    const [net, toy] = await withWeightsState(folders(temporaryFolder()), [trained, toyPicture])
    expect(net!.weights).toMatchObject({
      state: 'needed',
      source: 'models/net/weights.safetensors is missing. Get the file again with the program (git checkout models/net), or copy it there.',
    })
    expect(toy).toBe(toyPicture)
  })

  it('are found where they are', async () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'net'))
    writeFileSync(path.join(folder, 'net/weights.safetensors'), 'abc')
    expect((await withWeightsState(folders(folder), [trained]))[0]).toBe(trained)
    expect(await weightFileOf(folders(folder), trained)).toBe(path.join(folder, 'net/weights.safetensors'))
  })

  it('that cannot be read are refused by name', async () => {
    const folder = temporaryFolder()
    await expect(weightFileOf(folders(folder), trained)).rejects.toMatchObject({
      code: 'ModelFileError',
      message: `The weights of network "net" cannot be read: ${path.join(folder, 'net/weights.safetensors')}. Get the file again with the program (git checkout models/net), or copy it there.`,
    })
  })
})

describe('own networks', () => {
  it('have their files in the user\'s folder, under the name that the card gives', async () => {
    const folder = temporaryFolder()
    const own = { ...trained, own: true, weights: { ...trained.weights, file: 'network.onnx' } }
    const [needed] = await withWeightsState(folders(temporaryFolder(), folder), [own])
    expect(needed!.weights.source).toBe(`${path.join(folder, 'net/network.onnx')} is missing. Copy the file there again, or import the network again.`)
    mkdirSync(path.join(folder, 'net'))
    writeFileSync(path.join(folder, 'net/network.onnx'), 'abc')
    expect(await weightFileOf(folders(temporaryFolder(), folder), own)).toBe(path.join(folder, 'net/network.onnx'))
  })

  it('are found by their cards; what is no JSON is handed on to be refused, and other files are let be', async () => {
    const folder = temporaryFolder()
    for (const [name, text] of [['a', '{"format": 1}'], ['b', 'not JSON']] as const) {
      mkdirSync(path.join(folder, name))
      writeFileSync(path.join(folder, name, 'card.json'), text)
    }
    writeFileSync(path.join(folder, 'note.txt'), 'mine')
    expect(await readOwnCards(folder)).toEqual([
      { fileName: path.join(folder, 'a/card.json'), value: { format: 1 } },
      { fileName: path.join(folder, 'b/card.json'), value: 'not JSON' },
    ])
    expect(await readOwnCards(path.join(folder, 'missing'))).toEqual([])
  })
})
