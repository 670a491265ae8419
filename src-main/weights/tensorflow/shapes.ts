import { integersAttribute, numberAttribute, textAttribute, typeAttribute } from './attributes.ts'
import { input, integerInput, integersInput, knownInput, refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { give, giveAlike, givePicture, part, stated } from './output.ts'
import { stridedSlice } from './stridedSlice.ts'

/** Other shapes, orders, types and parts of the same values. */
export const shapes: ConversionTable = {
  Identity: (call) => giveAlike(call, 'Identity'),
  Snapshot: (call) => giveAlike(call, 'Identity'),
  StopGradient: (call) => giveAlike(call, 'Identity'),
  CheckNumerics: (call) => giveAlike(call, 'Identity'),
  Reshape: (call) => give(call, 'Reshape', [stated(call, 0), stated(call, 1)], { allowzero: 1 }),
  Squeeze: squeezed,
  ExpandDims: (call) => give(call, 'Unsqueeze', [stated(call, 0), call.build.integers(part(call, 'axes'), [integerInput(call, 1, 'axis')])]),
  Transpose: (call) => give(call, 'Transpose', [stated(call, 0)], { perm: integersInput(call, 1, 'order of axes') }),
  Shape: (call) => give(call, 'Shape', [stated(call, 0)]),
  Tile: (call) => give(call, 'Tile', [stated(call, 0), stated(call, 1)]),
  BroadcastTo: (call) => give(call, 'Expand', [stated(call, 0), stated(call, 1)]),
  Fill: (call) => give(call, 'Expand', [stated(call, 1), stated(call, 0)]),
  Cast: cast,
  ConcatV2: concatenated,
  Pack: packed,
  GatherV2: (call) => give(call, 'Gather', [stated(call, 0), stated(call, 1)], { axis: integerInput(call, 2, 'axis') }),
  Slice: sliced,
  StridedSlice: stridedSlice,
  Pad: (call) => bordered(call, 'constant'),
  PadV2: (call) => bordered(call, 'constant'),
  MirrorPad: mirrored,
}

function squeezed(call: NodeCall): void {
  const axes = integersAttribute(call.node, 'squeeze_dims')
  const all = axes.length ? axes : integersAttribute(call.node, 'axis')
  give(call, 'Squeeze', [stated(call, 0)], all.length ? { axes: all } : {})
}

/** ONNX numbers its types otherwise. */
function cast(call: NodeCall): void {
  const type = typeAttribute(call.node, 'DstT')
  const to = ['DT_FLOAT', 'DT_DOUBLE', 'DT_HALF'].includes(type) ? 1 : type === 'DT_BOOL' ? 9 : ['DT_INT32', 'DT_INT64', 'DT_UINT8'].includes(type) ? 6 : null
  if (to === null) throw refuse(call, `converts to the type ${JSON.stringify(type.slice(0, 50))}`)
  giveAlike(call, 'Cast', { to })
}

function concatenated(call: NodeCall): void {
  const { node, tensors } = call
  const last = node.inputs.length - 1
  const axis = integerInput(call, last, 'axis')
  const joined = node.inputs.slice(0, last)
  if (joined.length > 0 && joined.every((name) => tensors.isPicture(name))) return givePicture(call, 'Concat', joined, { axis: axisOfPicture(call, axis) })
  give(call, 'Concat', joined.map((_, i) => stated(call, i)), { axis })
}

/** Where an axis of TensorFlow's pictures is with the channels first. */
function axisOfPicture(call: NodeCall, axis: number): number {
  const place = [0, 2, 3, 1][axis < 0 ? axis + 4 : axis]
  if (place !== undefined) return place
  throw refuse(call, `has the axis ${axis} for pictures of 4 axes`)
}

/** Along a new axis. */
function packed(call: NodeCall): void {
  const axis = numberAttribute(call.node, 'axis', 0)
  const axes = call.build.integers(part(call, 'axes'), [axis])
  const each = call.node.inputs.map((_, i) => call.build.add('Unsqueeze', [stated(call, i), axes], part(call, String(i))))
  give(call, 'Concat', each, { axis })
}

/** A size of -1 reaches to the end. */
function sliced(call: NodeCall): void {
  const { build } = call
  const [starts, sizes] = [integersInput(call, 1, 'beginning'), integersInput(call, 2, 'size')]
  const ends = starts.map((start, i) => (sizes[i] === -1 ? 2 ** 31 - 1 : start + (sizes[i] ?? 0)))
  give(call, 'Slice', [stated(call, 0), build.integers(part(call, 'starts'), starts), build.integers(part(call, 'ends'), ends)])
}

function mirrored(call: NodeCall): void {
  const mode = textAttribute(call.node, 'mode', 'REFLECT')
  if (mode !== 'REFLECT') throw refuse(call, `has a border of mode ${JSON.stringify(mode.slice(0, 20))}, where REFLECT is expected`)
  bordered(call, 'reflect')
}

/** [before, after] for each axis; ONNX has all that is before in front. */
function bordered(call: NodeCall, mode: string): void {
  const { build, tensors } = call
  const sides = integersInput(call, 1, 'borders')
  const axes = sides.length / 2
  const x = input(call, 0)
  const isPicture = tensors.isPicture(x) && axes === 4
  const order = isPicture ? [0, 3, 1, 2] : Array.from({ length: Math.ceil(axes) }, (_, i) => i)
  const pads = build.integers(part(call, 'pads'), [...order.map((axis) => sides[2 * axis]!), ...order.map((axis) => sides[2 * axis + 1]!)])
  const value = knownInput(call, 2) ? [stated(call, 2)] : []
  if (isPicture) givePicture(call, 'Pad', [x, pads, ...value], { mode })
  else give(call, 'Pad', [stated(call, 0), pads, ...value], { mode })
}
