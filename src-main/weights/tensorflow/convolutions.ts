import type { GraphAttribute, GraphConstant } from '../../domain/graph.ts'
import { reordered } from '../keras/graphBuilder.ts'
import { fusedActivation } from './activations.ts'
import { integersAttribute, textsAttribute } from './attributes.ts'
import { constantInput, floatsOf, input, refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { givePicture, part, picture, stated } from './output.ts'
import { checkChannelsLast, fixedBorders, places } from './windows.ts'

export const convolutions: ConversionTable = {
  Conv2D: (call) => givePicture(call, 'Conv', [picture(call, 0), fullKernel(call)], windowed(call, 1)),
  _FusedConv2D: (call) => fused(call, fullKernel(call), windowed(call, 1)),
  FusedConv2D: (call) => fused(call, fullKernel(call), windowed(call, 1)),
  DepthwiseConv2dNative: (call) => givePicture(call, 'Conv', [picture(call, 0), depthwiseKernel(call)], windowed(call, channelsOf(call))),
  _FusedDepthwiseConv2dNative: (call) => fused(call, depthwiseKernel(call), windowed(call, channelsOf(call))),
  FusedDepthwiseConv2dNative: (call) => fused(call, depthwiseKernel(call), windowed(call, channelsOf(call))),
}

function windowed(call: NodeCall, group: number): Record<string, GraphAttribute> {
  checkChannelsLast(call)
  const dilations = integersAttribute(call.node, 'dilations')
  return { strides: places(call, 'strides'), dilations: dilations.length ? places(call, 'dilations') : [1, 1], ...fixedBorders(call), group }
}

/** The convolution with its bias, and an activation of its own name after it. */
function fused(call: NodeCall, kernel: string, attributes: Record<string, GraphAttribute>): void {
  const { build, node } = call
  const operations = textsAttribute(node, 'fused_ops')
  const rest = operations.filter((name) => name !== 'BiasAdd')
  if (rest.length > 1 || operations.length > rest.length + 1) throw refuse(call, `has ${operations.length} operations fused into it: a bias and an activation are expected`)
  const inputs = [picture(call, 0), kernel, ...(operations.includes('BiasAdd') ? [stated(call, 2)] : [])]
  if (rest[0] === undefined) return givePicture(call, 'Conv', inputs, attributes)
  const linear = build.add('Conv', inputs, part(call, 'linear'), attributes)
  if (rest[0] === 'Prelu') return givePicture(call, 'PRelu', [linear, perPlace(call, 3)])
  const { op, attributes: own, further } = fusedActivation(call, rest[0])
  givePicture(call, op, [linear, ...further], own)
}

/** One slope for each channel, with the axes of a picture. */
function perPlace(call: NodeCall, index: number): string {
  const slopes = constantInput(call, index, 'slopes')
  const { shape, data } = slopes
  if (shape.slice(0, -1).some((size) => size !== 1)) throw refuse(call, `has slopes of shape [${shape.join(', ')}], where one for each channel is expected`)
  return call.build.floats(part(call, 'slopes'), { shape: [1, data.length, 1, 1], data: floatsOf(slopes) })
}

/** [height, width, channels, filters] to [filters, channels, height, width]. */
function fullKernel(call: NodeCall): string {
  return kernelIn(call, 'filters first', (kernel) => reordered(kernel, [3, 2, 0, 1]))
}

/** [height, width, channels, multiplier] to [channels · multiplier, 1, height, width]. */
function depthwiseKernel(call: NodeCall): string {
  return kernelIn(call, 'each channel', (kernel) => {
    const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number]
    return { shape: [channels * multiplier, 1, height, width], data: reordered(kernel, [2, 3, 0, 1]).data }
  })
}

/** A kernel that several nodes read is rearranged once. */
function kernelIn(call: NodeCall, order: string, arrange: (kernel: FloatConstant) => { shape: number[]; data: Float32Array }): string {
  const name = `${input(call, 1)} (${order})`
  const kernel = kernelOf(call)
  return call.build.constants.has(name) ? name : call.build.floats(name, arrange(kernel))
}

type FloatConstant = GraphConstant & { data: Float32Array }

function kernelOf(call: NodeCall): FloatConstant {
  const { shape, data } = constantInput(call, 1, 'kernel')
  if (shape.length === 4 && data instanceof Float32Array) return { shape, type: 'float32', data }
  throw refuse(call, `has a kernel of ${shape.length} axes, where 4 of floating-point numbers are expected`)
}

function channelsOf(call: NodeCall): number {
  return kernelOf(call).shape[2]!
}
