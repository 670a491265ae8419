import type { Handlers } from '../../src-main/rpc/server.ts'

/** Handlers that all refuse, except those given: for tests that need a few methods only. */
export function handlersWith(some: Partial<Handlers>): Handlers {
  return new Proxy(some, {
    get: (target, name) =>
      target[name as keyof Handlers] ??
      (() => {
        throw new Error(`The test gave no handler for "${String(name)}".`)
      }),
  }) as Handlers
}
