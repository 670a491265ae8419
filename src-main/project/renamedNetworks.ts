import type Database from 'better-sqlite3'

/** Networks that have another name since, with the same weights. (Another network may bear the old name: the weights tell.) */
const renamed = [
  {
    from: 'word-cnn-reduced-aliasing',
    to: 'word-cnn-reduced-aliasing-random',
    weightsHash: '15592ae61c08d9dca983e33a1d189605eadef2c8dbe98c210722794031290e5d',
  },
]

/**
 * Give the networks of an older project their present names, so that its runs go on and its null distributions count for new runs. No
 * change of version: a project that can only be read stays readable, under the old names.
 */
export function renameNetworks(sql: Database.Database): void {
  const rename = sql.prepare('UPDATE OR IGNORE networks SET name = @to WHERE name = @from AND weights_hash = @weightsHash')
  for (const network of renamed) rename.run(network)
}
