import type { Command } from '../command.ts'
import { oneOf } from '../oneOf.ts'
import { writtenToFile } from '../writtenToFile.ts'
import { json } from './sharedOptions.ts'

export const cochleagram: Command = {
  name: 'cochleagram',
  summary: "write a sound's cochleagram as .npy",
  operands: 'IN',
  operandCount: { from: 1, to: 1 },
  description: [
    'Computes the cochleagram that the 2019 audio networks hear: [batch, rows, 400, 1], rows from low to high frequency, 200 columns a second. Little-endian float32, C order.',
    'IN is a WAV file (PCM 8 to 32 bits, float 32 or 64), brought to 20 kHz and 2 s, or a .npy array [batch, 40000] that is taken as it is.',
    'With --json: {out, shape, notices}.',
  ],
  options: {
    out: { value: 'FILE.npy', required: true, help: 'the file to write' },
    rows: { value: 'N', default: '211', help: "211, as the authors' code has, or 171, as the paper says" },
    level: { value: 'WORD', default: 'rms', help: '"rms" removes the mean and sets RMS 0.1; "keep" takes the samples as they are' },
    json,
  },
  examples: ['lab cochleagram speech.wav --out c.npy', "python3 -c 'import numpy; print(numpy.load(\"c.npy\").shape)'"],
  run: (args, { withLab }) => {
    const rows = oneOf(cochleagram, args, 'rows', ['211', '171'] as const) === '211' ? 211 : 171
    const level = oneOf(cochleagram, args, 'level', ['keep', 'rms'] as const)
    return withLab((lab) => writtenToFile(lab, args, (input, out) => lab.host.tools.cochleagram(input, out, { rows, level })))
  },
}
