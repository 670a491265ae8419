import { readProtocol, trulyNamed, type Protocol } from '../domain/protocol.ts'
import type { RunEnvironment } from '../domain/run.ts'
import type { Store } from './store.ts'

/** Protocols and environments: many runs share one, so each is stored once. */
export interface Settings {
  protocolId(protocol: Protocol): number
  /** Under the name that its settings give it: earlier windows stored a changed preset under the preset's name. */
  protocol(id: number): Protocol
  environmentId(environment: RunEnvironment): number
  environment(id: number): RunEnvironment
}

export function createSettings(store: Store): Settings {
  const protocols = sharedJson(store, 'protocols')
  const environments = sharedJson(store, 'environments')
  const checked = new Map<number, Protocol>()
  return {
    protocolId: (protocol) => protocols.idOf(storedForm(protocol)),
    protocol(id) {
      const protocol = checked.get(id) ?? trulyNamed(readProtocol(protocols.get(id)))
      checked.set(id, protocol)
      return { ...protocol }
    },
    environmentId: environments.idOf,
    environment: (id) => environments.get(id) as RunEnvironment,
  }
}

/** As before optimisers could be chosen, so that Adam's earlier and later runs share one protocol. */
function storedForm({ optimiser, ...others }: Protocol): object {
  return optimiser === 'adam' ? others : { optimiser, ...others }
}

function sharedJson({ sql }: Store, table: 'protocols' | 'environments') {
  const insert = sql.prepare<[string]>(`INSERT OR IGNORE INTO ${table} (json) VALUES (?)`)
  const find = sql.prepare<[string], number>(`SELECT id FROM ${table} WHERE json = ?`).pluck()
  const select = sql.prepare<[number], string>(`SELECT json FROM ${table} WHERE id = ?`).pluck()
  return {
    idOf(value: object): number {
      const json = JSON.stringify(value)
      insert.run(json)
      return find.get(json)!
    },
    get: (id: number): unknown => JSON.parse(select.get(id)!),
  }
}
