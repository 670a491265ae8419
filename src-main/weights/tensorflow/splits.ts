import { numberAttribute } from './attributes.ts'
import { integerInput, refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { part, stated } from './output.ts'

/** Most parts that a tensor is cut into. */
const mostParts = 4096

/** One tensor in, several out. */
export const splits: ConversionTable = {
  Split: (call) => void parts(call, 'num_split', stated(call, 1), integerInput(call, 0, 'axis'), []),
  SplitV: (call) => void parts(call, 'num_split', stated(call, 0), integerInput(call, 2, 'axis'), [stated(call, 1)]),
  Unpack: unpacked,
}

function parts(call: NodeCall, attribute: string, x: string, axis: number, sizes: string[], nameOf = outputName): number {
  const { build, node } = call
  const count = numberAttribute(node, attribute, 0)
  if (!Number.isInteger(count) || count < 1 || count > mostParts) throw refuse(call, `gives ${count} parts`)
  const outputs = Array.from({ length: count }, (_, i) => nameOf(call, i))
  build.nodes.push({ name: node.name, op: 'Split', inputs: [x, ...sizes], outputs, attributes: { axis } })
  return count
}

/** Parts of length one, without their axis. */
function unpacked(call: NodeCall): void {
  const { build } = call
  const axis = numberAttribute(call.node, 'axis', 0)
  const count = parts(call, 'num', stated(call, 0), axis, [], (_, i) => part(call, `part ${i}`))
  const axes = build.integers(part(call, 'axes'), [axis])
  for (let i = 0; i < count; i++) build.add('Squeeze', [part(call, `part ${i}`), axes], outputName(call, i))
}

function outputName({ node }: NodeCall, index: number): string {
  return index === 0 ? node.name : `${node.name}:${index}`
}
