import { isDeepStrictEqual } from 'node:util'
import { presetNotes, presets, type Protocol } from '../domain/protocol.ts'
import type { ExportInput } from './exportInput.ts'
import type { PlannedStimulus } from './planStimuli.ts'

/** Tell a person who opens the folder what is in it and how it was made. */
export function readmeText(input: ExportInput, stimuli: readonly PlannedStimulus[]): string {
  const metamers = stimuli.filter((s) => s.role === 'metamer')
  return `# Stimulus set from the project "${input.projectName}"

${counted(metamers.length, 'metamer')} and ${counted(stimuli.length - metamers.length, 'reference')}, written by Metamer Lab ${input.programVersion} at ${input.exportedAt}.

A model metamer is a synthetic stimulus whose activations at one layer of a network match those of a natural stimulus, its
reference. Each was made by changing noise until the activations matched (Feather, Durango, Gonzalez and McDermott, 2019:
"Metamers of neural networks reveal divergence from human perceptual systems", NeurIPS 32).

## What is what

| file | content |
|---|---|
| stimuli/ | PNG (8-bit RGB) and WAV (16-bit mono); cochleagrams that are no sound's as NPY (float32, [1, rows, columns, 1]) with a picture beside them. Metamers are named network_layer_reference_seed; references, as the network saw them, start with "reference" and are stored once each |
| stimuli.tsv | one row per stimulus, described in stimuli.json |
| measurements.tsv | metamer and reference compared at every stage of the network, described in measurements.json |
| manifest.json | SHA-256 and size of every file; of every run all settings, the network's weights, verdict and the machine it ran on |

Missing or undefined values are "n/a" in the tables and null in the JSON. The settings are also inside each stimulus: in the
PNG text chunk "metamer-lab", in the comment (ICMT) of the WAV, as JSON.

All measurements named "exported" and all verdicts were made on the signals exactly as in these files.

## How they were made

${bullets(input.items.map(({ run }) => protocolLine(run.protocol)))}

## Networks and the terms of their weights

${bullets(input.items.map(({ run, networkWeights: w }) => `${run.network}: ${w.source}. Licence: ${w.licence}. SHA-256 ${w.hash}`))}

The references keep the terms of their own sources.
`
}

/** The note of a preset holds only while none of its settings was changed. */
function protocolLine(protocol: Protocol): string {
  const unchanged = presets.some((preset) => isDeepStrictEqual(preset, protocol))
  return unchanged
    ? `Protocol "${protocol.name}": ${presetNotes[protocol.name]}`
    : `Protocol "${protocol.name}" with changed settings, ${protocol.updates} updates; manifest.json holds them all.`
}

function counted(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}

function bullets(lines: readonly string[]): string {
  return [...new Set(lines)].map((line) => `- ${line}`).join('\n')
}
