import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, readdirSync, renameSync, rmSync, rmdirSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { ProjectError } from '../domain/errors.ts'
import { isConstantRanks } from '../engine/validation/unitRanks.ts'

/** Unit ranks on disk, [row x unit] for each layer, so that memory does not limit them; what a stopped job has done is found again. */
export interface RankStore {
  /** Rows written so far. */
  readonly rows: number
  add(ranks: readonly Float32Array[]): void
  isConstant(layer: number, row: number): boolean
  /** Some columns of every row: float32 [rows, width]. */
  columns(layer: number, from: number, width: number): Float32Array
  close(): void
}

interface State {
  rows: number
  /** Layer and row of constant activations. */
  constant: string[]
}

/**
 * Open the store in a folder; it is made where there is none.
 *
 * @param rows  it will have in all
 * @throws ProjectError when the disk has no room for them
 */
export function openRankStore(folder: string, layers: ReadonlyArray<{ size: number }>, rows: number): RankStore {
  mkdirSync(folder, { recursive: true })
  const stateFile = path.join(folder, 'state.json')
  const state: State = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : { rows: 0, constant: [] }
  requireRoom(folder, layers.reduce((sum, { size }) => sum + 4 * size, 0) * (rows - state.rows))
  const files = layers.map((_, layer) => openSync(path.join(folder, `${layer}.ranks`), state.rows > 0 ? 'r+' : 'w+'))
  const constant = new Set(state.constant)

  return {
    get rows() {
      return state.rows
    },
    add(ranks) {
      ranks.forEach((unit, layer) => {
        writeAll(files[layer]!, bytesOf(unit), state.rows * unit.byteLength)
        if (isConstantRanks(unit)) constant.add(`${layer} ${state.rows}`)
      })
      state.rows++
      state.constant = [...constant]
      writeWholeState(stateFile, state)
    },
    isConstant: (layer, row) => constant.has(`${layer} ${row}`),
    columns(layer, from, width) {
      const block = new Float32Array(state.rows * width)
      for (let row = 0; row < state.rows; row++) {
        readAll(files[layer]!, bytesOf(block.subarray(row * width, (row + 1) * width)), 4 * (row * layers[layer]!.size + from))
      }
      return block
    },
    close: () => files.forEach((file) => closeSync(file)),
  }
}

/** Remove it, and the folder it is in when nothing else is there. */
export function removeWork(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const parent = path.dirname(folder)
  if (readdirSync(parent).length === 0) rmdirSync(parent)
}

/** A kill while it is written must not cost what was there. */
function writeWholeState(file: string, state: State): void {
  writeFileSync(`${file}.part`, JSON.stringify(state))
  renameSync(`${file}.part`, file)
}

function requireRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bytes <= bavail * bsize) return
  const gigabytes = (n: number): string => (n / 2 ** 30).toFixed(1)
  throw new ProjectError(
    `The ranks of this null distribution take ${gigabytes(bytes)} GB on disk for a while, and "${folder}" has ${gigabytes(bavail * bsize)} GB free. Make room, move the project to a larger disk, or use a smaller pool.`,
  )
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done)
}

function readAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(file, bytes, done, bytes.length - done, position + done)
    if (count === 0) throw new ProjectError('The ranks of a null distribution on disk are cut short. Delete the folder that ends in ".nulls" beside the project, and start again.')
    done += count
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
