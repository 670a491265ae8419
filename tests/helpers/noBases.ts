import { ModelFileError } from '../../src-main/domain/errors.ts'
import type { NetworkSource } from '../../src-main/worker/context.ts'

/** Of a source of toy networks: none has a card, and none can be fine-tuned. */
export const noBases: Pick<NetworkSource, 'card' | 'base'> = { card: refuse, base: refuse }

function refuse(network: string): never {
  throw new ModelFileError(`The toy network "${network}" has no card.`)
}
