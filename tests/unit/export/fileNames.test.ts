import { describe, expect, it } from 'vitest'
import { namePart, uniqueNames } from '../../../src-main/export/fileNames.ts'

describe('namePart', () => {
  it.each([
    ['word_cnn (aliased)', 'word-cnn-aliased'],
    ['Käfer & Blüte', 'Kafer-Blute'],
    ['../../etc/passwd', 'etc-passwd'],
    ['a:b*c?"<>|\\', 'a-b-c'],
    ['ends in dots...', 'ends-in-dots'],
    ['x'.repeat(300), 'x'.repeat(48)],
  ])('makes %j legal on every system', (text, part) => {
    expect(namePart(text)).toBe(part)
  })

  it('gives names without any legal character a hash, so that they stay apart', () => {
    expect(namePart('猫')).toMatch(/^x[0-9a-f]{8}$/)
    expect(namePart('猫')).not.toBe(namePart('犬'))
  })
})

describe('uniqueNames', () => {
  it('leaves unique stems alone and adds a suffix to every one of the others, whatever their case', () => {
    const wanted = [{ stem: 'a', suffix: '1' }, { stem: 'B', suffix: '2' }, { stem: 'b', suffix: '3' }]
    expect(uniqueNames(wanted)).toEqual(['a', 'B_2', 'b_3'])
  })
})
