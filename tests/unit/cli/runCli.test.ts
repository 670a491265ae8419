import { describe, expect, it } from 'vitest'
import { exitCodeHelp } from '../../../src-main/cli/exitCodes.ts'
import { runCli } from '../../../src-main/cli/runCli.ts'
import { fakeIo } from '../../helpers/fakeIo.ts'

const commands = ['info', 'networks', 'import', 'make', 'train', 'resume', 'retry', 'invert', 'figure2', 'null', 'runs', 'remove', 'trainings', 'recognise', 'matrix', 'figure', 'report', 'export', 'cochleagram', 'activations', 'profile']

/** Run without ever starting the program: for what the command line answers by itself. */
async function lab(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(words, { io, version: '1.2.3', createHost: () => expect.unreachable('the program was started') })
  return { code, ...io.written }
}

describe('lab', () => {
  it('prints its help on request, and on stderr when nothing was asked', async () => {
    const asked = await lab('--help')
    expect(asked).toMatchObject({ code: 0, err: '' })
    for (const name of commands) expect(asked.out).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(await lab()).toEqual({ code: 2, out: '', err: asked.out })
  })

  it('prints its version', async () => {
    expect(await lab('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  })

  it.each(commands)('has help for %s: usage, options with defaults, examples, exit codes, in 80 columns', async (name) => {
    const { code, out } = await lab(name, '--help')
    expect(code).toBe(0)
    for (const part of [`Usage: lab ${name}`, 'Options:', 'Examples:', 'Exit status:']) expect(out).toContain(part)
    for (const [exitCode] of exitCodeHelp) expect(out).toMatch(new RegExp(`^  ${exitCode} `, 'm'))
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(await lab('help', name)).toEqual({ code: 0, out, err: '' })
  })

  it('refuses an unknown command and lists those there are', async () => {
    const { code, err, out } = await lab('mkae')
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe(`There is no command "mkae". The commands are: ${commands.join(', ')}. "lab --help" tells what each does.\n`)
  })

  it.each([
    [['make', '--project', 'p'], /^lab make: --network is missing\. /],
    [['make', '--project', 'p', '--network', 'n', '--layer', 'l', '--reference', 'r', '--preset', 'fast'], /^There is no preset "fast"\. The presets are: "2019 as code", "2019 as printed", "quick look", "fewer updates"\. Choose one of these\.\n$/],
    [['make', '--project', 'p', '--network', 'n', '--layer', 'l', '--reference', 'r', '--updates', '0'], /--updates takes a whole number from 1 to 1000000, not "0"/],
    [['make', '--project', 'p', '--network', 'n', '--layer', 'l', '--reference', 'r', '--together', '0'], /--together takes a whole number from 1 to 8, not "0"/],
    [['make', '--project', 'p', '--network', 'n', '--layer', 'l', '--reference', 'r', '--set', 'initialRms=2'], /--set initialRms=2: a number above 0, up to 1, written as in 0\.01; not "2"\. /],
    [['retry', '--project', 'p', '--rate', '50'], /--rate: a number above 0, up to 10, written as in 0\.001; not "50"\. /],
    [['resume', '--project', 'p', '--together', 'all'], /--together takes a whole number from 1 to 8, not "all"/],
    [['null', '--project', 'p', '--network', 'n', '--pool', 'f', '--pairs', 'many'], /--pairs takes a whole number from 1 to 10000000, not "many"/],
    [['cochleagram', 'in.wav', '--out', 'c.npy', '--rows', '200'], /--rows takes 211 or 171, not "200"/],
    [['cochleagram', 'in.wav', '--out', 'c.npy', '--level', 'loud'], /--level takes keep or rms, not "loud"/],
    [['activations', 'in.png'], /--network is missing/],
  ])('refuses %j before the program starts', async (words, sentence) => {
    const { code, err, out } = await lab(...words)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(sentence)
  })
})
