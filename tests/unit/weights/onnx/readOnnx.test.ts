import { describe, expect, it } from 'vitest'
import { LabError, ModelFileError } from '../../../../src-main/domain/errors.ts'
import { createRandom } from '../../../../src-main/engine/support/random.ts'
import { createGraphRunner } from '../../../../src-main/engine/models/graph/runGraph.ts'
import { readOnnx } from '../../../../src-main/weights/onnx/readOnnx.ts'
import { inside, integer, message, onnxFile, tensorMessage, text, type OnnxGraph } from '../../../helpers/onnxFile.ts'

const small: OnnxGraph = {
  nodes: [
    { op: 'Conv', inputs: ['x', 'k', 'b'], outputs: ['c'], attributes: { pads: [1, 1, 1, 1], strides: [2, 2] } },
    { op: 'Relu', inputs: ['c'], outputs: ['r'] },
  ],
  weights: { k: { shape: [2, 3, 3, 3], values: Array.from({ length: 54 }, (_, i) => i / 54) }, b: { shape: [2], values: [0.5, -0.5] } },
  inputs: { x: { shape: ['batch', 3, 8, -1] } },
  outputs: ['r'],
}

/** A file with one weight written by hand. */
function withWeight(tensor: Uint8Array): Uint8Array {
  const graph = message(inside(1, message(text(1, 'w'), text(2, 'y'), text(4, 'Relu'))), inside(5, tensor), inside(12, text(1, 'y')))
  return message(inside(8, integer(2, 17)), inside(7, graph))
}

