import * as fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { LabError } from '../../../../src-main/domain/errors.ts'
import { floatToHalf, halfToFloat } from '../../../../src-main/weights/halfFloat.ts'
import { readCheckpoint, requireCheckpoint, writeCheckpoint, type TrainingCheckpoint } from '../../../../src-main/worker/training/checkpointFile.ts'
import { openExampleStore } from '../../../../src-main/worker/training/exampleStore.ts'
import { requireFreeFolder, trainingPlaces } from '../../../../src-main/worker/training/networkFolder.ts'
import { temporaryFolder } from '../../../helpers/temporaryProject.ts'
import { trainingPlan } from '../../../helpers/trainingPlan.ts'

const disk = vi.hoisted(() => ({ full: false, room: Infinity, atOnce: Infinity }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    /** A full disk takes a part of the file first. */
    writeFileSync: (file: string, content: Uint8Array) => {
      real.writeFileSync(file, disk.full ? content.slice(0, 10) : content)
      if (disk.full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    },
    /** Takes what there is room for without a word, and says so of what comes after; a slow one takes a part each time. */
    writeSync: (file: number, content: Uint8Array, from: number, length: number, place: number) => {
      if (disk.room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      const written = real.writeSync(file, content, from, Math.min(length, disk.room, disk.atOnce), place)
      disk.room -= written
      return written
    },
  }
})
afterEach(() => void Object.assign(disk, { full: false, room: Infinity, atOnce: Infinity }))

const checkpoint = (step: number): TrainingCheckpoint => ({
  trainer: { step, arrays: new Map([['a.kernel', { shape: [2], data: Float32Array.of(step, 0.1) }]]) },
  validations: [{ step, loss: 1.5, wordAccuracy: null, topFive: null, meanAuc: 0.75, aucByLabel: [0.75, NaN] }],
  losses: Float32Array.of(3, 2, 1),
  seconds: 12.5,
  rates: [{ from: 0, rate: 0.1, schedule: { kind: 'constant' } }],
  belongsTo: 'these settings',
})

it('gives a checkpoint back as it was written, NaN among its scores', () => {
  const file = path.join(temporaryFolder(), 'last.safetensors')
  expect(readCheckpoint(file, 'these settings')).toBeNull()
  writeCheckpoint(file, checkpoint(3))
  expect(readCheckpoint(file, 'these settings')).toEqual(checkpoint(3))
})

it('refuses a checkpoint of other settings', () => {
  const file = path.join(temporaryFolder(), 'last.safetensors')
  writeCheckpoint(file, checkpoint(3))
  expect(() => readCheckpoint(file, 'others')).toThrow('is of a training with other settings or other data. To go on with it, give those that it had: only the updates, the rate and its schedule, the target and when to validate may be others. Otherwise choose another name or folder, or remove it to start anew.')
})

it('keeps the earlier checkpoint when the disk is full', () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'last.safetensors')
  writeCheckpoint(file, checkpoint(3))
  disk.full = true
  expect(() => writeCheckpoint(file, checkpoint(4))).toThrow(/last.safetensors" cannot be written: the disk is full. The earlier checkpoint is kept; free some space, then resume the training./)
  expect(readCheckpoint(file, 'these settings')!.trainer.step).toBe(3)
  expect(fs.readdirSync(folder)).toEqual(['last.safetensors'])
})

it('says that a checkpoint is damaged, or gone, and how to begin anew', () => {
  const file = path.join(temporaryFolder(), 'best.safetensors')
  expect(() => requireCheckpoint(file, 'these settings')).toThrow(`The checkpoint "${file}", which holds the network to be kept, is gone. Put it back and resume the training, or remove its folder to start anew.`)
  writeCheckpoint(file, checkpoint(3))
  expect(requireCheckpoint(file, 'these settings')).toEqual(checkpoint(3))
  const damaged = `The checkpoint "${file}" is damaged; no training can go on from it. Put back a copy, or remove it to start anew.`
  fs.truncateSync(file, fs.statSync(file).size - 4)
  expect(() => readCheckpoint(file, 'these settings')).toThrow(damaged)
  fs.truncateSync(file, 4)
  expect(() => readCheckpoint(file, 'these settings')).toThrow(damaged)
})

