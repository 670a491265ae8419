import { describe, expect, it } from 'vitest'
import { sidecar, tsv, type Cell, type Column } from '../../../src-main/export/table.ts'

const columns: ReadonlyArray<Column<Cell>> = [{ name: 'value', description: 'A value.', units: 'dB', levels: { a: 'first' }, value: (x) => x }]

describe('tsv', () => {
  it.each([
    [NaN, 'n/a'],
    [null, 'n/a'],
    ['', 'n/a'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
    [0.1 + 0.2, '0.30000000000000004'],
    [0, '0'],
    ['two\twords\nand more', 'two words and more'],
  ])('writes %j as %s', (cell, text) => {
    expect(tsv(columns, [cell])).toBe(`value\n${text}\n`)
  })
})

describe('sidecar', () => {
  it('describes the columns in the words of BIDS', () => {
    expect(sidecar(columns)).toEqual({ value: { Description: 'A value.', Units: 'dB', Levels: { a: 'first' } } })
  })
})
