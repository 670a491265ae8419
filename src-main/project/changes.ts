/** Something stored has changed: whoever shows it asks again. */
export interface Change {
  what: 'project' | 'references' | 'runs' | 'nulls' | 'trainings' | 'recognitions'
  ids: number[]
}

export interface Changes {
  /** Called after the change is stored, never before. @returns a function that ends the subscription */
  subscribe(listener: (change: Change) => void): () => void
}

export interface ChangeSource extends Changes {
  /** Tell every listener at once. */
  emit(change: Change): void
  /** Forget all listeners, when the project is closed. */
  end(): void
}

export function createChanges(): ChangeSource {
  const listeners = new Set<(change: Change) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (change) => listeners.forEach((listener) => listener(change)),
    end: () => listeners.clear(),
  }
}
