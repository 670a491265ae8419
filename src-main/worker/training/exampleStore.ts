import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import { LabError } from '../../domain/errors.ts'
import { floatToHalf, halfToFloat } from '../../weights/halfFloat.ts'
import { whyNotWritten } from './whyNotWritten.ts'

/** Examples on disk as the trainer takes them, half precision, a place for each. */
export interface ExampleStore {
  has(place: number): boolean
  /** Fill `into` with what was put there. @throws LabError when the file was cut short since */
  get(place: number, into: Float32Array): void
  /** Keep it; `values` become what `get` will give, rounded to half precision. @throws LabError when the disk is full or cannot be written: it is not there then */
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
 * @throws LabError when it cannot be made
 */
export function openExampleStore(file: string, places: number, length: number): ExampleStore {
  const marksFile = `${file}.there`
  const [values, marks] = writing(file, () => {
    mkdirSync(path.dirname(file), { recursive: true })
    return [openSync(file, readWrite), openSync(marksFile, readWrite)]
  })
  const there = new Uint8Array(places)
  readSync(marks, there, 0, places, 0)
  writing(marksFile, () => ftruncateSync(marks, places))
  const half = new Uint16Array(length)
  const bytes = new Uint8Array(half.buffer)
  return {
    has: (place) => there[place] === 1,
    get(place, into) {
      const read = readSync(values, bytes, 0, bytes.length, place * bytes.length)
      if (read < bytes.length) throw new LabError(`"${file}" is cut short: example ${place + 1} ends after ${read} of ${bytes.length} bytes. Remove it, and "${marksFile}", to have it made anew.`)
      for (let i = 0; i < length; i++) into[i] = widened[half[i]!]!
    },
    put(place, numbers) {
      for (let i = 0; i < length; i++) {
        half[i] = floatToHalf(numbers[i]!)
        numbers[i] = widened[half[i]!]!
      }
      writing(file, () => writeAll(values, bytes, place * bytes.length))
      writing(marksFile, () => writeAll(marks, Uint8Array.of(1), place))
      there[place] = 1
    },
    close() {
      closeSync(values)
      closeSync(marks)
    },
  }
}

/** A disk that is nearly full takes a part without a word; the next call then says that it is full. */
function writeAll(file: number, bytes: Uint8Array, place: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, place + done)
}

function writing<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { why, cure } = whyNotWritten(cause)
    throw new LabError(`"${file}" cannot be written: ${why}. What is in it stays; ${cure}, then resume the training from its last checkpoint, or give another folder by --cache.`, { cause })
  }
}
