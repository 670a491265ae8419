import { describe, expect, it } from 'vitest'
import { groupNotices } from '../../../../../src-renderer/panels/draft/groupNotices.ts'

describe('groupNotices', () => {
  it('says once what is done to several files alike', () => {
    const files = [
      { fileName: 'a.png', notices: ['Cropped.', 'Resized.'] },
      { fileName: 'b.png', notices: [] },
      { fileName: 'c.png', notices: ['Resized.'] },
      { fileName: 'd.png', notices: ['Cropped.', 'Resized.'] },
    ]
    expect(groupNotices(files)).toEqual([
      { fileNames: ['a.png', 'd.png'], words: 'Cropped. Resized.' },
      { fileNames: ['c.png'], words: 'Resized.' },
    ])
  })
})
