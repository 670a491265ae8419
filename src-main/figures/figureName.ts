import type { RunSet } from '../domain/figure.ts'

/** A name for a file of this figure that every system takes. */
export function figureName({ network, protocol }: RunSet, ...parts: string[]): string {
  return [network, ...parts, protocol].map((part) => part.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '')).join('_')
}
