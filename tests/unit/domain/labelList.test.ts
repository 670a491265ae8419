import { describe, expect, it } from 'vitest'
import { readLabels } from '../../../src-main/domain/labelList.ts'

describe('readLabels', () => {
  it.each([
    ['one on a line, blank lines left out', 'tench\r\n goldfish \n\nshark\n', ['tench', 'goldfish', 'shark']],
    ['a JSON array', '["tench", "goldfish, gold fish"]', ['tench', 'goldfish, gold fish']],
    ['a JSON object from index to label', '{"1": "goldfish", "0": "tench"}', ['tench', 'goldfish']],
    ['Keras\' object from index to code and label', '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}', ['tench', 'goldfish']],
    ['nothing', '  \n', []],
  ])('reads %s', (_form, text, labels) => {
    expect(readLabels(text)).toEqual(labels)
  })

  it('refuses what begins like JSON and is none', () => {
    expect(() => readLabels('["tench", ')).toThrow('The list of labels begins like JSON but cannot be read as such. Give an array of texts, or plain text with one label on a line.')
  })

  it('refuses indices with a gap, and says which is missing', () => {
    expect(() => readLabels('{"0": "a", "2": "c"}')).toThrow('The list of labels has 2 entries but none with index 1. Indices must go from 0 without a gap.')
  })
})
