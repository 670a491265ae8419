import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src-main/cli/command.ts'
import { make } from '../../../src-main/cli/commands/make.ts'
import { protocolOf } from '../../../src-main/cli/protocolOptions.ts'
import { protocolFrom } from '../../../src-main/domain/protocol.ts'

const needed = ['--project', 'p', '--network', 'n', '--layer', 'l', '--reference', 'r']
const protocol = (...words: string[]) => protocolOf(make, parseArguments(make, [...needed, ...words]))

describe('protocolOf', () => {
  it('takes the preset as it is where nothing is changed', () => {
    expect(protocol('--preset', 'quick look')).toEqual(protocolFrom('quick look'))
    expect(protocol('--updates', '15000', '--set', 'beta1=0.9')).toEqual(protocolFrom('2019 as code'))
  })

  it.each([
    [['labelCriterion=16-way'], { labelCriterion: '16-way' }, '2019 as code, labelCriterion 16-way'],
    [['reluGradient=standard'], { reluGradient: 'standard' }, '2019 as code, reluGradient standard'],
    [['lossNormalisation=elements'], { lossNormalisation: 'elements' }, '2019 as code, lossNormalisation elements'],
    [['learningRate=1e-2', 'updates=20'], { learningRate: 0.01, updates: 20 }, '2019 as code, 20 updates, learningRate 0.01'],
  ])('changes %j, typed, and says so in the name', (words, changes, name) => {
    expect(protocol(...words.flatMap((word) => ['--set', word]))).toEqual({ ...protocolFrom('2019 as code'), ...changes, name })
  })

  it('takes "null" for the rate of the network\'s card', () => {
    expect(protocol('--set', 'learningRate=null').learningRate).toBeNull()
  })

  it.each([
    ['speed=2', /^lab make: --set takes NAME=VALUE with one of these names: optimiser, updates, learningRate, .*labelCriterion; not "speed=2"\. "lab make --help"/],
    ['version=2', /^lab make: --set takes NAME=VALUE with one of these names: /],
    ['beta1', /not "beta1"\./],
    ['labelCriterion=17-way', /^lab make: --set labelCriterion=17-way: expected one of "all"\|"16-way"\. /],
    ['updates=few', /^lab make: --set updates=few: a whole number from 1 to 1,000,000, written as in 500; not "few"\. /],
    ['updates=1.5', /^lab make: --set updates=1\.5: a whole number from 1 to 1,000,000, written as in 500; not "1\.5"\. /],
    ['decayPer1000=2', /^lab make: --set decayPer1000=2: a number above 0, up to 1, written as in 0\.95; not "2"\. /],
    ['learningRate=', /^lab make: --set learningRate=: a number above 0, up to 10, written as in 0\.001\. /],
    ['learningRate=50', /^lab make: --set learningRate=50: a number above 0, up to 10, written as in 0\.001; not "50"\. /],
    ['initialRms=null', /^lab make: --set initialRms=null: expected number, received null\. /],
    ['beta1=high', /^lab make: --set beta1=high: expected number, received string\. /],
  ])('refuses %s with a sentence', (word, sentence) => {
    expect(() => protocol('--set', word)).toThrow(sentence)
    expect(() => protocol('--set', word)).toThrow(expect.objectContaining({ code: 'UsageError' }))
  })

  it('refuses two numbers of updates', () => {
    expect(() => protocol('--updates', '3', '--set', 'updates=4')).toThrow('lab make: --updates and --set updates=... are the same; give one of them.')
  })
})
