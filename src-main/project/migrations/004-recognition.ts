/** Labels that other networks give to the signals of runs, the true classes of references, and which run is tried again by which. */
export const recognition = `
ALTER TABLE runs ADD COLUMN retry_of INTEGER REFERENCES runs (id);

CREATE TABLE judged_signals (        -- each signal once for each judge, however many runs share it
  id INTEGER PRIMARY KEY,
  judge_id INTEGER NOT NULL REFERENCES networks (id),
  signal TEXT NOT NULL REFERENCES blobs (hash),
  format TEXT NOT NULL,              -- as in results: equal bytes may be another picture
  category16 TEXT,
  notices TEXT NOT NULL,             -- JSON array of sentences: what was done before the judge took it
  judged_at TEXT NOT NULL,
  UNIQUE (judge_id, signal, format)
) STRICT;

CREATE TABLE judged_labels (
  judged_id INTEGER NOT NULL REFERENCES judged_signals (id),
  position INTEGER NOT NULL,         -- 0 is the best
  label_index INTEGER NOT NULL,
  label TEXT NOT NULL,
  probability ANY NOT NULL,
  PRIMARY KEY (judged_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
  reference_id INTEGER PRIMARY KEY REFERENCES reference_stimuli (id),
  answer TEXT NOT NULL               -- a label, the index of one, or a category of the 16
) STRICT;
`
