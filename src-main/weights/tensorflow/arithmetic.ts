import { floatsOf, input, knownInput, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { give, givePicture, part, stated } from './output.ts'
import { checkChannelsLast } from './windows.ts'

/** Several elements in, one out. */
export const arithmetic: ConversionTable = {
  Add: (call) => together(call, 'Add'),
  AddV2: (call) => together(call, 'Add'),
  BiasAdd: biased,
  Sub: (call) => together(call, 'Sub'),
  Mul: (call) => together(call, 'Mul'),
  RealDiv: (call) => together(call, 'Div'),
  Div: (call) => together(call, 'Div'),
  Pow: (call) => together(call, 'Pow'),
  Maximum: (call) => together(call, 'Max'),
  Minimum: (call) => together(call, 'Min'),
  AddN: (call) => together(call, 'Sum'),
  SquaredDifference: squaredDifference,
  Prelu: (call) => together(call, 'PRelu'),
  ClipByValue: (call) => together(call, 'Clip'),
  Equal: (call) => together(call, 'Equal'),
  Greater: (call) => together(call, 'Greater'),
  GreaterEqual: (call) => together(call, 'GreaterOrEqual'),
  Less: (call) => together(call, 'Less'),
  LessEqual: (call) => together(call, 'LessOrEqual'),
  LogicalAnd: (call) => together(call, 'And'),
  LogicalOr: (call) => together(call, 'Or'),
  LogicalNot: (call) => together(call, 'Not'),
  SelectV2: (call) => together(call, 'Where'),
}

/** Pictures with pictures and single numbers stay in their order; anything else is spread as TensorFlow has it. */
function together(call: NodeCall, op: string): void {
  const { names, arePictures } = operands(call)
  if (arePictures) givePicture(call, op, names)
  else give(call, op, names)
}

function operands(call: NodeCall): { names: string[]; arePictures: boolean } {
  const { node, tensors } = call
  const isSingle = (index: number) => knownInput(call, index)?.data.length === 1
  const arePictures = node.inputs.some((name) => tensors.isPicture(name)) && node.inputs.every((name, i) => tensors.isPicture(name) || isSingle(i))
  return { names: node.inputs.map((name) => (tensors.isPicture(name) && arePictures ? name : tensors.asStated(name))), arePictures }
}

/** One number for each channel. */
function biased(call: NodeCall): void {
  checkChannelsLast(call)
  const { build, tensors } = call
  const x = input(call, 0)
  const bias = knownInput(call, 1)
  if (!tensors.isPicture(x) || !bias) return give(call, 'Add', [stated(call, 0), stated(call, 1)])
  const spread = build.floats(part(call, 'bias'), { shape: [1, bias.data.length, 1, 1], data: floatsOf(bias) })
  givePicture(call, 'Add', [x, spread])
}

function squaredDifference(call: NodeCall): void {
  const { names, arePictures } = operands(call)
  const difference = call.build.add('Sub', names, part(call, 'difference'))
  if (arePictures) givePicture(call, 'Mul', [difference, difference])
  else give(call, 'Mul', [difference, difference])
}
