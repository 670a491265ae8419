import type { GraphAttribute } from '../../domain/graph.ts'
import { integersAttribute, textAttribute } from './attributes.ts'
import { refuse, type NodeCall } from './nodeCall.ts'

/** @throws ModelFileError when the node works on pictures with their channels first */
export function checkChannelsLast(call: NodeCall): void {
  const format = textAttribute(call.node, 'data_format', 'NHWC')
  if (format !== 'NHWC') throw refuse(call, `has the order of axes ${JSON.stringify(format.slice(0, 20))} where NHWC is expected`)
}

/** What an attribute says of height and width, where it must be 1 for batch and channels. */
export function places(call: NodeCall, attribute: string): number[] {
  const values = integersAttribute(call.node, attribute)
  const [batch, height, width, channels] = values
  if (values.length === 4 && batch === 1 && channels === 1 && height! > 0 && width! > 0) return [height!, width!]
  throw refuse(call, `has ${attribute} [${values.join(', ').slice(0, 100)}], where [1, height, width, 1] is expected`)
}

/** Borders as ONNX says them. */
export function fixedBorders(call: NodeCall): Record<string, GraphAttribute> {
  const padding = textAttribute(call.node, 'padding', '')
  if (padding === 'SAME') return { auto_pad: 'SAME_UPPER' }
  if (padding === 'VALID') return { auto_pad: 'VALID' }
  const pads = integersAttribute(call.node, 'explicit_paddings')
  if (padding !== 'EXPLICIT' || pads.length !== 8) throw refuse(call, `has the padding ${JSON.stringify(padding.slice(0, 20))}`)
  return { pads: [pads[2]!, pads[4]!, pads[3]!, pads[5]!] }
}
