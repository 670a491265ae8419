import { z } from 'zod'

/** Arrays as they cross the RPC. */

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
export const floats = z.custom<Float32Array>((value) => value instanceof Float32Array, 'expected 32-bit floats')
