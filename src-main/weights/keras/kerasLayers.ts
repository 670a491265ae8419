import type { GraphAttribute } from '../../domain/graph.ts'
import type { NamedArray } from '../../domain/weights.ts'
import { activate } from './activations.ts'
import { refuse, reordered, type GraphBuilder, type Traced } from './graphBuilder.ts'
import type { LayerCall } from './layerCall.ts'

type Convert = (call: LayerCall) => Traced

const toChannelsLast = [0, 2, 3, 1]
const toChannelsFirst = [0, 3, 1, 2]

/** Layers of Keras and what they are as ONNX operators. */
export const kerasLayers: Readonly<Record<string, Convert>> = {
  Conv2D: (call) => convolution(call, (kernel) => reordered(kernel, [3, 2, 0, 1]), number(call, 'groups', 1)),
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Dense: dense,
  BatchNormalization: batchNormalization,
  Activation: (call) => activate(call, call.inputs[0]!, call.config['activation'], call.output),
  ReLU: rectifier,
  LeakyReLU: (call) => simple(call, 'LeakyRelu', { alpha: number(call, 'negative_slope', number(call, 'alpha', 0.3)) }),
  ELU: (call) => simple(call, 'Elu', { alpha: number(call, 'alpha', 1) }),
  Softmax: (call) => activate(call, call.inputs[0]!, 'softmax', call.output),
  MaxPooling2D: (call) => simple(call, 'MaxPool', window(call)),
  AveragePooling2D: (call) => simple(call, 'AveragePool', { ...window(call), count_include_pad: 0 }),
  GlobalAveragePooling2D: (call) => globalPool(call, 'GlobalAveragePool'),
  GlobalMaxPooling2D: (call) => globalPool(call, 'GlobalMaxPool'),
  ZeroPadding2D: zeroPadding,
  Cropping2D: cropping,
  UpSampling2D: upSampling,
  Flatten: flatten,
  Reshape: reshape,
  Dropout: same,
  SpatialDropout2D: same,
  GaussianNoise: same,
  GaussianDropout: same,
  ActivityRegularization: same,
  Add: (call) => joined(call, 'Add'),
  Subtract: (call) => joined(call, 'Sub'),
  Multiply: (call) => joined(call, 'Mul'),
  Maximum: (call) => joined(call, 'Max'),
  Minimum: (call) => joined(call, 'Min'),
  Average: average,
  Concatenate: concatenate,
  Rescaling: rescaling,
  Normalization: normalization,
}

function same({ build, inputs, output }: LayerCall): Traced {
  return { name: build.add('Identity', [inputs[0]!.name], output), rank: inputs[0]!.rank }
}

function simple({ build, inputs, output }: LayerCall, op: string, attributes: Record<string, GraphAttribute>): Traced {
  return { name: build.add(op, [inputs[0]!.name], output, attributes), rank: inputs[0]!.rank }
}

function convolution(call: LayerCall, arrange: (kernel: NamedArray) => NamedArray, group: number, kind = 'kernel'): Traced {
  needPicture(call)
  const { build, inputs, layer, output } = call
  const weights = [build.floats(`${layer}/${kind}`, arrange(call.weight(kind)))]
  if (call.config['use_bias'] !== false) weights.push(build.floats(`${layer}/bias`, call.weight('bias')))
  const strides = pair(call, 'strides', [1, 1])
  const attributes = { strides, dilations: pair(call, 'dilation_rate', [1, 1]), auto_pad: padding(call), group }
  const linear = build.add('Conv', [inputs[0]!.name, ...weights], beforeActivation(call), attributes)
  return activate(call, { name: linear, rank: 4 }, call.config['activation'], output)
}

/** Kernel [height, width, channels, multiplier]: one group for each channel. */
function depthwise(call: LayerCall): Traced {
  const kind = 'depthwise_kernel'
  const [height, width, channels, multiplier] = call.weight(kind).shape as [number, number, number, number]
  return convolution(call, (kernel) => ({ shape: [channels * multiplier, 1, height, width], data: reordered(kernel, [2, 3, 0, 1]).data }), channels, kind)
}

