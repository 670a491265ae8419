import { getActivePinia, type Pinia } from 'pinia'
import type { RpcClient } from '../../src-main/rpc/client.ts'

/** What stores need of the client. */
export type Rpc = Pick<RpcClient, 'call' | 'on' | 'onState' | 'state'>

const clients = new WeakMap<Pinia, Rpc>()

/** Give all stores of this pinia the client they talk over. */
export function provideRpc(pinia: Pinia, rpc: Rpc): void {
  clients.set(pinia, rpc)
}

/** The client of the active pinia; call it in a store's setup. */
export function useRpc(): Rpc {
  const pinia = getActivePinia()
  const rpc = pinia && clients.get(pinia)
  if (!rpc) throw new Error('No RPC client was provided. Call provideRpc(pinia, client) before the first store is used.')
  return rpc
}
