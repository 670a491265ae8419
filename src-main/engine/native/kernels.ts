import { isNative } from './tensorflow.ts'

/** Envelopes of one design, owned by the kernels and freed with this object. */
export type EnvelopesHandle = object & { readonly kernel: 'envelopes' }

/** Up to eight neighbouring subbands at one rate. */
export interface KernelGroup {
  /** Real responses of each row's bins from `start`. */
  rows: Array<{ start: number; responses: Float32Array }>
  /** Values per row over the whole sound, a whole number per column. */
  length: number
  /** Anti-alias filter of an output away from the ends, over `reach` columns before and after its own. */
  taps: Float32Array
  /** Weights of every value in the six outputs at each end: [12, length]. */
  ends: Float32Array
}

export interface EnvelopesKernelDesign {
  samples: number
  columns: number
  reach: number
  groups: KernelGroup[]
}

/** The compiled kernels, as `kernels/addon.cc` exports them. Every call throws an Error that says what does not fit. */
export interface Kernels {
  /** After this TensorFlow has the kernels of `operations.cc` among its operations. */
  registerOperations(): void
  makeEnvelopes(design: EnvelopesKernelDesign): EnvelopesHandle
  /** Wave [samples] to envelopes [rows, columns]. */
  forward(handle: EnvelopesHandle, wave: Float32Array, threads: number): Float32Array
  /** The wave and the gradient with respect to its envelopes to that with respect to the wave. */
  backward(handle: EnvelopesHandle, wave: Float32Array, dy: Float32Array, threads: number): Float32Array
  /** A gradient times the inverse Hessian that pairs of steps and changes make up, the oldest first. */
  quasiNewton(slope: Float32Array, steps: readonly Float32Array[], changes: readonly Float32Array[], threads: number): Float32Array
}

let installed: { kernels: Kernels; threads: number } | null = null

/** Use compiled kernels from now on, or with null TensorFlow's operations only. Called once, where the engine is loaded. */
export function installKernels(kernels: Kernels | null, threads: number): void {
  installed = kernels && { kernels, threads }
}

/** How many threads the kernels that are operations of TensorFlow use, or null where they are not to be had: then others do the work. */
export function kernelThreads(): number | null {
  return isNative() && installed ? installed.threads : null
}

/** The kernels of this process, or null where there are none: then TensorFlow's operations do the work. */
export function installedKernels(): { kernels: Kernels; threads: number } | null {
  return installed
}