function separable(call: LayerCall): Traced {
  const middle = `${call.output}/depthwise`
  const own = { ...call, output: middle, config: { ...call.config, use_bias: false, activation: 'linear' } }
  const first = depthwise(own)
  const pointwise = { ...call, inputs: [first], config: { ...call.config, strides: [1, 1], dilation_rate: [1, 1] } }
  return convolution(pointwise, (kernel) => reordered(kernel, [3, 2, 0, 1]), 1, 'pointwise_kernel')
}

/** Over the last axis, as Keras counts them. */
function dense(call: LayerCall): Traced {
  const { build, inputs, layer, output, config } = call
  const [x] = inputs as [Traced]
  const last = x.rank === 4 ? build.add('Transpose', [x.name], `${output}/channels last`, { perm: toChannelsLast }) : x.name
  const biased = config['use_bias'] !== false
  const isPicture = x.rank === 4
  const linear = beforeActivation(call)
  const product = build.add('MatMul', [last, build.floats(`${layer}/kernel`, call.weight('kernel'))], biased || isPicture ? `${output}/product` : linear)
  const sum = biased ? build.add('Add', [product, build.floats(`${layer}/bias`, call.weight('bias'))], isPicture ? `${output}/sum` : linear) : product
  const name = isPicture ? build.add('Transpose', [sum], linear, { perm: toChannelsFirst }) : sum
  return activate(call, { name, rank: x.rank }, config['activation'], output)
}

function batchNormalization(call: LayerCall): Traced {
  const { build, inputs, layer, output, config } = call
  const [x] = inputs as [Traced]
  needLastAxis(call, x.rank)
  const { shape } = call.weight('moving_mean')
  const filled = (value: number): NamedArray => ({ shape, data: new Float32Array(shape[0]!).fill(value) })
  const scale = config['scale'] === false ? filled(1) : call.weight('gamma')
  const offset = config['center'] === false ? filled(0) : call.weight('beta')
  const parts = { gamma: scale, beta: offset, moving_mean: call.weight('moving_mean'), moving_variance: call.weight('moving_variance') }
  const names = Object.entries(parts).map(([kind, array]) => build.floats(`${layer}/${kind}`, array))
  return { name: build.add('BatchNormalization', [x.name, ...names], output, { epsilon: number(call, 'epsilon', 1e-3) }), rank: x.rank }
}

function rectifier(call: LayerCall): Traced {
  if (number(call, 'threshold', 0) !== 0) throw refuse(call.fileName, call.layer, 'has a ReLU with a threshold')
  const slope = number(call, 'negative_slope', 0)
  const cap = call.config['max_value']
  if (slope !== 0) {
    if (typeof cap === 'number') throw refuse(call.fileName, call.layer, 'has a ReLU with both a slope and a cap')
    return simple(call, 'LeakyRelu', { alpha: slope })
  }
  return activate(call, call.inputs[0]!, typeof cap === 'number' ? { clip: cap } : 'relu', call.output)
}

function window(call: LayerCall): Record<string, GraphAttribute> {
  needPicture(call)
  const size = pair(call, 'pool_size', [2, 2])
  return { kernel_shape: size, strides: pair(call, 'strides', size), auto_pad: padding(call) }
}

function globalPool(call: LayerCall, op: string): Traced {
  needPicture(call)
  const { build, inputs, output, config } = call
  if (config['keepdims'] === true) return simple(call, op, {})
  return { name: build.add('Flatten', [build.add(op, [inputs[0]!.name], `${output}/pooled`)], output, { axis: 1 }), rank: 2 }
}

function zeroPadding(call: LayerCall): Traced {
  needPicture(call)
  const [[top, bottom], [left, right]] = sides(call, 'padding')
  const { build, inputs, output } = call
  return { name: build.add('Pad', [inputs[0]!.name, build.integers(`${output}/pads`, [0, 0, top, left, 0, 0, bottom, right])], output, { mode: 'constant' }), rank: 4 }
}

