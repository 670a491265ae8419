/**
 * Null distributions keep a histogram and their extremes instead of every value, and say how their pairs were chosen. Those made
 * before have all their values, of distinct pairs of a pool without augmentation; they cannot be added to.
 */
export const histogramsOfNulls = `
CREATE TABLE null_distributions_3 ( -- only ever added to; the latest of a layer counts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network_id INTEGER NOT NULL REFERENCES networks (id),
  layer TEXT NOT NULL,
  pairs INTEGER NOT NULL,
  maximum ANY NOT NULL,
  mean ANY NOT NULL,
  deviation ANY NOT NULL,
  seed INTEGER NOT NULL,
  pool_name TEXT NOT NULL,
  pool_stimuli INTEGER NOT NULL,
  pool_hash TEXT NOT NULL,
  made_at TEXT NOT NULL,
  mode TEXT NOT NULL DEFAULT 'pool' CHECK (mode IN ('pool', 'independent')),
  augmentation TEXT NOT NULL DEFAULT 'none' CHECK (augmentation IN ('none', 'crops')),
  draws INTEGER,                                 -- from here on NULL in those made before
  undefined_pairs INTEGER,
  quantiles TEXT,                                -- JSON: [{"probability", "rho"}, ...]
  counts TEXT REFERENCES blobs (hash),           -- uint32, bins of equal width over [-1, 1]
  lowest TEXT REFERENCES blobs (hash),           -- float32, ascending
  highest TEXT REFERENCES blobs (hash),          -- float32, ascending
  correlations TEXT REFERENCES blobs (hash),     -- only in those made before: float32, one for each pair
  CHECK ((counts IS NULL) <> (correlations IS NULL))
) STRICT;
INSERT INTO null_distributions_3
  (id, network_id, layer, pairs, maximum, mean, deviation, seed, pool_name, pool_stimuli, pool_hash, made_at, correlations)
  SELECT id, network_id, layer, pairs, maximum, mean, deviation, seed, pool_name, pool_stimuli, pool_hash, made_at, correlations
  FROM null_distributions;
DROP TABLE null_distributions;
ALTER TABLE null_distributions_3 RENAME TO null_distributions;
CREATE INDEX null_distributions_by_layer ON null_distributions (network_id, layer);
`
