import { requireSet, requireSetOf } from '../host/runSets.ts'
import type { ListedSet, RunSet } from '../domain/figure.ts'
import type { Arguments, OptionSpec } from './command.ts'
import type { Lab } from './lab.ts'

/** Which runs belong together: asked for where there is more than one possibility. */
export const setOptions: Record<string, OptionSpec> = {
  network: { value: 'NAME', help: 'the network whose metamers are meant; needed where the project has several' },
  protocol: { value: 'NAME', help: 'the protocol as "lab runs" names it; needed where there are several' },
}

/** @throws UsageError that lists the sets where none or several fit */
export async function chosenSet({ client }: Lab, args: Arguments): Promise<{ set: RunSet; listed: ListedSet }> {
  const listed = requireSet(await client.call('sets.list', {}), { network: args.optional('network'), protocol: args.optional('protocol') })
  const { network, networkHash, protocol } = listed
  return { set: { network, networkHash, protocol }, listed }
}

/** The set of the runs that are named, with their numbers; or the one that the options mean. @throws UsageError when they do not belong together */
export async function setOfRuns(lab: Lab, args: Arguments, runIds: number[]): Promise<{ set: RunSet; runIds?: number[] }> {
  if (runIds.length === 0) return { set: (await chosenSet(lab, args)).set }
  return { set: requireSetOf(runIds, await lab.client.call('runs.list', {})), runIds }
}