function cropping(call: LayerCall): Traced {
  needPicture(call)
  const [[top, bottom], [left, right]] = sides(call, 'cropping')
  const { build, inputs, output } = call
  const until = (cut: number): number => (cut === 0 ? 2 ** 31 - 1 : -cut)
  const range = [
    build.integers(`${output}/starts`, [top, left]), build.integers(`${output}/ends`, [until(bottom), until(right)]), build.integers(`${output}/axes`, [2, 3]),
  ]
  return { name: build.add('Slice', [inputs[0]!.name, ...range], output), rank: 4 }
}

function upSampling(call: LayerCall): Traced {
  needPicture(call)
  const { build, inputs, output, config } = call
  const mode = config['interpolation'] === 'bilinear' ? 'linear' : 'nearest'
  const scales = build.floats(`${output}/scales`, { shape: [4], data: Float32Array.of(1, 1, ...pair(call, 'size', [2, 2])) })
  const how: Record<string, GraphAttribute> = mode === 'linear' ? { coordinate_transformation_mode: 'half_pixel' } : { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
  return { name: build.add('Resize', [inputs[0]!.name, '', scales], output, { mode, ...how }), rank: 4 }
}

/** Keras flattens with the channels last. */
function flatten({ build, inputs, output }: LayerCall): Traced {
  return { name: build.add('Flatten', [channelsLast(build, inputs[0]!, output)], output, { axis: 1 }), rank: 2 }
}

function reshape(call: LayerCall): Traced {
  const { build, inputs, output, config } = call
  const target = config['target_shape']
  if (!Array.isArray(target) || !target.every((n) => typeof n === 'number')) throw refuse(call.fileName, call.layer, 'has no proper target_shape')
  const rank = target.length + 1
  const shape = build.integers(`${output}/shape`, [0, ...(target as number[])])
  const reshaped = build.add('Reshape', [channelsLast(build, inputs[0]!, output), shape], rank === 4 ? `${output}/channels last again` : output)
  return { name: rank === 4 ? build.add('Transpose', [reshaped], output, { perm: toChannelsFirst }) : reshaped, rank }
}

function channelsLast(build: GraphBuilder, x: Traced, output: string): string {
  return x.rank === 4 ? build.add('Transpose', [x.name], `${output}/channels last`, { perm: toChannelsLast }) : x.name
}

function joined({ build, inputs, output }: LayerCall, op: string): Traced {
  const last = inputs.length - 1
  const name = inputs.slice(1).reduce((sum, x, i) => build.add(op, [sum, x.name], i + 1 === last ? output : `${output}/${i + 1}`), inputs[0]!.name)
  return { name: last === 0 ? build.add('Identity', [name], output) : name, rank: inputs[0]!.rank }
}

function average(call: LayerCall): Traced {
  const sum = joined({ ...call, output: `${call.output}/sum` }, 'Add')
  const share = call.build.floats(`${call.output}/share`, { shape: [], data: Float32Array.of(1 / call.inputs.length) })
  return { name: call.build.add('Mul', [sum.name, share], call.output), rank: sum.rank }
}

function concatenate(call: LayerCall): Traced {
  const { build, inputs, output } = call
  const { rank } = inputs[0]!
  const asked = number(call, 'axis', -1)
  const axis = asked < 0 ? asked + rank : asked
  // Keras counts batch, height, width, channels.
  const place = rank === 4 ? [0, 2, 3, 1][axis]! : axis
  return { name: build.add('Concat', inputs.map((x) => x.name), output, { axis: place }), rank }
}

function rescaling(call: LayerCall): Traced {
  const { build, inputs, output } = call
  const [x] = inputs as [Traced]
  const scaled = build.add('Mul', [x.name, build.floats(`${output}/scale`, perChannel(call, call.config['scale'] ?? 1, x.rank))], `${output}/scaled`)
  return { name: build.add('Add', [scaled, build.floats(`${output}/offset`, perChannel(call, call.config['offset'] ?? 0, x.rank))], output), rank: x.rank }
}

function normalization(call: LayerCall): Traced {
  const { build, inputs, output } = call
  const [x] = inputs as [Traced]
  const stored = (kind: string): number[] => Array.from(call.weight(kind).data)
  const deviation = stored('variance').map((value) => Math.max(Math.sqrt(value), 1e-7))
  const centred = build.add('Sub', [x.name, build.floats(`${output}/mean`, perChannel(call, stored('mean'), x.rank))], `${output}/centred`)
  return { name: build.add('Div', [centred, build.floats(`${output}/deviation`, perChannel(call, deviation, x.rank))], output), rank: x.rank }
}

/** A number, or one for each channel, shaped to be broadcast. */
function perChannel(call: LayerCall, value: unknown, rank: number): NamedArray {
  const values = Array.isArray(value) ? value.flat() : [value]
  if (!values.every((n): n is number => typeof n === 'number')) throw refuse(call.fileName, call.layer, 'has a scale that is no list of numbers')
  if (values.length === 1) return { shape: [], data: Float32Array.from(values) }
  return { shape: rank === 4 ? [1, values.length, 1, 1] : [values.length], data: Float32Array.from(values) }
}

/** Where an activation follows, what is before it has a name of its own. */
function beforeActivation({ config, output }: LayerCall): string {
  const { activation } = config
  return activation === undefined || activation === null || activation === 'linear' ? output : `${output}/linear`
}

function padding(call: LayerCall): string {
  const { padding: asked } = call.config
  if (asked === 'valid' || asked === undefined) return 'VALID'
  if (asked === 'same') return 'SAME_UPPER'
  throw refuse(call.fileName, call.layer, `has the padding ${JSON.stringify(asked)}`)
}

function needPicture(call: LayerCall): void {
  const format = call.config['data_format']
  if (call.inputs[0]!.rank !== 4) throw refuse(call.fileName, call.layer, `takes a tensor of ${call.inputs[0]!.rank} axes where 4 are expected`)
  if (format === 'channels_first') throw refuse(call.fileName, call.layer, 'has its channels first')
}

function needLastAxis(call: LayerCall, rank: number): void {
  const [axis] = [call.config['axis'] ?? -1].flat() as number[]
  if (axis !== -1 && axis !== rank - 1) throw refuse(call.fileName, call.layer, `normalises axis ${axis} and not the last one`)
}

function number({ config, fileName, layer }: LayerCall, key: string, otherwise: number): number {
  const value = config[key] ?? otherwise
  if (typeof value === 'number') return value
  throw refuse(fileName, layer, `has ${key} ${JSON.stringify(value)}`)
}

function pair({ config, fileName, layer }: LayerCall, key: string, otherwise: readonly number[]): number[] {
  const value = config[key] ?? otherwise
  const both = typeof value === 'number' ? [value, value] : value
  if (Array.isArray(both) && both.length === 2 && both.every((n) => Number.isInteger(n) && n > 0)) return both as number[]
  throw refuse(fileName, layer, `has ${key} ${JSON.stringify(value)}`)
}

/** [[top, bottom], [left, right]], from one number or two as well. */
function sides({ config, fileName, layer }: LayerCall, key: string): [[number, number], [number, number]] {
  const value = config[key] ?? 1
  const both = Array.isArray(value) ? value : [value, value]
  const each = both.map((side: unknown) => (Array.isArray(side) ? side : [side, side]) as unknown[])
  if (each.length === 2 && each.every((side) => side.length === 2 && side.every((n) => Number.isInteger(n) && (n as number) >= 0))) return each as [[number, number], [number, number]]
  throw refuse(fileName, layer, `has ${key} ${JSON.stringify(value)}`)
}
