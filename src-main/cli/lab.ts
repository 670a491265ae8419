import { existsSync } from 'node:fs'
import type { Host } from '../host/createHost.ts'
import { createRpcClient, type RpcClient } from '../rpc/client.ts'
import { createInMemoryPair } from '../rpc/transports/inMemory.ts'
import { say, type Io } from './io.ts'
import { loadingShown } from './loadingShown.ts'

/** The program as a command uses it: by the same contract as the window. */
export interface Lab {
  client: RpcClient
  host: Host
  io: Io
}

/** Work with the program; afterwards what is at work is paused and everything closed, whatever happened. */
export async function withLab<T>(io: Io, createHost: () => Host, work: (lab: Lab) => Promise<T>): Promise<T> {
  const host = createHost()
  const [mine, its] = createInMemoryPair()
  host.connect(its)
  const client = createRpcClient(mine)
  client.on('problem', ({ message }) => say(io, message))
  client.on('loading', loadingShown(io))
  try {
    return await work({ client, host, io })
  } finally {
    await host.close()
    client.close()
  }
}

/** Open a project, and say why when it can only be read, or where it lies as it was when it was of an older version. */
export async function openProject({ client, io }: Lab, path: string): Promise<void> {
  const { readOnlyReason, olderCopy } = await client.call('project.open', { path })
  if (readOnlyReason) say(io, readOnlyReason)
  if (olderCopy) say(io, `The project was of an older version and is now of the newest. As it was, for an older program, it is kept as ${olderCopy}.`)
}

/** Open a project, made first where there is none. */
export async function openOrCreateProject(lab: Lab, path: string): Promise<void> {
  if (existsSync(path)) return openProject(lab, path)
  const project = await lab.client.call('project.create', { path })
  say(lab.io, `Created the project ${project.path}.`)
}
