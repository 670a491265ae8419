import type { Model } from '../engine/models/model.ts'

export interface ModelCache {
  /**
   * Work with a network, built first where it is not at hand. It stays in memory at least until the work has ended.
   *
   * @throws whatever building throws, or the work
   */
  using<T>(network: string, work: (model: Model) => T | Promise<T>): Promise<T>
  /** Forget one network, so that it is built anew: its weights have changed. */
  forget(network: string): void
}

interface Entry {
  model: Model
  users: number
  forgotten: boolean
}

/**
 * Keep the networks used last, up to `limit`; the weights of the others are freed.
 *
 * @param build  makes a network by name
 */
export function createModelCache(limit: number, build: (network: string) => Model): ModelCache {
  // A Map keeps the order of insertion: the one used longest ago comes first.
  const entries = new Map<string, Entry>()

  function take(network: string): Entry {
    const entry = entries.get(network) ?? { model: build(network), users: 0, forgotten: false }
    entries.delete(network)
    entries.set(network, entry)
    entry.users++
    return entry
  }

  function giveBack(entry: Entry): void {
    entry.users--
    if (entry.forgotten && entry.users === 0) entry.model.dispose()
    for (const [name, other] of entries) {
      if (entries.size <= limit) return
      if (other.users > 0) continue
      entries.delete(name)
      other.model.dispose()
    }
  }

  return {
    async using(network, work) {
      const entry = take(network)
      try {
        return await work(entry.model)
      } finally {
        giveBack(entry)
      }
    },
    forget(network) {
      const entry = entries.get(network)
      if (!entry) return
      entries.delete(network)
      entry.forgotten = true
      if (entry.users === 0) entry.model.dispose()
    },
  }
}
