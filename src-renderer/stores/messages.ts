import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { errorToData, type ErrorData } from '../../src-main/domain/errors.ts'

export type Tone = 'error' | 'notice' | 'success'

export interface Message {
  id: number
  tone: Tone
  /** What was being done, e.g. "Adding cat.png". */
  doing: string | null
  text: string
  /** The chain of causes, outermost first. */
  causes: ErrorData[]
}

const MOST_SHOWN = 6

/** What the program has to say. Nothing here interrupts; a message stays until it is dismissed or crowded out. */
export const useMessages = defineStore('messages', () => {
  const list = shallowRef<readonly Message[]>([])
  let lastId = 0

  function say(tone: Tone, text: string, doing: string | null = null, causes: ErrorData[] = []): void {
    const others = list.value.filter((m) => m.text !== text || m.doing !== doing)
    list.value = [...others, { id: ++lastId, tone, doing, text, causes }].slice(-MOST_SHOWN)
  }

  function report(doing: string | null, error: unknown): void {
    const data = errorToData(error)
    say('error', data.message, doing, causesOf(data))
  }

  /** Do something; when it fails, say so and go on. @returns undefined after a failure */
  async function attempt<T>(doing: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (error) {
      report(doing, error)
      return undefined
    }
  }

  function dismiss(id: number): void {
    list.value = list.value.filter((m) => m.id !== id)
  }

  return { list, say, report, attempt, dismiss }
})

function causesOf(data: ErrorData): ErrorData[] {
  const causes: ErrorData[] = []
  for (let cause = data.cause; cause; cause = cause.cause) causes.push(cause)
  return causes
}
