import type { Command } from '../command.ts'
import { writtenToFile } from '../writtenToFile.ts'
import { json, network } from './sharedOptions.ts'

export const activations: Command = {
  name: 'activations',
  summary: "write a network's activations at a layer as .npy",
  operands: 'IN',
  operandCount: { from: 1, to: 1 },
  description: [
    'Runs a picture or sound through a network up to one stage and writes what it gives: batch axis first, channels last, little-endian float32, C order.',
    'IN is a picture (PNG, JPEG, WebP, GIF, TIFF) or a WAV file, prepared as for synthesis, or a .npy array that is taken as it is: pictures [batch, height, width, 3], RGB in [0, 1] before the network\'s own scaling; sounds [batch, samples] before the front end.',
    'With --json: {out, shape, notices}.',
  ],
  options: {
    network,
    layer: { value: 'L', required: true, help: 'a stage of that network' },
    out: { value: 'FILE.npy', required: true, help: 'the file to write' },
    json,
  },
  examples: ['lab activations --network efficientnet-lite0 --layer block4 in.png --out a.npy'],
  run: (args, { withLab }) => {
    const options = { network: args.text('network'), layer: args.text('layer') }
    return withLab((lab) => writtenToFile(lab, args, (input, out) => lab.host.tools.activations(input, out, options)))
  },
}
