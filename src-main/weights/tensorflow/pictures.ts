import type { GraphAttribute } from '../../domain/graph.ts'
import { integersAttribute, numberAttribute, truthAttribute } from './attributes.ts'
import { refuse, type ConversionTable, type NodeCall } from './nodeCall.ts'
import { givePicture, part, picture, stated } from './output.ts'
import { checkChannelsLast, fixedBorders, places } from './windows.ts'

/** Pools, norms and sizes of pictures. */
export const pictures: ConversionTable = {
  MaxPool: (call) => givePicture(call, 'MaxPool', [picture(call, 0)], pool(call)),
  AvgPool: (call) => givePicture(call, 'AveragePool', [picture(call, 0)], { ...pool(call), count_include_pad: 0 }),
  FusedBatchNorm: batchNorm,
  FusedBatchNormV2: batchNorm,
  FusedBatchNormV3: batchNorm,
  LRN: localResponseNorm,
  ResizeBilinear: (call) => resize(call, { mode: 'linear' }),
  ResizeNearestNeighbor: (call) => resize(call, { mode: 'nearest' }),
  DepthToSpace: (call) => blocks(call, 'DepthToSpace', { mode: 'DCR' }),
  SpaceToDepth: (call) => blocks(call, 'SpaceToDepth', {}),
}

function pool(call: NodeCall): Record<string, GraphAttribute> {
  checkChannelsLast(call)
  return { kernel_shape: places(call, 'ksize'), strides: places(call, 'strides'), ...fixedBorders(call) }
}

function batchNorm(call: NodeCall): void {
  checkChannelsLast(call)
  if (truthAttribute(call.node, 'is_training')) throw refuse(call, 'is in training mode')
  const statistics = [1, 2, 3, 4].map((i) => stated(call, i))
  givePicture(call, 'BatchNormalization', [picture(call, 0), ...statistics], { epsilon: numberAttribute(call.node, 'epsilon', 1e-4) })
}

/** ONNX divides alpha by the number of neighbours. */
function localResponseNorm(call: NodeCall): void {
  const { node } = call
  const size = 2 * numberAttribute(node, 'depth_radius', 5) + 1
  const [alpha, beta, bias] = [numberAttribute(node, 'alpha', 1) * size, numberAttribute(node, 'beta', 0.5), numberAttribute(node, 'bias', 1)]
  givePicture(call, 'LRN', [picture(call, 0)], { size, alpha, beta, bias })
}

/** To a size of [height, width], which may be computed from other sizes. */
function resize(call: NodeCall, mode: { mode: 'linear' | 'nearest' }): void {
  const { build, node } = call
  const x = picture(call, 0)
  const front = build.add('Shape', [x], part(call, 'front'), { start: 0, end: 2 })
  const size = build.add('Concat', [front, stated(call, 1)], part(call, 'size'), { axis: 0 })
  const [corners, centres] = [truthAttribute(node, 'align_corners'), truthAttribute(node, 'half_pixel_centers')]
  const coordinates = corners ? 'align_corners' : centres ? 'half_pixel' : 'asymmetric'
  if (mode.mode === 'nearest' && corners) throw refuse(call, 'aligns corners to the nearest neighbour')
  givePicture(call, 'Resize', [x, '', '', size], { ...mode, coordinate_transformation_mode: coordinates, nearest_mode: centres ? 'round_prefer_ceil' : 'floor' })
}

function blocks(call: NodeCall, op: string, attributes: Record<string, GraphAttribute>): void {
  checkChannelsLast(call)
  const blocksize = numberAttribute(call.node, 'block_size', 0)
  if (!(blocksize >= 1)) throw refuse(call, `has the block size ${integersAttribute(call.node, 'block_size').join()}`)
  givePicture(call, op, [picture(call, 0)], { ...attributes, blocksize })
}
