import type { Compute } from './compute.ts'
import type { EventName, Events } from '../rpc/contract/methods.ts'
import type { OwnNetworks } from './ownNetworks.ts'
import type { RecentProjects } from './recentProjects.ts'
import type { Samples } from './samples.ts'
import type { Sessions } from './session.ts'

/** What the handlers work with. */
export interface HostParts {
  compute: Compute
  /** How it is worked, until the program ends: how many runs may be made at once. */
  working: { together: number }
  sessions: Sessions
  samples: Samples
  recent: RecentProjects
  ownNetworks: OwnNetworks
  /** Tell every window. */
  emit<E extends EventName>(name: E, payload: Events[E]): void
  /** Where new projects go. */
  projectsFolder: string
  /** Where networks that the user has added lie, and new ones go. */
  networksFolder: string
  shell: 'electron' | 'browser'
  version: string
  /** ISO 8601, UTC. */
  now(): string
}
