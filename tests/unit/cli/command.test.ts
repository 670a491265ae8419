import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src-main/domain/errors.ts'
import { parseArguments, type Command } from '../../../src-main/cli/command.ts'

const command: Command = {
  name: 'try',
  summary: '',
  operands: 'IN',
  operandCount: { from: 1, to: 1 },
  description: [],
  options: {
    project: { value: 'FILE', required: true, help: '' },
    layer: { value: 'L', multiple: true, help: '' },
    seed: { value: 'N', default: '7', help: '' },
    json: { help: '' },
  },
  examples: [],
  run: async () => 0,
}
const parse = (...words: string[]) => parseArguments(command, words)

describe('parseArguments', () => {
  it('reads options in any order, repeated ones too, and what is left as operands', () => {
    const args = parse('--layer', 'a', 'in.wav', '--project=p', '--layer', 'b,c', '--json')
    expect([args.text('project'), args.all('layer'), args.on('json'), args.operands]).toEqual(['p', ['a', 'b,c'], true, ['in.wav']])
  })

  it('takes the default of an option that is not given', () => {
    const args = parse('in.wav', '--project', 'p')
    expect([args.whole('seed', 0, 9), args.on('json'), args.all('layer')]).toEqual([7, false, []])
    expect([args.given('seed'), parse('in.wav', '--project', 'p', '--seed', '7').given('seed')]).toEqual([false, true])
  })

  it('takes words after -- as they are', () => {
    expect(parse('--project', 'p', '--', '--in.wav').operands).toEqual(['--in.wav'])
  })

  it.each([
    [['in.wav'], '--project is missing'],
    [['--project', 'p'], 'IN is missing'],
    [['a', 'b', '--project', 'p'], '"b" is one word too many'],
    [['in.wav', '--project', 'p', '--what'], "Unknown option '--what'"],
    [['in.wav', '--project'], "Option '--project <value>' argument missing"],
  ])('refuses %j and points to the help', (words, what) => {
    expect(() => parse(...words)).toThrow(new UsageError(`lab try: ${what}. "lab try --help" lists what it takes.`))
  })

  it.each(['-1', '1.5', 'x', '', '10', '1e1'])('refuses "%s" as a whole number from 0 to 9', (word) => {
    const args = parse('in.wav', '--project', 'p', `--seed=${word}`)
    expect(() => args.whole('seed', 0, 9)).toThrow(`lab try: --seed takes a whole number from 0 to 9, not "${word}".`)
  })
})
