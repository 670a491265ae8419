import type { NetworkSummary, StimulusKind } from '../domain/network.ts'
import type { Store } from './store.ts'

/** A network as a project remembers it: same name and other weights are another network. */
export interface UsedNetwork {
  name: string
  kind: StimulusKind
  weightsHash: string
  weightsSource: string
}

export interface Networks {
  list(): UsedNetwork[]
  /** Inside a transaction: the row of this network, made where there is none. */
  idOf(network: UsedNetwork): number
}

export function usedNetwork(network: Pick<NetworkSummary, 'name' | 'kind' | 'weights'>): UsedNetwork {
  const { hash, source } = network.weights
  return { name: network.name, kind: network.kind, weightsHash: hash, weightsSource: source }
}

export function createNetworks({ sql }: Store): Networks {
  const all = sql.prepare<[], UsedNetwork>(
    'SELECT name, kind, weights_hash AS weightsHash, weights_source AS weightsSource FROM networks ORDER BY id',
  )
  const insert = sql.prepare<[UsedNetwork]>(
    `INSERT INTO networks (name, kind, weights_hash, weights_source)
     VALUES (@name, @kind, @weightsHash, @weightsSource) ON CONFLICT (name, weights_hash) DO NOTHING`,
  )
  const select = sql
    .prepare<[string, string], number>('SELECT id FROM networks WHERE name = ? AND weights_hash = ?')
    .pluck()
  return {
    list: () => all.all(),
    idOf(network) {
      insert.run(network)
      return select.get(network.name, network.weightsHash)!
    },
  }
}
