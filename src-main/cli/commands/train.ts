import type { DatasetSummary } from '../../domain/training.ts'
import { checkData } from '../checkData.ts'
import type { Command } from '../command.ts'
import { dataFigureOptions, dataFiguresOf } from '../dataFigures.ts'
import { followTraining } from '../followTraining.ts'
import { say } from '../io.ts'
import { openOrCreateProject } from '../lab.ts'
import { trainingOptions, trainingPlanOf } from '../trainingOptions.ts'
import { json, projectMadeIfMissing } from './sharedOptions.ts'

export const train: Command = {
  name: 'train',
  summary: 'train a network that hears on your own sounds, or an image classifier on your own pictures',
  operands: '',
  operandCount: { from: 0, to: 0 },
  description: [
    'Trains a network from random weights (one of the two word networks, VGGish, DeepSpeech or the VGG of musicnn) on clips of two seconds, of three for musicnn-vgg, with a word at their centre, mixed with backgrounds. What comes out is a network like any other: a folder with a card and weights, at which metamers can be made.',
    'With --pictures: gives a network of the catalogue that sees, or weights imported for one, a new classifier for your labels and goes on training its last stages on random parts of your pictures. A network imported as a whole graph cannot be trained.',
    'Splits are train, validation, test and test-unseen (speakers that are not trained on). Sounds at another rate than the network takes (20 kHz; musicnn-vgg 16 kHz) are resampled, and that is told.',
    'A checkpoint is written every minute and at each validation. Ctrl-C pauses; "lab resume" goes on from the last checkpoint, also after a crash, as if it had not stopped.',
    'With --check: prints what is in the data, by split and label, with durations or sizes, and names files that are missing, unreadable, silent, clipped, small or shared between splits, and clips outside their file or without their word. What a training would refuse is refused then. With --figures as well, counts and durations or sizes are drawn for print, and the first mixed examples.',
    'With --json: one object: training, name, stop, steps, seconds, best, validations, tests, folder, weightsHash, datasetHash, contentsHash, rates, notices. With --check: what was found.',
  ],
  options: { project: projectMadeIfMissing, ...trainingOptions, check: { help: 'look at the data only: count clips or pictures, go through every file, say what is wrong; nothing is trained and no project is made' }, ...dataFigureOptions, json },
  examples: [
    'lab train --project p.metamer --name digits --manifest speech.csv \\',
    '    --backgrounds backgrounds.csv --network reduced-aliasing --steps 600',
    'lab train --project p.metamer --name words --folder clips/ --target word=0.57',
    'lab train --project p.metamer --name words --folder clips/ --check',
    'lab train --project p.metamer --name words --folder clips/ --check \\',
    '    --figures figures --examples 3',
    'lab train --project p.metamer --name birds --pictures birds/ --steps 300',
    'lab train --project p.metamer --name birds-vgg --pictures birds/ \\',
    '    --network my-vgg --rate 0.0001',
  ],
  run: (args, { withLab }) => {
    const figures = dataFiguresOf(train, args)
    return withLab(async (lab) => {
      const plan = trainingPlanOf(train, args, lab.host.tools.networksFolder)
      if (args.on('check')) return checkData(lab, plan, { json: args.on('json'), figures })
      // Before a project is made: a mistake should leave nothing behind.
      tellData(lab.io, plan.kind === 'pictures', await lab.client.call('trainings.check', { plan }))
      await openOrCreateProject(lab, args.text('project'))
      const { id } = await lab.client.call('trainings.plan', { plan })
      return followTraining(lab, id, { project: args.text('project'), json: args.on('json') })
    })
  },
}

function tellData(io: Parameters<typeof say>[0], pictures: boolean, { words, sounds, splits, backgrounds, notices }: DatasetSummary): void {
  const counts = splits.map(({ split, clips: count, speakers }) => `${split} ${count}${speakers.length > 0 ? ` (${speakers.join(', ')})` : ''}`).join('; ')
  const scenes = sounds.length === 0 ? 'no backgrounds' : `backgrounds of ${sounds.length} kinds: ${Object.entries(backgrounds).map(([split, count]) => `${split} ${count}`).join(', ')}`
  say(io, pictures ? `${words.length} labels. Pictures: ${counts}.` : `${words.length} words. Clips: ${counts}. ${scenes}.`)
  for (const notice of notices) say(io, notice)
}
