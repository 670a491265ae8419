import path from 'node:path'
import { ExportError, UsageError } from '../../domain/errors.ts'
import type { Handlers } from '../../rpc/server.ts'
import type { HostParts } from '../parts.ts'
import { writeWhole } from '../../media/writeWhole.ts'

/** What is done with networks that the user has added. */
export function ownNetworkHandlers({ compute, ownNetworks, emit }: HostParts): Pick<Handlers, 'networks.list' | 'networks.remove' | 'networks.saveCard'> {
  return {
    'networks.list': () => compute.networks(),
    'networks.remove': async ({ name }) => {
      requireOwn(await ownNetworks.names(), name)
      await ownNetworks.remove(name)
      compute.networksChanged()
      emit('changed', { what: 'networks', ids: [] })
      return null
    },
    'networks.saveCard': async ({ name, path: file }) => {
      requireOwn(await ownNetworks.names(), name)
      const text = await ownNetworks.cardText(name)
      try {
        writeWhole(path.resolve(file), text)
      } catch (cause) {
        throw new ExportError(`The card cannot be written to "${file}". Check that its folder exists, that you may write there and that the disk has room.`, { cause })
      }
      return { path: path.resolve(file) }
    },
  }
}

function requireOwn(own: string[], name: string): void {
  if (own.includes(name)) return
  const theirs = own.length > 0 ? `Those are: ${own.join(', ')}.` : 'There are none yet.'
  throw new UsageError(`"${name}" is not among the networks that you have added. ${theirs}`)
}
