import type { z } from 'zod'

/** What a schema found wrong, a clause for each place. @param whole  what the value as a whole is called */
export function clausesOf({ issues }: z.ZodError, whole: string): string {
  return issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`).join('; ')
}
