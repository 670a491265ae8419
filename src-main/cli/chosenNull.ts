import { UsageError } from '../domain/errors.ts'
import type { ListedNull } from '../rpc/contract/methods.ts'

/**
 * The null distribution of a layer that judges now; of a network that had several weights, those of the latest.
 *
 * @param network  undefined: the only one that has null distributions at this layer
 * @throws UsageError that lists those there are
 */
export function chosenNull(nulls: readonly ListedNull[], layer: string, network: string | undefined): ListedNull {
  const fitting = nulls.filter((one) => one.layer === layer && (network === undefined || one.network === network))
  const networks = new Set(fitting.map((one) => one.network))
  if (networks.size === 1) return fitting.at(-1)!
  if (networks.size > 1) throw new UsageError(`Several networks have a null distribution at "${layer}": ${[...networks].join(', ')}. Say which with --network.`)
  const there = [...new Set(nulls.map((one) => one.network))].map((name) => `${name} at ${[...new Set(nulls.filter((one) => one.network === name).map((one) => one.layer))].join(', ')}`)
  throw new UsageError(`There is no null distribution${network === undefined ? '' : ` of "${network}"`} at "${layer}" in this project. ${there.length > 0 ? `There are: ${there.join('; ')}.` : '"lab null" makes them.'}`)
}
