import { distinctPairs, type NullHistogram, type NullQuantile, type NullSummary } from '../domain/nullDistribution.ts'
import { nullQuantiles, tallyNull } from '../domain/nullTally.ts'
import type { NullResult, StoredNullValues } from '../domain/workerMessages.ts'
import { toBytes, toFloat32, toUint32, fromSql, toSql } from './values.ts'
import type { Blobs } from './blobs.ts'
import type { Networks, UsedNetwork } from './networks.ts'
import type { Store } from './store.ts'

/** Null distributions, one per network (by its weights) and layer. Nothing is overwritten; the latest counts. */
export interface Nulls {
  save(result: NullResult, network: UsedNetwork, madeAt: string): void
  /** The latest of each network and layer, in the order in which they were made. */
  list(): StoredNull[]
  find(network: string, networkHash: string, layer: string): NullSummary | null
  /** The same with its values, binned. */
  histogram(network: string, networkHash: string, layer: string): StoredNullValues | null
  /** Those of a network's layers that more pairs can be added to, the latest of each. */
  extendable(network: UsedNetwork): StoredNullValues[]
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
  mode: NullSummary['mode']
  augmentation: NullSummary['augmentation']
  draws: number | null
  undefined_pairs: number | null
  quantiles: string | null
  counts: string | null
  lowest: string | null
  highest: string | null
  correlations: string | null
}

const rows = `
SELECT d.*, n.name AS network, n.weights_hash
FROM null_distributions d JOIN networks n ON n.id = d.network_id
WHERE d.id IN (SELECT max(id) FROM null_distributions GROUP BY network_id, layer)`

const written = [
  'network_id', 'layer', 'pairs', 'maximum', 'mean', 'deviation', 'seed', 'pool_name', 'pool_stimuli', 'pool_hash', 'made_at',
  'mode', 'augmentation', 'draws', 'undefined_pairs', 'quantiles', 'counts', 'lowest', 'highest',
]

export function createNulls(store: Store, blobs: Blobs, networks: Networks): Nulls {
  const { sql } = store
  const insert = sql.prepare(`INSERT INTO null_distributions (${written.join(', ')}) VALUES (${written.map(() => '?').join(', ')})`)
  const all = sql.prepare<[], Row>(`${rows} ORDER BY d.id`)
  const one = sql.prepare<[string, string, string], Row>(`${rows} AND n.name = ? AND n.weights_hash = ? AND d.layer = ?`)

  function insertLayer({ summary, histogram }: StoredNullValues, networkId: number, madeAt: string): number {
    const { layer, pairs, maximum, mean, deviation, seed, pool, mode, augmentation, draws, undefinedPairs, quantiles } = summary
    const figures = [toSql(maximum), toSql(mean), toSql(deviation)]
    const from = [pool.name, pool.stimuli, pool.hash]
    const values = [histogram.counts, histogram.lowest, histogram.highest].map((numbers) => blobs.put(toBytes(numbers)))
    const how = [mode, augmentation, draws, undefinedPairs, JSON.stringify(quantiles)]
    return Number(insert.run(networkId, layer, pairs, ...figures, seed, ...from, madeAt, ...how, ...values).lastInsertRowid)
  }

  const withValues = (row: Row): StoredNullValues => ({ summary: summaryOf(row, blobs), histogram: histogramOf(row, blobs) })

  return {
    save: (result, network, madeAt) =>
      store.write(() => {
        const networkId = networks.idOf(network)
        store.announce('nulls', result.layers.map((layer) => insertLayer(layer, networkId, madeAt)))
      }, 'lasting'),
    list: () => all.all().map((row) => ({ ...summaryOf(row, blobs), networkHash: row.weights_hash, madeAt: row.made_at })),
    find(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? summaryOf(row, blobs) : null
    },
    histogram(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? withValues(row) : null
    },
    extendable: ({ name, weightsHash }) =>
      all.all().filter((row) => row.network === name && row.weights_hash === weightsHash && row.counts !== null).map(withValues),
  }
}

function summaryOf(row: Row, blobs: Blobs): NullSummary {
  return {
    network: row.network,
    layer: row.layer,
    pairs: row.pairs,
    maximum: fromSql(row.maximum),
    mean: fromSql(row.mean),
    deviation: fromSql(row.deviation),
    seed: row.seed,
    pool: { name: row.pool_name, stimuli: row.pool_stimuli, hash: row.pool_hash },
    mode: row.mode,
    augmentation: row.augmentation,
    // Those made before do not tell the rest. All of a small pool were in a pair; constant activations were not counted.
    draws: row.draws ?? Math.min(row.pool_stimuli, 2 * row.pairs),
    distinctPairs: distinctPairs(row.pool_stimuli),
    undefinedPairs: row.undefined_pairs ?? 0,
    quantiles: row.quantiles === null ? nullQuantiles(tallyOf(row, blobs)) : (JSON.parse(row.quantiles) as NullQuantile[]),
  }
}

function histogramOf(row: Row, blobs: Blobs): NullHistogram {
  if (row.counts === null) return tallyOf(row, blobs).histogram
  return { counts: toUint32(blobs.get(row.counts)), lowest: toFloat32(blobs.get(row.lowest!)), highest: toFloat32(blobs.get(row.highest!)) }
}

/** Of a null that has all its values. */
function tallyOf(row: Row, blobs: Blobs): ReturnType<typeof tallyNull> {
  return tallyNull(toFloat32(blobs.get(row.correlations!)))
}
