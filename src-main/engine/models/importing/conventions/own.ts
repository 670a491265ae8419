import { asItIs } from '../layouts.ts'
import type { Convention } from '../convention.ts'

/** Files that this program wrote. */
export const own: Convention = { name: 'Metamer Lab', rules: () => (name) => ({ name, layout: asItIs }) }
