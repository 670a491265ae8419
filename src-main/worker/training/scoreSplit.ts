import { setImmediate } from 'node:timers/promises'
import type { ValidationScores } from '../../domain/training.ts'
import type { HeadName } from '../../domain/trainingPlan.ts'
import { areasByLabel, topK } from '../../engine/training/scores.ts'
import type { Trainer } from '../../engine/training/trainNetwork.ts'
import type { Feed } from './feed.ts'
import type { ExampleOrder } from './example.ts'

/** What a network gives to some clips, and what is right for them. */
export interface SplitAnswers {
  /** Mean over the clips. */
  loss: number
  /** Of each head, [clips, outputs] in rows; empty without that head. */
  logits: Record<HeadName, number[]>
  /** Class of each clip. */
  words: number[]
  /** 0 or 1, [clips, labels]. */
  sounds: number[]
}

/** Score a network on all clips of an order. */
export async function scoreSplit(trainer: Trainer, feed: Feed, orders: readonly ExampleOrder[], batchSize: number, labels: number): Promise<ValidationScores> {
  const { loss, logits, words, sounds } = await answerSplit(trainer, feed, orders, batchSize)
  return { loss, ...wordScores(logits.word, words), ...soundScores(logits.sounds, sounds, labels) }
}

/** Put all clips of an order through a network: batch statistics are not used, so the size of batches changes nothing. */
export async function answerSplit(trainer: Trainer, feed: Feed, orders: readonly ExampleOrder[], batchSize: number): Promise<SplitAnswers> {
  const logits: Record<HeadName, number[]> = { word: [], sounds: [] }
  const [words, sounds]: [number[], number[]] = [[], []]
  let loss = 0
  const parts = Array.from({ length: Math.ceil(orders.length / batchSize) }, (_, i) => orders.slice(i * batchSize, (i + 1) * batchSize))
  let next = feed.prepare(parts[0]!)
  for (let i = 0; i < parts.length; i++) {
    await setImmediate()
    const prepared = next
    if (i + 1 < parts.length) next = feed.prepare(parts[i + 1]!)
    const batch = await feed.take(prepared)
    const result = trainer.evaluate(batch)
    loss += (result.loss * batch.size) / orders.length
    for (const head of ['word', 'sounds'] as const) for (const value of result.logits[head] ?? []) logits[head].push(value)
    words.push(...batch.words!)
    for (const value of batch.sounds!) sounds.push(value)
  }
  return { loss, logits, words, sounds }
}

function wordScores(logits: number[], words: number[]): Pick<ValidationScores, 'wordAccuracy' | 'topFive'> {
  if (logits.length === 0) return { wordAccuracy: null, topFive: null }
  const values = Float32Array.from(logits)
  return { wordAccuracy: topK(values, words, 1), topFive: topK(values, words, 5) }
}

function soundScores(logits: number[], present: number[], labels: number): Pick<ValidationScores, 'meanAuc' | 'aucByLabel'> {
  if (logits.length === 0) return { meanAuc: null, aucByLabel: null }
  const { areas, mean } = areasByLabel(Float32Array.from(logits), Float32Array.from(present), labels)
  return { meanAuc: mean, aucByLabel: areas }
}
