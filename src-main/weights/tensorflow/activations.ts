import { numberAttribute } from './attributes.ts'
import { input, refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { give, giveAlike, givePicture, part, single } from './output.ts'

/** One element in, one out. */
export const activations: ConversionTable = {
  Relu: (call) => giveAlike(call, 'Relu'),
  Relu6: (call) => giveAlike(call, 'Clip', {}, [single(call, 'zero', 0), single(call, 'cap', 6)]),
  LeakyRelu: (call) => giveAlike(call, 'LeakyRelu', { alpha: numberAttribute(call.node, 'alpha', 0.2) }),
  Elu: (call) => giveAlike(call, 'Elu'),
  Selu: (call) => giveAlike(call, 'Selu'),
  Sigmoid: (call) => giveAlike(call, 'Sigmoid'),
  Tanh: (call) => giveAlike(call, 'Tanh'),
  Softplus: (call) => giveAlike(call, 'Softplus'),
  Softsign: (call) => giveAlike(call, 'Softsign'),
  Erf: (call) => giveAlike(call, 'Erf'),
  Neg: (call) => giveAlike(call, 'Neg'),
  Abs: (call) => giveAlike(call, 'Abs'),
  Sign: (call) => giveAlike(call, 'Sign'),
  Floor: (call) => giveAlike(call, 'Floor'),
  Ceil: (call) => giveAlike(call, 'Ceil'),
  Round: (call) => giveAlike(call, 'Round'),
  Sin: (call) => giveAlike(call, 'Sin'),
  Cos: (call) => giveAlike(call, 'Cos'),
  Exp: (call) => giveAlike(call, 'Exp'),
  Log: (call) => giveAlike(call, 'Log'),
  Sqrt: (call) => giveAlike(call, 'Sqrt'),
  Reciprocal: (call) => giveAlike(call, 'Reciprocal'),
  Inv: (call) => giveAlike(call, 'Reciprocal'),
  Square: (call) => giveAlike(call, 'Pow', {}, [single(call, 'two', 2)]),
  Rsqrt: reciprocalRoot,
}

/** The reciprocal of the square root. */
function reciprocalRoot(call: NodeCall): void {
  const x = input(call, 0)
  const isPicture = call.tensors.isPicture(x)
  const root = call.build.add('Sqrt', [isPicture ? x : call.tensors.asStated(x)], part(call, 'root'))
  if (isPicture) givePicture(call, 'Reciprocal', [root])
  else give(call, 'Reciprocal', [root])
}

/** What a fused node does after its bias: the ONNX operator, its attributes and its further inputs. */
export function fusedActivation(call: NodeCall, name: string): { op: string; attributes: Record<string, number>; further: string[] } {
  const plain: Readonly<Record<string, string>> = { Relu: 'Relu', Elu: 'Elu', Sigmoid: 'Sigmoid', Tanh: 'Tanh' }
  if (Object.hasOwn(plain, name)) return { op: plain[name]!, attributes: {}, further: [] }
  if (name === 'Relu6') return { op: 'Clip', attributes: {}, further: [single(call, 'zero', 0), single(call, 'cap', 6)] }
  if (name === 'LeakyRelu') return { op: 'LeakyRelu', attributes: { alpha: numberAttribute(call.node, 'leakyrelu_alpha', 0.2) }, further: [] }
  throw refuse(call, `has the operation ${JSON.stringify(name.slice(0, 50))} fused into it`)
}
