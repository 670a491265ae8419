import { widthsText } from '../../../src-main/domain/hearingNetworks.ts'
import type { TrainingSummary } from '../../../src-main/domain/training.ts'
import type { PictureTrainingPlan, TrainingPlan, WordTrainingPlan } from '../../../src-main/domain/trainingPlan.ts'
import { ratesText } from '../../../src-main/domain/trainingRates.ts'
import { duration, quantity, whole } from '../../design/format.ts'

/** A name and what is said about it. */
export type Fact = [name: string, value: string]

/** All that is known of a training beside its scores: how it ended, what was planned, what came out. */
export function trainingFacts({ plan, result, environment }: Pick<TrainingSummary, 'plan' | 'result' | 'environment'>): Fact[] {
  const made = environment && `${environment.program}, ${environment.backend} ${environment.tensorflow ?? ''}, ${environment.device}, ${environment.threads} threads`
  return [
    ...(result ? [['Ended', `${result.stop} after ${whole(result.steps)} updates, ${duration(result.seconds)}; kept: the network after ${whole(result.best.step)}`] satisfies Fact] : []),
    ...(plan.kind === 'pictures' ? pictureFacts(plan) : wordFacts(plan)),
    ['Licence', plan.licence],
    ...(result ? resultFacts(plan, result) : []),
    ...(made ? [['Made with', made] satisfies Fact] : []),
    ...plan.notes.map((note): Fact => ['Note', note]),
  ]
}

function wordFacts(plan: WordTrainingPlan): Fact[] {
  const { data } = plan
  return [
    ['Network', networkFact(plan)],
    ['Heads', plan.heads.join(' and ')],
    ['Optimiser', optimiserFact(plan)],
    ['Batches', `${batchFact(plan)}, ${data.mixtures === null ? 'new mixtures each time' : `${data.mixtures} mixtures of each clip`}`],
    ['SNR', `${data.snrDb.join(' to ').replaceAll('-', '−')} dB, shifts up to ${data.shiftS} s`],
    ['Seeds', seedFact(plan)],
    ['Words', data.speech],
    ['Backgrounds', data.backgrounds ?? 'none'],
  ]
}

function pictureFacts(plan: PictureTrainingPlan): Fact[] {
  const { data } = plan
  return [
    ['Network', networkFact(plan)],
    ['Optimiser', optimiserFact(plan)],
    ['Batches', `${batchFact(plan)}, ${data.views === null ? 'new views each time' : `${data.views} views of each picture`}`],
    ['Views', `${quantity(data.smallestArea * 100)} % of the picture's area or more, mirrored or not`],
    ['Seeds', seedFact(plan)],
    ['Pictures', data.pictures],
  ]
}

function resultFacts({ kind }: TrainingPlan, { folder, weightsHash, datasetHash, contentsHash, rates = [], notices }: NonNullable<TrainingSummary['result']>): Fact[] {
  const noticed = kind === 'pictures' ? 'Notes' : 'Sounds'
  return [
    ...(rates.length > 1 ? [['Rates', ratesText(rates)] satisfies Fact] : []),
    ['Folder', folder],
    ['Weights', weightsHash],
    ['Data', datasetHash],
    ...(contentsHash === undefined ? [] : [['Files', contentsHash] satisfies Fact]),
    ...notices.map((notice): Fact => [noticed, notice]),
  ]
}

/** Which network learns, in short. */
export function networkFact(plan: TrainingPlan): string {
  if (plan.kind === 'pictures') return `${plan.base}, ${plan.from === null ? 'its last stages learn' : `${plan.from} and all after it learn`}`
  return `${plan.form}, ${widthsText(plan)}`
}

function optimiserFact({ optimiser, rate, schedule, dropout }: TrainingPlan): string {
  const steps = schedule.kind === 'step' ? ` (× ${schedule.factor} every ${schedule.every})` : ''
  const decay = optimiser.weightDecay > 0 ? `, weight decay ${quantity(optimiser.weightDecay)}` : ''
  const momentum = optimiser.kind === 'sgd' ? `, momentum ${quantity(optimiser.momentum)}` : ''
  return `${optimiser.kind}${momentum}, rate ${quantity(rate)}, ${schedule.kind}${steps}${decay}, dropout ${quantity(dropout)}`
}

function batchFact({ batchSize, accumulate }: TrainingPlan): string {
  return `${batchSize}${accumulate > 1 ? ` × ${accumulate}` : ''}`
}

function seedFact({ seed, data }: TrainingPlan): string {
  return `${seed}, data ${data.seed}`
}
