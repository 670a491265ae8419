import path from 'node:path'
import { cardOfDraft, type CardDraft } from '../../domain/importing.ts'
import type { CardFile, InspectedFile } from '../../domain/workerMessages.ts'
import type { Handlers } from '../../rpc/server.ts'
import { createNetworkImport } from '../networkImport.ts'
import type { HostParts } from '../parts.ts'
import { readStimulusFile } from '../readStimulusFile.ts'

type ImportHandlers = Pick<Handlers, Extract<keyof Handlers, `imports.${string}`>>

/** How a file becomes a network of the user's own. Files go to the compute process as paths, never as bytes. */
export function importHandlers(parts: HostParts): ImportHandlers {
  const { compute, samples } = parts
  const { link } = compute
  const networkImport = createNetworkImport(parts)
  const inspect = (file: string): Promise<InspectedFile> => link.request('inspectFile', { path: path.resolve(file) })
  return {
    'imports.inspect': async ({ path: file }) => {
      const { files: _, ...shown } = await inspect(file)
      return shown
    },
    'imports.match': ({ path: file, network }) => link.request('matchWeights', { path: path.resolve(file), network }),
    'imports.describe': ({ path: file, draft }) => link.request('describeGraph', { path: path.resolve(file), draft }),
    'imports.tryOut': async ({ path: file, draft, stimulus }) => {
      const card = draftCard(draft, await inspect(file))
      const read = 'sample' in stimulus ? samples.read(stimulus.sample) : readStimulusFile(stimulus.path)
      return link.request('tryOut', { card, path: path.resolve(file), stimulus: await read })
    },
    'imports.save': async ({ path: file, draft }) => {
      const inspected = await inspect(file)
      return networkImport.copied(inspected, draftCard(draft, inspected))
    },
    'imports.saveWeights': ({ path: file, ...asked }) => networkImport.converted({ path: path.resolve(file), ...asked }),
    'imports.card': async ({ card, path: file }) => networkImport.byCard(path.resolve(card), await inspect(file)),
  }
}

function draftCard(draft: CardDraft, { fileName, hash }: InspectedFile): CardFile {
  return { fileName: 'the card of this import', value: cardOfDraft(draft, { file: fileName, hash, sourceFile: { name: fileName, hash } }) }
}
