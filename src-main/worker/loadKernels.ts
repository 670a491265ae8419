import { createRequire } from 'node:module'
import path from 'node:path'
import type { Kernels } from '../engine/native/kernels.ts'

const require = createRequire(import.meta.url)

/**
 * Load the kernels that set-up compiled, or null where there are none that run on this processor: the program is then slower and no less right.
 * METAMER_LAB_KERNELS=off leaves them out.
 */
export function loadKernels(): Kernels | null {
  if (process.env['METAMER_LAB_KERNELS'] === 'off') return null
  try {
    const beside = path.dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'))
    const kernels = require(path.join(beside, 'lib', 'napi-v8', 'metamer_lab_kernels.node')) as Kernels & { runsHere(): boolean }
    if (!kernels.runsHere()) return null
    kernels.registerOperations()
    return kernels
  } catch {
    return null
  }
}
