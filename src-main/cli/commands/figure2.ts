import { presets, withOtherGradient } from '../../domain/protocol.ts'
import { wrong, type Command } from '../command.ts'
import { exitCodes } from '../exitCodes.ts'
import { say } from '../io.ts'
import { openOrCreateProject } from '../lab.ts'
import { makeAndTell } from '../makeAndTell.ts'
import { planNew } from '../planNew.ts'
import { protocolOf, settingNames } from '../protocolOptions.ts'
import { again, json, largestSeed, network, projectMadeIfMissing } from './sharedOptions.ts'

export const figure2: Command = {
  name: 'figure2',
  summary: "make metamers with and without the modified ReLU gradient (the paper's Figure 2)",
  operands: '[FILE...]',
  operandCount: { from: 0, to: Infinity },
  description: [
    'Makes each metamer twice, with the modified and with the standard gradient of the ReLU that ends the generation layer, all else being equal. "lab figure --figure relu" draws the comparison.',
    'Prints what "lab make" prints; Ctrl-C pauses as there, and what exists already is left out as there.',
  ],
  options: {
    project: projectMadeIfMissing,
    network,
    layer: { value: 'L[,L2]', multiple: true, help: 'generation layers; by default all that end in a ReLU, for the others cannot differ' },
    reference: { value: 'FILE', required: true, multiple: true, help: 'a picture or sound to match; more may follow. The paper has 20' },
    preset: { value: 'NAME', default: presets[0]!.name, help: 'the protocol' },
    updates: { value: 'N', help: "make this many updates instead of the preset's" },
    set: { value: 'NAME=VALUE', multiple: true, help: `change a setting of the preset: ${settingNames.filter((name) => name !== 'reluGradient').join(', ')}` },
    seed: { value: 'N', default: '1', help: 'of the noise that synthesis starts from' },
    again,
    json,
  },
  examples: ['lab figure2 --project p.metamer --network word-cnn-aliased \\', '    --reference a.wav b.wav --preset "quick look"', 'lab figure --project p.metamer --protocol "quick look" --figure relu \\', '    figure2.svg'],
  run: async (args, { withLab }) => {
    const modified = protocolOf(figure2, args)
    if (modified.reluGradient !== 'modified') throw wrong(figure2, 'both gradients are made; leave --set reluGradient out')
    const protocols = [modified, withOtherGradient(modified)]
    const seed = args.whole('seed', 0, largestSeed)
    return withLab(async (lab) => {
      const { client, host, io } = lab
      const stimuli = await Promise.all([...args.all('reference'), ...args.operands].map(host.tools.readStimulus))
      const named = args.list('layer')
      const layers = named.length > 0 ? named : await host.tools.rectifiedLayers(args.text('network'))
      const asked = { network: args.text('network'), layers }
      await host.tools.checkPlan({ ...asked, protocol: modified }, stimuli)
      await openOrCreateProject(lab, args.text('project'))
      const referenceIds: number[] = []
      for (const stimulus of stimuli) referenceIds.push((await client.call('references.add', stimulus)).id)
      const runIds: number[] = []
      for (const protocol of protocols) runIds.push(...(await planNew(lab, { ...asked, protocol, referenceIds, seed }, args.on('again'))))
      const code = await makeAndTell(lab, runIds, { project: args.text('project'), json: args.on('json') })
      if (code === exitCodes.ok) say(io, `Draw it with: lab figure --project FILE --network ${args.text('network')} --protocol "${modified.name}" --figure relu FILE.svg`)
      return code
    })
  },
}
