import { movedIn, movedSpaces, presetNotes, presets } from '../../domain/protocol.ts'
import type { StimulusFile } from '../../domain/workerMessages.ts'
import type { Command } from '../command.ts'
import { say } from '../io.ts'
import { openOrCreateProject, type Lab } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { oneOf } from '../oneOf.ts'
import { planNew } from '../planNew.ts'
import { protocolOf, settingNames } from '../protocolOptions.ts'
import { again, json, largestSeed, network, projectMadeIfMissing, together, togetherOf } from './sharedOptions.ts'

export const make: Command = {
  name: 'make',
  summary: 'make metamers and judge them',
  operands: '[FILE...]',
  operandCount: { from: 0, to: Infinity },
  description: [
    'Makes one metamer for each layer and reference, and judges it against the null distribution of that network and layer in the project, where there is one ("lab null").',
    `Presets: ${presets.map(({ name }) => `"${name}": ${presetNotes[name]}`).join(' ')}`,
    'References are pictures (PNG, JPEG, WebP, GIF, TIFF), sounds (WAV), or arrays (.npy) that are taken as they are: pictures [1, height, width, 3], RGB in [0, 1]; sounds [1, samples]. What is done to the others on the way in is told on stderr.',
    'With --space cochleagram the cochleagram itself is moved, in networks that hear by one (the paper\'s Figure S9). No sound belongs to such a metamer until "lab invert" makes it audible.',
    'A metamer that the project has already, by the same network, layer, reference, settings and seed, is not made twice: it is told on stderr, and nothing of it is printed. --again makes it anew.',
    'References of one layer are made together: one evaluation of the network serves them all, and each has its own progress, end and checkpoint.',
    'Ctrl-C pauses what is at work with a checkpoint; "lab resume" goes on from there. So it does after a crash.',
    'With --json: one object a line for each run as it ends: run, state, network, layer, reference, protocol, seed, retryOf, inverts, updates, seconds, loss: {first, last}, rho (at the layer), rhoByStage: {stage: rho}, labels: {reference, metamer}, null: {pairs, maximum}, verdict, reason. What there is not, and a number that is undefined, is null.',
  ],
  options: {
    project: projectMadeIfMissing,
    network,
    layer: { value: 'L[,L2]', required: true, multiple: true, help: 'one or more generation layers, separated by commas' },
    reference: { value: 'FILE', required: true, multiple: true, help: 'a picture or sound to match; more may follow' },
    preset: { value: 'NAME', default: presets[0]!.name, help: 'the protocol' },
    updates: { value: 'N', help: "make this many updates instead of the preset's" },
    set: { value: 'NAME=VALUE', multiple: true, help: `change a setting of the preset: ${settingNames.join(', ')}` },
    space: { value: 'WORD', default: 'signal', help: `what is moved: ${movedSpaces.join(' or ')}` },
    seed: { value: 'N', default: '1', help: 'of the noise that synthesis starts from' },
    again,
    together,
    json,
  },
  examples: [
    'lab make --project p.metamer --network efficientnet-lite0 --layer block2 \\',
    '    --reference resources/samples/cat.png',
    'lab make --project p.metamer --network word-cnn-aliased \\',
    '    --layer cochleagram,conv_2 --reference a.wav b.wav --preset "quick look"',
    'lab make --project p.metamer --network efficientnet-lite0 --layer block2 \\',
    '    --reference cat.png --set reluGradient=standard \\',
    '    --set labelCriterion=16-way',
  ],
  run: async (args, { withLab }) => {
    const protocol = movedIn(oneOf(make, args, 'space', movedSpaces), protocolOf(make, args))
    const layers = args.list('layer')
    const seed = args.whole('seed', 0, largestSeed)
    const atOnce = togetherOf(args)
    return withLab(async (lab) => {
      await lab.client.call('runs.setAtOnce', { runs: atOnce })
      const files = [...args.all('reference'), ...args.operands]
      const stimuli = await Promise.all(files.map(lab.host.tools.readStimulus))
      const asked = { network: args.text('network'), layers, protocol }
      // Before a project is made: a mistake should leave nothing behind.
      const notices = await lab.host.tools.checkPlan(asked, stimuli)
      await openOrCreateProject(lab, args.text('project'))
      tellNotices(lab, stimuli, notices)
      const referenceIds: number[] = []
      for (const stimulus of stimuli) referenceIds.push((await lab.client.call('references.add', stimulus)).id)
      const runIds = await planNew(lab, { ...asked, referenceIds, seed }, args.on('again'))
      return makeAndTell(lab, runIds, { project: args.text('project'), json: args.on('json') })
    })
  },
}

function tellNotices({ io }: Lab, stimuli: StimulusFile[], notices: string[][]): void {
  stimuli.forEach(({ fileName }, i) => notices[i]!.forEach((notice) => say(io, `${fileName}: ${notice}`)))
}
