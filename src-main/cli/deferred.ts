export interface Deferred<T> {
  promise: Promise<T>
  /** Only the first of these counts. */
  resolve(value: T): void
  reject(error: unknown): void
}

/** A promise that is settled from outside. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
