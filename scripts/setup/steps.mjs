import { appBuild } from './appBuild.mjs'
import { binding } from './binding.mjs'
import { browser } from './browser.mjs'
import { compiler } from './compiler.mjs'
import { electron } from './electron.mjs'
import { kernels } from './kernels.mjs'
import { nodeRuntime } from './nodeRuntime.mjs'
import { npmPackages } from './npmPackages.mjs'
import { tensorflow } from './tensorflow.mjs'

/** All steps, in order, and what is in vain without what. */
export const steps = [
  npmPackages,
  nodeRuntime,
  compiler,
  { ...tensorflow, needs: [compiler.name] },
  { ...binding, needs: [compiler.name, tensorflow.name] },
  { ...kernels, needs: [compiler.name, tensorflow.name] },
  electron,
  browser,
]

export const stepsWithBuild = [...steps, appBuild]
