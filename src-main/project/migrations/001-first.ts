/**
 * The first form of the project file.
 *
 * Columns of type ANY hold a number or the text 'NaN' (see values.ts). A run has no state "finished": it is finished
 * when its result is there, and `unfinished_state` is then NULL. Times are ISO 8601 in UTC.
 */
export const first = `
CREATE TABLE blobs (
  hash TEXT PRIMARY KEY,            -- SHA-256 of bytes
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE reference_stimuli (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'audio')),
  file_name TEXT NOT NULL,
  byte_length INTEGER NOT NULL,
  notices TEXT NOT NULL,            -- JSON array of sentences
  added_at TEXT NOT NULL,
  blob TEXT NOT NULL REFERENCES blobs (hash)
) STRICT;

CREATE TABLE networks (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'audio')),
  weights_hash TEXT NOT NULL,
  weights_source TEXT NOT NULL,
  UNIQUE (name, weights_hash)
) STRICT;

CREATE TABLE protocols (
  id INTEGER PRIMARY KEY,
  json TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE environments (
  id INTEGER PRIMARY KEY,
  json TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unfinished_state TEXT
    CHECK (unfinished_state IN ('planned', 'running', 'paused', 'interrupted', 'cancelled', 'failed')),
  network_id INTEGER NOT NULL REFERENCES networks (id),
  layer TEXT NOT NULL,
  reference_id INTEGER NOT NULL REFERENCES reference_stimuli (id),
  protocol_id INTEGER NOT NULL REFERENCES protocols (id),
  environment_id INTEGER REFERENCES environments (id),
  seed INTEGER NOT NULL,
  updates_done INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  loss_first ANY,
  loss_last ANY,
  message TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_reference ON runs (reference_id);

CREATE TABLE checkpoints (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id),
  updates INTEGER NOT NULL,
  seconds REAL NOT NULL,
  signal BLOB NOT NULL,             -- float32, as are the rest
  m BLOB NOT NULL,
  v BLOB NOT NULL,
  losses BLOB NOT NULL
) STRICT;

CREATE TABLE results (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id),
  finished_at TEXT NOT NULL,
  metamer_format TEXT NOT NULL,     -- JSON: kind, and height and width or sampleRateHz
  reference_format TEXT NOT NULL,
  metamer TEXT NOT NULL REFERENCES blobs (hash),    -- 8-bit RGB or 16-bit PCM, as exported and judged
  reference TEXT NOT NULL REFERENCES blobs (hash),
  signal TEXT NOT NULL REFERENCES blobs (hash),     -- float32, before rounding
  losses TEXT NOT NULL REFERENCES blobs (hash)      -- float32, before each update
) STRICT;

CREATE TABLE cochleagrams (
  run_id INTEGER NOT NULL REFERENCES results (run_id),
  which TEXT NOT NULL CHECK (which IN ('reference', 'metamer')),
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  maximum ANY NOT NULL,
  envelope_rate_hz REAL NOT NULL,
  picture TEXT NOT NULL REFERENCES blobs (hash),     -- 8-bit
  frequencies TEXT NOT NULL REFERENCES blobs (hash), -- float32, Hz
  PRIMARY KEY (run_id, which)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurements (
  run_id INTEGER NOT NULL REFERENCES results (run_id),
  signal TEXT NOT NULL CHECK (signal IN ('exported', 'float')),
  position INTEGER NOT NULL,        -- of the stage in the network
  stage TEXT NOT NULL,
  rho ANY NOT NULL,
  pearson ANY NOT NULL,
  db_authors ANY NOT NULL,
  db_power ANY NOT NULL,
  reference_norm ANY NOT NULL,
  difference_norm ANY NOT NULL,
  PRIMARY KEY (run_id, signal, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recognitions (
  run_id INTEGER NOT NULL REFERENCES results (run_id),
  which TEXT NOT NULL CHECK (which IN ('reference', 'metamer')),
  category16 TEXT,
  PRIMARY KEY (run_id, which)
) STRICT, WITHOUT ROWID;

CREATE TABLE labels (
  run_id INTEGER NOT NULL,
  which TEXT NOT NULL,
  position INTEGER NOT NULL,        -- 0 is the best
  label_index INTEGER NOT NULL,
  label TEXT NOT NULL,
  probability ANY NOT NULL,
  PRIMARY KEY (run_id, which, position),
  FOREIGN KEY (run_id, which) REFERENCES recognitions (run_id, which)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts (             -- only ever added to; the latest counts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES results (run_id),
  outcome TEXT NOT NULL CHECK (outcome IN ('included', 'excluded', 'undecided')),
  reason TEXT NOT NULL,
  same_label TEXT NOT NULL CHECK (same_label IN ('yes', 'no', 'not applicable')),
  above_null TEXT NOT NULL CHECK (above_null IN ('yes', 'no', 'no null yet')),
  null_pairs INTEGER,
  null_maximum ANY,
  decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX verdicts_by_run ON verdicts (run_id);

CREATE TABLE null_distributions (   -- only ever added to; the latest of a layer counts
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
  correlations TEXT NOT NULL REFERENCES blobs (hash) -- float32, one for each pair
) STRICT;
CREATE INDEX null_distributions_by_layer ON null_distributions (network_id, layer);
`
