/** Which run's cochleagram a run makes audible. */
export const inversions = `
ALTER TABLE runs ADD COLUMN inverts INTEGER REFERENCES runs (id);
CREATE INDEX runs_by_inverted ON runs (inverts) WHERE inverts IS NOT NULL;
`
