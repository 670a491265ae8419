import type { Card } from '../../../domain/card.ts'
import { ModelFileError } from '../../../domain/errors.ts'

interface Schema<Sizes> {
  safeParse(value: unknown): { success: true; data: Sizes } | { success: false }
}

/**
 * The widths and heads that a card states.
 *
 * @param schema  of the network's own
 * @returns null where it states none: the network is that of the catalogue
 * @throws ModelFileError when they are another network's
 */
export function statedSizes<Sizes>({ name, architecture }: Pick<Card, 'name' | 'architecture'>, schema: Schema<Sizes>): Sizes | null {
  if (architecture === undefined) return null
  const parsed = schema.safeParse(architecture)
  if (parsed.success) return parsed.data
  throw new ModelFileError(`The card of network "${name}" states under "architecture" the widths of another network than the one whose code it names under "network". Correct one of them.`)
}
