import { expect, it } from 'vitest'
import path from 'node:path'
import { parseArguments } from '../../../src-main/cli/command.ts'
import { train } from '../../../src-main/cli/commands/train.ts'
import { trainingPlanOf } from '../../../src-main/cli/trainingOptions.ts'

const planOf = (...words: string[]) => trainingPlanOf(train, parseArguments(train, ['--project', 'p', '--name', 'new', ...words]), '/networks')

it('plans a training of words or of pictures, each with defaults of its own and full paths', () => {
  expect(planOf('--manifest', 'm.csv', '--backgrounds', 'b.csv')).toMatchObject({
    form: 'aliased', rate: 0.001, outFolder: '/networks', data: { speech: path.resolve('m.csv'), backgrounds: path.resolve('b.csv'), cacheFolder: null },
  })
  expect(planOf('--pictures', 'birds', '--cache', 'c', '--note', 'Of birds.')).toMatchObject({
    kind: 'pictures', base: 'efficientnet-lite0', rate: 0.0005, notes: ['Of birds.'], data: { pictures: path.resolve('birds'), views: 8, cacheFolder: path.resolve('c') },
  })
  expect(planOf('--manifest', 'm.csv', '--optimiser', 'sgd', '--momentum', '0.8', '--weight-decay', '0.0001', '--dropout', '0')).toMatchObject({ optimiser: { kind: 'sgd', momentum: 0.8, weightDecay: 0.0001 }, dropout: 0 })
  expect(planOf('--manifest', 'm.csv', '--network', 'deepspeech', '--size', '64')).toMatchObject({ form: 'deepspeech', cells: 64 })
  expect(planOf('--pictures', 'birds', '--rate', '0.01', '--network', 'efficientnet-lite1')).toMatchObject({ base: 'efficientnet-lite1', rate: 0.01 })
})

it.each([
  [[], /--manifest or --folder is missing, or --pictures/],
  [['--manifest', 'm.csv', '--steps', '1.5'], /--steps takes a whole number from 1 to 100000000, not "1\.5"/],
  [['--manifest', 'm.csv', '--network', 'efficientnet-lite0'], /--network takes aliased, reduced-aliasing, vggish, deepspeech, musicnn-vgg, not "efficientnet-lite0"/],
  [['--manifest', 'm.csv', '--views', '3'], /--views goes with --pictures, which is missing/],
  [['--pictures', 'p', '--snr=-10,10'], /--snr is for sounds and does not go with --pictures/],
  [['--manifest', 'm.csv', '--folder', 'words'], /--manifest and --folder both say where the words are; give one of them/],
  [['--manifest', 'm.csv', '--rate=-1'], /--rate takes a number above 0, not "-1"/],
  [['--pictures', 'p', '--manifest', 'm.csv'], /--manifest is for sounds and does not go with --pictures/],
  [['--pictures', 'p', '--views', 'many'], /--views takes a whole number from 0 to 1000000, not "many"/],
])('refuses %j, naming the option', (words, message) => {
  expect(() => planOf(...words)).toThrow(message)
})
