import { ref, type Ref } from 'vue'
import { errorToData } from '../../src-main/domain/errors.ts'

export interface InPlace {
  busy: Ref<boolean>
  /** Why the last attempt failed, a sentence to be shown where it was made. */
  problem: Ref<string | null>
  /** @returns undefined after a failure, and when a later attempt has begun meanwhile */
  attempt: <T>(action: () => Promise<T>) => Promise<T | undefined>
}

/** Do one thing at a time whose failure belongs beside what caused it, not among the messages. */
export function attemptInPlace(): InPlace {
  const busy = ref(false)
  const problem = ref<string | null>(null)
  let turn = 0

  async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    const own = ++turn
    busy.value = true
    problem.value = null
    try {
      const answer = await action()
      return own === turn ? answer : undefined
    } catch (error) {
      if (own === turn) problem.value = sentenceOf(error)
      return undefined
    } finally {
      if (own === turn) busy.value = false
    }
  }

  return { busy, problem, attempt }
}

function sentenceOf(error: unknown): string {
  const { message, cause } = errorToData(error)
  return cause && !message.includes(cause.message) ? `${message} (${cause.message})` : message
}