describe('readOnnx', () => {
  it('reads nodes, weights, inputs with their free axes, and outputs', () => {
    const graph = readOnnx(onnxFile(small, 13))
    expect(graph).toMatchObject({ dialect: 'onnx', opset: 13, outputs: ['r'], warnings: [] })
    expect(graph.inputs).toEqual([{ name: 'x', shape: [null, 3, 8, null], type: 'float32' }])
    expect(graph.nodes.map((n) => [n.op, n.inputs, n.outputs])).toEqual([['Conv', ['x', 'k', 'b'], ['c']], ['Relu', ['c'], ['r']]])
    expect(graph.nodes[0]!.attributes).toEqual({ pads: [1, 1, 1, 1], strides: [2, 2] })
    expect(graph.constants.get('b')).toEqual({ shape: [2], type: 'float32', data: Float32Array.of(0.5, -0.5) })
  })

  it('puts the nodes in an order in which they can be computed', () => {
    expect(readOnnx(onnxFile({ ...small, nodes: small.nodes.toReversed() })).nodes.map((n) => n.op)).toEqual(['Conv', 'Relu'])
  })

  it.each([
    ['half precision', 10, Uint8Array.of(0x00, 0x3e), [1.5]],
    ['bfloat16', 16, Uint8Array.of(0xc0, 0x3f), [1.5]],
    ['double precision', 11, new Uint8Array(Float64Array.of(1.5).buffer), [1.5]],
    ['int64', 7, new Uint8Array(BigInt64Array.of(-3n).buffer), [-3]],
    ['the end of int64 as the end of int32', 7, new Uint8Array(BigInt64Array.of(2n ** 63n - 1n).buffer), [2 ** 31 - 1]],
    ['uint8', 2, Uint8Array.of(200), [200]],
  ])('reads weights of %s', (_, type, raw, values) => {
    const graph = readOnnx(withWeight(message(integer(1, 1), integer(2, type), text(8, 'w'), inside(9, raw))))
    expect(Array.from(graph.constants.get('w')!.data)).toEqual(values)
  })

  it('warns of weights that are no numbers', () => {
    expect(readOnnx(withWeight(tensorMessage({ name: 'w', shape: [2], values: [1, NaN] }))).warnings).toEqual([expect.stringContaining('Weight "w" holds values that are no numbers')])
  })

  it('takes weights out of a file beside, and only out of that', () => {
    const outside = (location: string, length = '8') => withWeight(message(
      integer(1, 2), integer(2, 1), text(8, 'w'), integer(14, 1),
      ...[['location', location], ['offset', '4'], ['length', length]].map(([key, value]) => inside(13, message(text(1, key!), text(2, value!)))),
    ))
    const beside = (name: string) => (name === 'weights.bin' ? new Uint8Array(Float32Array.of(0, 1, 2).buffer) : new Uint8Array())
    expect(readOnnx(outside('weights.bin'), 'net.onnx', beside).constants.get('w')!.data).toEqual(Float32Array.of(1, 2))
    expect(() => readOnnx(outside('weights.bin'))).toThrow(/lies in another file, "weights.bin", which was not given/)
    expect(() => readOnnx(outside('../../etc/passwd'), 'net.onnx', beside)).toThrow(/Only a file in the ONNX file's own folder/)
    expect(() => readOnnx(outside('/etc/passwd'), 'net.onnx', beside)).toThrow(/Only a file in the ONNX file's own folder/)
    expect(() => readOnnx(outside('weights.bin', '80'), 'net.onnx', beside)).toThrow(/said to be 80 bytes at byte 4 of "weights.bin", which has 12/)
  })
})

describe('readOnnx refuses', () => {
  const chain = (count: number): OnnxGraph => (count === 0 ? { nodes: [], outputs: [] } : { nodes: [{ op: 'If', inputs: [], outputs: ['y'], attributes: { then_branch: { graph: chain(count - 1) } } }], outputs: [] })

  it.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /holds no network/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /damaged/],
    ['a file cut short', onnxFile(small).subarray(0, 150), /cut short or damaged/],
    ['two nodes that wait for each other', onnxFile({ ...small, nodes: [{ op: 'Relu', inputs: ['b2'], outputs: ['a'] }, { op: 'Neg', inputs: ['a'], outputs: ['b2'] }], outputs: ['a'] }), /wait for each other in a circle: node "Relu 0" \(Relu\), node "Neg 1" \(Neg\)/],
    ['a tensor that is given twice', onnxFile({ ...small, nodes: [...small.nodes, { op: 'Neg', inputs: ['x'], outputs: ['c'] }] }), /gives tensor "c" twice, the second time by node "Neg 2"/],
    ['a tensor that nothing gives', onnxFile({ ...small, nodes: [{ op: 'Relu', inputs: ['ghost'], outputs: ['r'] }] }), /node "Relu 0" \(Relu\) reads tensor "ghost", which nothing gives/],
    ['an output that nothing gives', onnxFile({ ...small, outputs: ['ghost'] }), /names "ghost" as an output/],
    ['a weight of 2^60 values', withWeight(message(integer(1, 2 ** 30), integer(1, 2 ** 30), integer(2, 1), text(8, 'w'))), /claims the shape \[1073741824, 1073741824\]/],
    ['a weight with fewer values than its shape', withWeight(message(integer(1, 1000000), integer(2, 1), text(8, 'w'), inside(9, new Uint8Array(8)))), /has 8 bytes where its shape needs 4000000/],
    ['a negative size', withWeight(message(integer(1, -1), integer(2, 1), text(8, 'w'))), /claims the shape \[-1\]/],
    ['a weight of texts', withWeight(message(integer(1, 1), integer(2, 8), text(8, 'w'))), /ONNX type 8, which cannot be read/],
    ['a whole number beyond 32 bits', withWeight(tensorMessage({ name: 'w', shape: [1], values: [2 ** 40], type: 'int64' })), /holds the whole number 1099511627776/],
    ['branches within branches without end', onnxFile(chain(12)), /nests branches more than 8 deep/],
  ])('%s', (_, bytes, sentence) => {
    expect(() => readOnnx(bytes)).toThrow(ModelFileError)
    expect(() => readOnnx(bytes)).toThrow(sentence)
  })

  it('an operator that cannot be computed, and says where the list is', () => {
    const graph = readOnnx(onnxFile({ ...small, nodes: [{ op: 'Loop', name: 'forever', inputs: ['x'], outputs: ['r'] }] }))
    expect(() => createGraphRunner(graph, ['r'])).toThrow(/node "forever" \(Loop\) is of a kind that cannot be computed. docs\/operators.md lists/)
  })
})

it('opens 300 damaged files or refuses them in words, quickly and without making room for what is not there', () => {
  const file = onnxFile(small)
  const start = performance.now()
  const before = process.memoryUsage().arrayBuffers
  let refused = 0
  for (let seed = 0; seed < 300; seed++) {
    try {
      readOnnx(damaged(file, seed))
    } catch (error) {
      expect(error, `seed ${seed}: ${String(error)}`).toBeInstanceOf(LabError)
      refused++
    }
  }
  expect(refused).toBeGreaterThan(50)
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6)
})

/** Some bytes changed, or the end cut off. */
function damaged(file: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed, 'damage')
  const bytes = file.slice(0, seed % 5 === 0 ? random.integer(file.length) : file.length)
  for (let i = 0; i <= seed % 4 && bytes.length; i++) bytes[random.integer(Math.min(bytes.length, seed % 2 ? 120 : bytes.length))] = random.integer(256)
  return bytes
}
