import type { GraphNodeDescription } from '../../../src-main/domain/importing.ts'

/** Graphs shaped like published networks, for tests of how they are drawn; no values behind them. */

interface Wish {
  op: string
  inputs: string[]
  shape: number[]
  parameters?: number
  suggested?: boolean
}

function collector() {
  const nodes: GraphNodeDescription[] = []
  const add = ({ op, inputs, shape, parameters = 0, suggested = false }: Wish): string => {
    const tensor = `/features/${op.toLowerCase()}_${nodes.length}/${op}_output_0`
    nodes.push({ tensor, op, inputs, shape, parameters, suggested, endsIn: op === 'Relu' ? 'relu' : 'linear', metamerLayer: op !== 'Softmax' })
    return tensor
  }
  return { nodes, add }
}

/** Like DenseNet: every layer of a block takes the outputs of all before it. */
export function denseGraph(blocks: readonly number[]): GraphNodeDescription[] {
  const { nodes, add } = collector()
  let size = 56
  let channels = 64
  let last = add({ op: 'Conv', inputs: ['input'], shape: [112, 112, 64], parameters: 9408 })
  last = add({ op: 'Relu', inputs: [last], shape: [112, 112, 64], suggested: true })
  last = add({ op: 'MaxPool', inputs: [last], shape: [size, size, channels] })
  for (const layers of blocks) {
    const features = [last]
    for (let i = 0; i < layers; i++) {
      const wide = [size, size, channels + 32 * i]
      const joined = add({ op: 'Concat', inputs: [...features], shape: wide })
      const bottleneck = add({ op: 'Conv', inputs: [add({ op: 'Relu', inputs: [add({ op: 'BatchNormalization', inputs: [joined], shape: wide })], shape: wide })], shape: [size, size, 128], parameters: 128 * wide[2]! })
      const grown = add({ op: 'Conv', inputs: [add({ op: 'Relu', inputs: [bottleneck], shape: [size, size, 128] })], shape: [size, size, 32], parameters: 36_864 })
      features.push(grown)
    }
    channels += 32 * layers
    const joined = add({ op: 'Concat', inputs: features, shape: [size, size, channels] })
    const active = add({ op: 'Relu', inputs: [joined], shape: [size, size, channels], suggested: true })
    channels /= 2
    size = Math.max(7, size / 2)
    last = add({ op: 'AveragePool', inputs: [add({ op: 'Conv', inputs: [active], shape: [size, size, channels] })], shape: [size, size, channels] })
  }
  const pooled = add({ op: 'GlobalAveragePool', inputs: [last], shape: [channels], suggested: true })
  add({ op: 'Gemm', inputs: [pooled], shape: [1000], parameters: 1001 * channels, suggested: true })
  return nodes
}

/** Like ResNet: a short cut round each block. */
export function residualGraph(blocks: number): GraphNodeDescription[] {
  const { nodes, add } = collector()
  let last = add({ op: 'Conv', inputs: ['input'], shape: [112, 112, 64], parameters: 9472 })
  last = add({ op: 'Relu', inputs: [last], shape: [112, 112, 64], suggested: true })
  last = add({ op: 'MaxPool', inputs: [last], shape: [56, 56, 64] })
  for (let block = 0; block < blocks; block++) {
    const stage = Math.floor((4 * block) / blocks)
    const size = 56 / 2 ** stage
    const channels = 64 * 2 ** stage
    const shape = [size, size, channels]
    const wide = [size, size, 4 * channels]
    const first = add({ op: 'Relu', inputs: [add({ op: 'Conv', inputs: [last], shape, parameters: 4 * channels ** 2 })], shape })
    const second = add({ op: 'Relu', inputs: [add({ op: 'Conv', inputs: [first], shape, parameters: 9 * channels ** 2 })], shape })
    const third = add({ op: 'Conv', inputs: [second], shape: wide, parameters: 4 * channels ** 2 })
    const begins = block === 0 || stage > Math.floor((4 * (block - 1)) / blocks)
    const other = begins ? add({ op: 'Conv', inputs: [last], shape: wide, parameters: 8 * channels ** 2 }) : last
    last = add({ op: 'Relu', inputs: [add({ op: 'Add', inputs: [third, other], shape: wide })], shape: wide, suggested: true })
  }
  const flat = add({ op: 'Flatten', inputs: [add({ op: 'GlobalAveragePool', inputs: [last], shape: [1, 1, 2048] })], shape: [2048], suggested: true })
  const logits = add({ op: 'Gemm', inputs: [flat], shape: [1000], parameters: 2_049_000, suggested: true })
  add({ op: 'Softmax', inputs: [logits], shape: [1000] })
  return nodes
}
