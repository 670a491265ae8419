import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import { floatToHalf, halfToFloat } from '../../weights/halfFloat.ts'

/** Examples on disk as the trainer takes them, half precision, a place for each. */
export interface ExampleStore {
  has(place: number): boolean
  /** Fill `into` with what was put there. */
  get(place: number, into: Float32Array): void
  /** Keep it; `values` become what `get` will give, rounded to half precision. */
  put(place: number, values: Float32Array): void
  close(): void
}

const readWrite = constants.O_RDWR | constants.O_CREAT

/** Half precision in all its values. */
const widened = Float32Array.from({ length: 65_536 }, (_, bits) => halfToFloat(bits))

/**
 * Open a store, or make it. An example counts as there only once it was written whole.
 *
 * @param file    made where it is missing, with its folder
 * @param places  how many there may be
 * @param length  values of each
 */
export function openExampleStore(file: string, places: number, length: number): ExampleStore {
  mkdirSync(path.dirname(file), { recursive: true })
  const [values, marks] = [openSync(file, readWrite), openSync(`${file}.there`, readWrite)]
  const there = new Uint8Array(places)
  readSync(marks, there, 0, places, 0)
  ftruncateSync(marks, places)
  const half = new Uint16Array(length)
  const bytes = new Uint8Array(half.buffer)
  return {
    has: (place) => there[place] === 1,
    get(place, into) {
      readSync(values, bytes, 0, bytes.length, place * bytes.length)
      for (let i = 0; i < length; i++) into[i] = widened[half[i]!]!
    },
    put(place, numbers) {
      for (let i = 0; i < length; i++) {
        half[i] = floatToHalf(numbers[i]!)
        numbers[i] = widened[half[i]!]!
      }
      writeSync(values, bytes, 0, bytes.length, place * bytes.length)
      there[place] = 1
      writeSync(marks, there, place, 1, place)
    },
    close() {
      closeSync(values)
      closeSync(marks)
    },
  }
}
