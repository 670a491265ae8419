import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { errorToData, type ErrorData } from '../../src-main/domain/errors.ts'

export interface InPlace {
  busy: Ref<boolean>
  /** What the last attempt failed with. */
  failure: Ref<ErrorData | null>
  /** The same as a sentence, to be shown where the attempt was made. */
  problem: ComputedRef<string | null>
  /** @returns undefined after a failure, and when a later attempt has begun meanwhile */
  attempt: <T>(action: () => Promise<T>) => Promise<T | undefined>
  /** Take back what was said; an attempt that is under way comes to nothing. */
  forget: () => void
}

/** Do one thing at a time whose failure belongs beside what caused it, not among the messages. */
export function attemptInPlace(): InPlace {
  const busy = ref(false)
  const failure = shallowRef<ErrorData | null>(null)
  const problem = computed(() => failure.value && sentenceOf(failure.value))
  let turn = 0

  async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    const own = ++turn
    busy.value = true
    failure.value = null
    try {
      const answer = await action()
      return own === turn ? answer : undefined
    } catch (error) {
      if (own === turn) failure.value = errorToData(error)
      return undefined
    } finally {
      if (own === turn) busy.value = false
    }
  }

  function forget(): void {
    turn++
    busy.value = false
    failure.value = null
  }

  return { busy, failure, problem, attempt, forget }
}

function sentenceOf({ message, cause }: ErrorData): string {
  return cause && !message.includes(cause.message) ? `${message} (${cause.message})` : message
}
