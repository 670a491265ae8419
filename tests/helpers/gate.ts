export interface Gate {
  promise: Promise<void>
  resolve: () => void
}

/** A promise that the test fulfils when it wants the waiting side to go on. */
export function createGate(): Gate {
  let resolve = (): void => undefined
  const promise = new Promise<void>((fulfil) => (resolve = fulfil))
  return { promise, resolve }
}
