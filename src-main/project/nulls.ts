import { UsageError } from '../domain/errors.ts'
import { distinctPairs, type NullHistogram, type NullQuantile, type NullSummary } from '../domain/nullDistribution.ts'
import { nullQuantiles, tallyNull } from '../domain/nullTally.ts'
import type { NullResult, StoredNullValues } from '../domain/workerMessages.ts'
import { toBytes, toFloat32, toUint32, fromSql, toSql } from './values.ts'
import type { Blobs } from './blobs.ts'
import type { Networks, UsedNetwork } from './networks.ts'
import type { Store } from './store.ts'

/**
 * Null distributions of networks (by their weights) and layers. Nothing is overwritten. Of several of one layer the one with most pairs
 * judges, of equal ones the latest.
 */
export interface Nulls {
  save(result: NullResult, network: UsedNetwork, madeAt: string): void
  /** Those that judge, one for each network and layer, in the order in which they were made. */
  list(): StoredNull[]
  /** Those that do not, because another of their layer has more pairs; one that was added to counts as what it has become. */
  others(): StoredNull[]
  /** The one that judges. */
  find(network: string, networkHash: string, layer: string): StoredNull | null
  /** The same with its values, binned. */
  histogram(network: string, networkHash: string, layer: string): StoredNullValues | null
  /** Those of a network that more pairs can be added to, each as it is now. */
  extendable(network: UsedNetwork): StoredNullValues[]
  /**
   * What would judge each of its layers if the null distribution with this id, and what it was before pairs were added, were not there.
   *
   * @throws UsageError when there is none with this id
   */
  without(id: number): JudgedWithout[]
  /** Drop the null distribution that one of its layers' ids names, at all layers, with what it was before pairs were added. @throws UsageError */
  remove(id: number): void
}

export interface StoredNull extends NullSummary {
  id: number
  networkHash: string
  madeAt: string
}

export interface JudgedWithout {
  network: string
  networkHash: string
  layer: string
  next: StoredNull | null
}

interface Row {
  id: number
  network_id: number
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

/** Fewer pairs of one identity are the first of more: only the longest of each stands for it. */
const identity = 'network_id, pool_hash, seed, mode, augmentation'
const rows = `
SELECT * FROM (
  SELECT d.*, n.name AS network, n.weights_hash,
    row_number() OVER (PARTITION BY ${identity}, d.layer ORDER BY d.pairs DESC, d.id DESC) AS length,
    row_number() OVER (PARTITION BY network_id, d.layer ORDER BY d.pairs DESC, d.id DESC) AS place
  FROM null_distributions d JOIN networks n ON n.id = d.network_id)
WHERE length = 1`

const written = [
  'network_id', 'layer', 'pairs', 'maximum', 'mean', 'deviation', 'seed', 'pool_name', 'pool_stimuli', 'pool_hash', 'made_at',
  'mode', 'augmentation', 'draws', 'undefined_pairs', 'quantiles', 'counts', 'lowest', 'highest',
]

export function createNulls(store: Store, blobs: Blobs, networks: Networks): Nulls {
  const { sql } = store
  const insert = sql.prepare(`INSERT INTO null_distributions (${written.join(', ')}) VALUES (${written.map(() => '?').join(', ')})`)
  const judging = sql.prepare<[], Row>(`${rows} AND place = 1 ORDER BY id`)
  const other = sql.prepare<[], Row>(`${rows} AND place > 1 ORDER BY id`)
  const one = sql.prepare<[string, string, string], Row>(`${rows} AND place = 1 AND network = ? AND weights_hash = ? AND layer = ?`)
  const ofNetwork = sql.prepare<[string, string], Row>(`${rows} AND counts IS NOT NULL AND network = ? AND weights_hash = ? ORDER BY id`)
  const ofLayer = sql.prepare<[string, string, string], Row>(`${rows} AND network = ? AND weights_hash = ? AND layer = ? ORDER BY place`)
  const sameIdentity = sql.prepare<[number], Row>(
    `SELECT d.*, n.name AS network, n.weights_hash FROM null_distributions d JOIN networks n ON n.id = d.network_id
     WHERE (${identity}) = (SELECT ${identity} FROM null_distributions WHERE id = ?) ORDER BY d.id`,
  )
  const drop = sql.prepare<[number]>('DELETE FROM null_distributions WHERE id = ?')

  function insertLayer({ summary, histogram }: StoredNullValues, networkId: number, madeAt: string): number {
    const { layer, pairs, maximum, mean, deviation, seed, pool, mode, augmentation, draws, undefinedPairs, quantiles } = summary
    const figures = [toSql(maximum), toSql(mean), toSql(deviation)]
    const from = [pool.name, pool.stimuli, pool.hash]
    const values = [histogram.counts, histogram.lowest, histogram.highest].map((numbers) => blobs.put(toBytes(numbers)))
    const how = [mode, augmentation, draws, undefinedPairs, JSON.stringify(quantiles)]
    return Number(insert.run(networkId, layer, pairs, ...figures, seed, ...from, madeAt, ...how, ...values).lastInsertRowid)
  }

  function requireNull(id: number): Row[] {
    const found = sameIdentity.all(id)
    if (found.length > 0) return found
    throw new UsageError(`There is no null distribution ${id} in this project; nothing was removed. "lab null --list" lists those that are.`)
  }

  const stored = (row: Row): StoredNull => ({ ...summaryOf(row, blobs), id: row.id, networkHash: row.weights_hash, madeAt: row.made_at })
  const withValues = (row: Row): StoredNullValues => ({ summary: summaryOf(row, blobs), histogram: histogramOf(row, blobs) })

  return {
    save: (result, network, madeAt) =>
      store.write(() => {
        const networkId = networks.idOf(network)
        store.announce('nulls', result.layers.map((layer) => insertLayer(layer, networkId, madeAt)))
      }, 'lasting'),
    list: () => judging.all().map(stored),
    others: () => other.all().map(stored),
    find(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? stored(row) : null
    },
    histogram(network, networkHash, layer) {
      const row = one.get(network, networkHash, layer)
      return row ? withValues(row) : null
    },
    extendable: ({ name, weightsHash }) => ofNetwork.all(name, weightsHash).map(withValues),
    without(id) {
      const found = requireNull(id)
      const layers = new Map(found.map((row) => [row.layer, row]))
      const gone = new Set(found.map((row) => row.id))
      return [...layers.values()].map(({ network, weights_hash, layer }) => {
        const left = ofLayer.all(network, weights_hash, layer).find((row) => !gone.has(row.id))
        return { network, networkHash: weights_hash, layer, next: left ? stored(left) : null }
      })
    },
    remove: (id) =>
      store.write(() => {
        const gone = requireNull(id)
        for (const row of gone) drop.run(row.id)
        for (const hash of gone.flatMap(valuesOf)) blobs.forget(hash)
        store.announce('nulls', gone.map((row) => row.id))
      }, 'lasting'),
  }
}

function valuesOf({ counts, lowest, highest, correlations }: Row): string[] {
  return [counts, lowest, highest, correlations].filter((hash) => hash !== null)
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
