import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { protocolFrom } from '../../src-main/domain/protocol.ts'
import { buildModel } from '../../src-main/engine/models/buildModel.ts'
import { findNetwork } from '../../src-main/engine/models/catalogue.ts'
import { createSynthesis } from '../../src-main/engine/synthesis/synthesiseMetamer.ts'
import { openWeights } from '../../src-main/weights/openWeights.ts'
import { loadBackend } from '../../src-main/worker/loadBackend.ts'
import { noiseStimulus } from '../noiseStimulus.ts'

/** Time the updates of one network at one layer, in a process of its own. Usage: measureLayer.ts NETWORK LAYER STEPS. Prints one JSON line. */
const [network, layer, steps] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])]
await loadBackend()
const { card } = findNetwork(network)
const { state } = card.weights
const weights = state === 'trained' ? openWeights(card, readFileSync(path.join(import.meta.dirname, '../../models', network, card.weights.file))) : null
const model = buildModel(network, { weights })
const reference = noiseStimulus(model.summary.input)
const synthesis = createSynthesis({ model, layer, protocol: protocolFrom('2019 as code'), reference, seed: 1, resumeFrom: null })
const times: number[] = []
for (let i = 0; i < steps + 2; i++) {
  const start = performance.now()
  synthesis.step()
  if (i >= 2) times.push(performance.now() - start)
}
const sorted = times.toSorted((a, b) => a - b)
process.stdout.write(JSON.stringify({ ms: sorted[sorted.length >> 1], peakMb: Math.round(peakKb() / 1024) }) + '\n')

/** Linux counts what the parent held among a child's maxRSS; VmHWM begins with the process. */
function peakKb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
}
