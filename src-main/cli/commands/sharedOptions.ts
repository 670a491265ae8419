import type { OptionSpec } from '../command.ts'

export const json: OptionSpec = { help: 'print JSON on stdout and nothing else there' }
export const project: OptionSpec = { value: 'FILE', required: true, help: 'the project' }
export const projectMadeIfMissing: OptionSpec = { value: 'FILE', required: true, help: 'the project; made where there is none' }
export const network: OptionSpec = { value: 'NAME', required: true, help: 'a network of "lab networks"' }
export const included: OptionSpec = { help: 'only metamers that met both inclusion criteria, as in the paper' }
export const largestSeed = 0xffff_ffff
