/** Listeners of one kind, in the order in which they came. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void
  tell(value: T): void
  clear(): void
}

/** A listener that throws does not keep the others from hearing; its error is thrown after all have heard. */
export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(value) {
      const errors: unknown[] = []
      for (const listener of [...all]) {
        try {
          listener(value)
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw errors[0]
    },
    clear: () => all.clear(),
  }
}
