import { numberAttribute } from './attributes.ts'
import { integersInput, refuse, type NodeCall } from './nodeCall.ts'
import { part, stated } from './output.ts'

/** What one place of the lists of begins, ends and strides asks for. */
type Entry = { kind: 'range'; start: number; end: number; step: number } | { kind: 'one'; place: number } | { kind: 'new axis' } | { kind: 'rest' }

/** Ends of an axis: whole numbers have 32 bits here. */
const farthest = 2 ** 31 - 1

/**
 * Parts of a tensor as Python's brackets write them. Axes after an ellipsis are counted from the end.
 *
 * @source tensorflow/tensorflow, core/ops/array_ops.cc (StridedSlice)
 */
export function stridedSlice(call: NodeCall): void {
  const { build, node } = call
  const entries = entriesOf(call)
  const axes = axesOf(entries.filter(({ kind }) => kind !== 'new axis'))
  const dropped = axes.flatMap(([{ kind }, axis]) => (kind === 'one' ? [axis] : []))
  const added = axesOf(entries.filter(({ kind }) => kind !== 'one')).flatMap(([{ kind }, axis]) => (kind === 'new axis' ? [axis] : []))
  const steps = [dropped.length ? 'Squeeze' : null, added.length ? 'Unsqueeze' : null].filter((op) => op !== null)
  const nameAfter = (step: number): string => (step === steps.length ? node.name : part(call, `step ${step}`))
  steps.reduce(
    (x, op, i) => build.add(op, [x, build.integers(part(call, `axes of ${op}`), op === 'Squeeze' ? dropped : added)], nameAfter(i + 1)),
    cut(call, axes.flatMap(([entry, axis]) => rangeOf(entry, axis)), nameAfter(0)),
  )
}

function rangeOf(entry: Entry, axis: number): Range[] {
  if (entry.kind === 'range') return [{ axis, start: entry.start, end: entry.end, step: entry.step }]
  if (entry.kind !== 'one') return []
  return [{ axis, start: entry.place, end: entry.place === -1 ? farthest : entry.place + 1, step: 1 }]
}

interface Range {
  axis: number
  start: number
  end: number
  step: number
}

function cut(call: NodeCall, ranges: Range[], name: string): string {
  const { build } = call
  const list = (what: string, pick: (range: Range) => number): string => build.integers(part(call, what), ranges.map(pick))
  if (ranges.length === 0) return build.add('Identity', [stated(call, 0)], name)
  const lists = [list('starts', ({ start }) => start), list('ends', ({ end }) => end), list('axes', ({ axis }) => axis), list('steps', ({ step }) => step)]
  return build.add('Slice', [stated(call, 0), ...lists], name)
}

/** Each entry with the axis it stands for, but the ellipsis, which stands for several. */
function axesOf(entries: Entry[]): Array<[Entry, number]> {
  const gap = entries.findIndex(({ kind }) => kind === 'rest')
  return entries.flatMap((entry, i): Array<[Entry, number]> => (i === gap ? [] : [[entry, gap === -1 || i < gap ? i : i - entries.length]]))
}

function entriesOf(call: NodeCall): Entry[] {
  const [begins, ends, steps] = [integersInput(call, 1, 'beginning'), integersInput(call, 2, 'end'), integersInput(call, 3, 'step')]
  if (begins.length > 32 || ends.length !== begins.length || steps.length !== begins.length || steps.includes(0)) throw refuse(call, 'has begins, ends and steps that do not fit each other')
  const masked = (mask: string, i: number): boolean => (numberAttribute(call.node, mask, 0) & (1 << i)) !== 0
  const entries = begins.map((begin, i): Entry => {
    if (masked('ellipsis_mask', i)) return { kind: 'rest' }
    if (masked('new_axis_mask', i)) return { kind: 'new axis' }
    if (masked('shrink_axis_mask', i)) return { kind: 'one', place: begin }
    const step = steps[i]!
    return { kind: 'range', start: masked('begin_mask', i) ? (step > 0 ? 0 : farthest) : begin, end: masked('end_mask', i) ? (step > 0 ? farthest : -farthest - 1) : ends[i]!, step }
  })
  if (entries.filter(({ kind }) => kind === 'rest').length > 1) throw refuse(call, 'has two ellipses')
  return entries
}
