/** Networks in training. A training has no state "finished": it is finished when its result is there. JSON may hold the text 'NaN'. */
export const trainings = `
CREATE TABLE trainings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unfinished_state TEXT
    CHECK (unfinished_state IN ('planned', 'running', 'paused', 'interrupted', 'cancelled', 'failed')),
  plan TEXT NOT NULL,               -- JSON
  steps_done INTEGER NOT NULL DEFAULT 0,
  result TEXT,                      -- JSON
  environment_id INTEGER REFERENCES environments (id),
  message TEXT,
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

CREATE TABLE training_metrics (     -- one row for each validation
  training_id INTEGER NOT NULL REFERENCES trainings (id),
  step INTEGER NOT NULL,            -- updates made
  loss ANY NOT NULL,
  word_accuracy REAL,
  top_five REAL,
  mean_auc ANY,
  auc_by_label TEXT,                -- JSON array
  PRIMARY KEY (training_id, step)
) STRICT, WITHOUT ROWID;
`
