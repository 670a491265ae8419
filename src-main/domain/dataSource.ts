import { z } from 'zod'

/** What a manifest or a folder of data is known by, wherever it lies. */
export const dataSourceSchema = z.strictObject({
  /** Of the file or folder, without its place. */
  name: z.string().min(1),
  /** SHA-256 of the manifest's file, 64 hexadecimal digits; null: a folder, without a manifest. */
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256').nullable(),
})
export type DataSource = z.infer<typeof dataSourceSchema>
