import type { Io } from './io.ts'
import type { Lab } from './lab.ts'

/** What a command is given beside its arguments. */
export interface Setting {
  io: Io
  /** Start the program for as long as the work takes. */
  withLab<T>(work: (lab: Lab) => Promise<T>): Promise<T>
}
