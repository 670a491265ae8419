/** What a window shows of a past training: its loss, thinned, and what its network answers to clips that it never saw. JSON may hold the text 'NaN'. */
export const trainingRecords = `
CREATE TABLE training_losses (
  training_id INTEGER PRIMARY KEY REFERENCES trainings (id),
  steps BLOB NOT NULL,               -- float64, updates made before each loss
  losses BLOB NOT NULL               -- float64
) STRICT;

CREATE TABLE training_examinations ( -- of trainings of words: the last counts
  training_id INTEGER PRIMARY KEY REFERENCES trainings (id),
  split TEXT NOT NULL,
  words TEXT NOT NULL,               -- JSON array of labels
  sounds TEXT NOT NULL,              -- JSON array of labels
  answers TEXT NOT NULL,             -- JSON: [{"file", "right", "said", "probability"}, ...], indices into words
  kernel_shape TEXT NOT NULL,        -- JSON array
  kernels BLOB NOT NULL              -- float32, row-major
) STRICT;
`
