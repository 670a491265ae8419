import type { NullResult } from '../domain/workerMessages.ts'
import type { NullSummary } from '../domain/run.ts'
import { toBytes, toFloat32, fromSql, toSql } from './values.ts'
import type { Blobs } from './blobs.ts'
import type { Networks, UsedNetwork } from './networks.ts'
import type { Store } from './store.ts'

/** Null distributions, one per network (by its weights) and layer. Nothing is overwritten; the latest counts. */
export interface Nulls {
  save(result: NullResult, network: UsedNetwork, madeAt: string): void
  /** The latest of each network and layer, in the order in which they were made. */
  list(): StoredNull[]
  find(network: string, networkHash: string, layer: string): NullSummary | null
  /** The same with its correlations, one for each pair. */
  values(network: string, networkHash: string, layer: string): { summary: NullSummary; values: Float32Array } | null
}

export interface StoredNull extends NullSummary {
  networkHash: string
  madeAt: string
}

interface Row {
  network: string
  weights_hash: string
  layer: string
  pairs: number
  maximum: unknown
  mean: unknown
  deviation: unknown
  seed: number
  pool_name: string
  pool_stimuli: number
  pool_hash: string
  made_at: string
  correlations: string
}

const rows = `
SELECT d.*, n.name AS network, n.weights_hash
FROM null_distributions d JOIN networks n ON n.id = d.network_id
WHERE d.id IN (SELECT max(id) FROM null_distributions GROUP BY network_id, layer)`

export function createNulls(store: Store, blobs: Blobs, networks: Networks): Nulls {
  const { sql } = store
  const insert = sql.prepare(
    `INSERT INTO null_distributions
     (network_id, layer, pairs, maximum, mean, deviation, seed, pool_name, pool_stimuli, pool_hash, made_at, correlations)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const all = sql.prepare<[], Row>(`${rows} ORDER BY d.id`)
  const one = sql.prepare<[string, string, string], Row>(
    `${rows} AND n.name = ? AND n.weights_hash = ? AND d.layer = ?`,
  )

  function insertLayer({ summary, values }: NullResult['layers'][number], networkId: number, madeAt: string): number {
    const { layer, pairs, maximum, mean, deviation, seed, pool } = summary
    const figures = [toSql(maximum), toSql(mean), toSql(deviation)]
    const correlations = blobs.put(toBytes(values))
    const from = [pool.name, pool.stimuli, pool.hash]
    return Number(insert.run(networkId, layer, pairs, ...figures, seed, ...from, madeAt, correlations).lastInsertRowid)
  }

  return {
    save: (result, network, madeAt) =>
      store.write(() => {
        const networkId = networks.idOf(network)
        store.announce('nulls', result.layers.map((layer) => insertLayer(layer, networkId, madeAt)))
      }, 'lasting'),
    list: () => all.all().map((row) => ({ ...summaryOf(row), networkHash: row.weights_hash, madeAt: row.made_at })),
    find(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? summaryOf(row) : null
    },
    values(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? { summary: summaryOf(row), values: toFloat32(blobs.get(row.correlations)) } : null
    },
  }
}

function summaryOf(row: Row): NullSummary {
  return {
    network: row.network,
    layer: row.layer,
    pairs: row.pairs,
    maximum: fromSql(row.maximum),
    mean: fromSql(row.mean),
    deviation: fromSql(row.deviation),
    seed: row.seed,
    pool: { name: row.pool_name, stimuli: row.pool_stimuli, hash: row.pool_hash },
  }
}