it('asks for a folder where it is missing, not for space', () => {
  const folder = path.join(temporaryFolder(), 'gone')
  expect(() => writeCheckpoint(path.join(folder, 'last.safetensors'), checkpoint(3))).toThrow(/ENOENT.* Nothing was left behind; see that its folder is there and that you may write to it, then resume the training.$/)
  fs.writeFileSync(folder, 'a file')
  expect(() => openExampleStore(path.join(folder, 'c.f16'), 2, 4)).toThrow(/What is in it stays; see that its folder is there and that you may write to it, then resume the training from its last checkpoint, or give another folder by --cache.$/)
  expect(trainingPlaces(trainingPlan({ outFolder: folder })).make).toThrow(/^The folder ".*training" cannot be made: .*Choose another place for the network, or see that its folder is there and that you may write to it.$/)
})

it('does not write a network over one that came from elsewhere, and over its own only from its checkpoint', () => {
  const plan = trainingPlan({ outFolder: temporaryFolder() })
  const { folder, last, make } = trainingPlaces(plan)
  requireFreeFolder(plan)
  make()
  requireFreeFolder(plan)
  fs.writeFileSync(path.join(folder, 'card.json'), '{}')
  expect(() => requireFreeFolder(plan)).toThrow(`"${folder}" holds a network already, and no checkpoint to go on from: this training would write over it. Choose another name or folder, or remove that network first.`)
  writeCheckpoint(last, checkpoint(3))
  requireFreeFolder(plan)
})

it('keeps cochleagrams in half precision, gives the same values at once and after it was opened again, and knows which it has', () => {
  const file = path.join(temporaryFolder(), 'cache', 'c.f16')
  const store = openExampleStore(file, 3, 4)
  const values = Float32Array.of(0.1, 1 / 3, 3.3, 0)
  expect(store.has(1)).toBe(false)
  store.put(1, values)
  store.close()
  const again = openExampleStore(file, 3, 4)
  const read = new Float32Array(4)
  again.get(1, read)
  expect([again.has(0), again.has(1), again.has(2)]).toEqual([false, true, false])
  expect(read).toEqual(values)
  expect(Math.abs(read[1]! - 1 / 3)).toBeLessThan(2e-4)
  again.close()
})

it('does not count a cochleagram as there that the disk had no room for, and says what to do', () => {
  const file = path.join(temporaryFolder(), 'c.f16')
  const store = openExampleStore(file, 2, 4)
  store.put(0, Float32Array.of(1, 2, 3, 4))
  disk.room = 5
  expect(() => store.put(1, Float32Array.of(5, 6, 7, 8))).toThrow(
    new LabError(`"${file}" cannot be written: the disk is full. What is in it stays; free some space, then resume the training from its last checkpoint, or give another folder by --cache.`),
  )
  expect(store.has(1)).toBe(false)
  store.close()
  disk.room = Infinity
  const again = openExampleStore(file, 2, 4)
  expect([again.has(0), again.has(1)]).toEqual([true, false])
  again.close()
})

it('writes the rest of a cochleagram where the disk takes it in parts', () => {
  const file = path.join(temporaryFolder(), 'c.f16')
  const store = openExampleStore(file, 2, 4)
  disk.atOnce = 3
  store.put(1, Float32Array.of(5, 6, 7, 8))
  const read = new Float32Array(4)
  store.get(1, read)
  expect(read).toEqual(Float32Array.of(5, 6, 7, 8))
  store.close()
})

it('refuses a file of cochleagrams that was cut short', () => {
  const file = path.join(temporaryFolder(), 'c.f16')
  const store = openExampleStore(file, 2, 4)
  store.put(1, Float32Array.of(5, 6, 7, 8))
  store.close()
  fs.truncateSync(file, 10)
  const again = openExampleStore(file, 2, 4)
  expect(() => again.get(1, new Float32Array(4))).toThrow(/c\.f16" is cut short: example 2 ends after 2 of 8 bytes. Remove it, and ".*c\.f16.there", to have it made anew\./)
  again.close()
})

it('rounds every half to itself, and numbers between two to the nearer, to even at ties', () => {
  for (let bits = 0; bits < 65_536; bits++) if (!Number.isNaN(halfToFloat(bits))) expect(floatToHalf(halfToFloat(bits))).toBe(bits)
  expect(halfToFloat(floatToHalf(1 + 1 / 2048))).toBe(1)
  expect(halfToFloat(floatToHalf(1 + 3 / 2048))).toBe(1 + 4 / 2048)
  expect(halfToFloat(floatToHalf(65_520))).toBe(Infinity)
  expect(halfToFloat(floatToHalf(1e-9))).toBe(0)
  expect(floatToHalf(NaN) & 0x7fff).toBe(0x7e00)
})
