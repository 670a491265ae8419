import { stepTogether } from '../src-main/engine/synthesis/stepTogether.ts'
import { createSynthesis } from '../src-main/engine/synthesis/synthesiseMetamer.ts'
import { protocolFrom } from '../src-main/domain/protocol.ts'
import { loadBackend } from '../src-main/worker/loadBackend.ts'
import { noiseStimulus } from '../src-main/engine/support/noiseStimulus.ts'
import { shippedModel } from './shippedModel.ts'
import { reportTimes } from './timing.ts'
import { trainingStep } from './trainingCase.ts'

/** Time our own update in a fresh process. Usage: ours.ts CASE STEPS. Prints one JSON line. */
const [caseName, steps] = [process.argv[2]!, Number(process.argv[3])]
const [kind, ...rest] = caseName.split('/')

const engine = await loadBackend()
const step = kind === 'training' ? trainingStep(rest[0] === 'word-cnn-aliased' ? 'aliased' : 'reduced-aliasing', Number(rest[1]!.slice(1))) : synthesisStep()
reportTimes(step, steps, engine)

function synthesisStep(): () => void {
  const [network, layer] = kind === 'frontend' ? ['word-cnn-aliased', 'cochleagram'] : [rest[0]!, rest[1]!]
  const model = shippedModel(network)
  const reference = noiseStimulus(model.summary.input)
  const together = Array.from({ length: Number(rest.at(-1)!.slice(1)) }, (_, i) =>
    createSynthesis({ model, layer, protocol: protocolFrom('2019 as code'), reference, seed: i + 1, resumeFrom: null }),
  )
  return () => void (together.length === 1 ? together[0]!.step() : stepTogether(together))
}
