import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NetworkSummary } from '../../../src-main/domain/network.ts'
import { readWeightFile, withWeightsState } from '../../../src-main/host/networkFiles.ts'
import { toyPicture } from '../../helpers/sampleRuns.ts'
import { temporaryFolder } from '../../helpers/temporaryProject.ts'

const trained: NetworkSummary = { ...toyPicture, name: 'net', weights: { ...toyPicture.weights, state: 'trained', source: 'a package', seed: null } }

describe('weight files', () => {
  it('are marked as needed where they are missing, with the cure; seeded weights need none', async () => {
    const [net, toy] = await withWeightsState(temporaryFolder(), [trained, toyPicture])
    expect(net!.weights).toMatchObject({
      state: 'needed',
      source: 'models/net/weights.safetensors is missing. Get the file again with the program (git checkout models/net), or copy it there.',
    })
    expect(toy).toBe(toyPicture)
  })

  it('are read where they are', async () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'net'))
    writeFileSync(path.join(folder, 'net/weights.safetensors'), 'abc')
    expect((await withWeightsState(folder, [trained]))[0]).toBe(trained)
    expect([...(await readWeightFile(folder, 'net'))]).toEqual([97, 98, 99])
  })

  it('that cannot be read are refused by name', async () => {
    const folder = temporaryFolder()
    await expect(readWeightFile(folder, 'net')).rejects.toMatchObject({
      code: 'ModelFileError',
      message: `The weights of network "net" cannot be read: ${path.join(folder, 'net/weights.safetensors')}. Get the file again with the program (git checkout models/net), or copy it there.`,
    })
  })
})
