import { ModelFileError } from '../../domain/errors.ts'
import type { GraphAttribute, GraphBranch, GraphConstant, GraphInput, GraphNode, NetworkGraph } from '../../domain/graph.ts'
import { branchesOf, capturedBy, orderNodes } from '../../domain/graphOrder.ts'
import { readMessage, type MessageFields } from '../protocolBuffer.ts'
import { elementTypes } from './elementTypes.ts'
import { floats, inner, integerField, integers, textField, texts } from './fieldValues.ts'
import {
  attributeField, attributeKind, dimensionField, graphField, modelField, nodeField, opsetField, shapeField, tensorField, tensorTypeField, typeField, valueField,
} from './onnxFields.ts'
import { readTensor, type ReadBeside } from './readTensor.ts'

/** Of branches within branches. */
const deepest = 8

interface Reading {
  fileName: string
  beside: ReadBeside | null
}

/**
 * Read a network out of an ONNX file. Nothing in it is executed.
 *
 * @param bytes   the whole file; weights of float32 may be views of it, so it must not change
 * @param beside  gives the files in which the network keeps weights, if any
 * @returns nodes in an order in which they can be computed
 * @throws ModelFileError when the file is damaged, incomplete or no ONNX file
 * @source onnx/docs/IR.md
 */
export function readOnnx(bytes: Uint8Array, fileName = 'The ONNX file', beside: ReadBeside | null = null): NetworkGraph {
  const model = readMessage(bytes, fileName, 'signed')
  const [graph] = inner(model, modelField.graph, fileName)
  const opset = opsetOf(model, fileName)
  if (!graph || opset === null) throw new ModelFileError(`${fileName} holds no network and no operator version, so it is no ONNX file, or damaged. Choose a file that an ONNX exporter wrote.`)
  if (graph.has(graphField.sparse)) throw new ModelFileError(`${fileName} stores weights sparsely, which cannot be read. Export the network with dense weights.`)
  const reading = { fileName, beside }
  const { nodes, constants, outputs } = readPart(graph, reading, 0)
  const inputs = inner(graph, graphField.input, fileName).map((value) => readInput(value, fileName)).filter(({ name }) => !constants.has(name))
  checkInputs(inputs, fileName)
  const ordered = orderNodes(nodes, [...constants.keys(), ...inputs.map((input) => input.name)])
  checkOutputs(outputs, new Set([...nodes.flatMap((node) => node.outputs), ...constants.keys(), ...inputs.map((i) => i.name)]), fileName)
  return { dialect: 'onnx', opset, nodes: ordered, constants, inputs, outputs, warnings: warningsAbout(constants) }
}

function opsetOf(model: MessageFields, what: string): number | null {
  const sets = inner(model, modelField.opsets, what)
  const standard = sets.find((set) => ['', 'ai.onnx'].includes(textField(set, opsetField.domain)))
  return standard ? integerField(standard, opsetField.version, what) : null
}

function readPart(graph: MessageFields, reading: Reading, depth: number): GraphBranch {
  if (depth > deepest) throw new ModelFileError(`${reading.fileName} nests branches more than ${deepest} deep. It is damaged, or do not trust it.`)
  const nodes = inner(graph, graphField.node, reading.fileName).map((fields, i) => readNode(fields, i, reading, depth))
  const outputs = inner(graph, graphField.output, reading.fileName).map((value) => textField(value, valueField.name))
  const part = { nodes, constants: readConstants(graph, reading), outputs }
  return depth === 0 ? part : { ...part, nodes: orderNodes(nodes, [...part.constants.keys(), ...capturedBy(part)]) }
}

function readConstants(graph: MessageFields, { fileName, beside }: Reading): Map<string, GraphConstant> {
  const constants = new Map<string, GraphConstant>()
  for (const fields of inner(graph, graphField.initializer, fileName)) {
    const name = textField(fields, tensorField.name)
    if (constants.has(name)) throw new ModelFileError(`${fileName} holds two weights named "${name}". It is damaged: export the network again.`)
    constants.set(name, readTensor(fields, `Weight "${name}" of ${lower(fileName)}`, beside))
  }
  return constants
}

function readNode(fields: MessageFields, index: number, reading: Reading, depth: number): GraphNode {
  const outputs = texts(fields, nodeField.output)
  const domain = textField(fields, nodeField.domain)
  const op = textField(fields, nodeField.op)
  const node: GraphNode = {
    name: textField(fields, nodeField.name) || outputs[0] || `node ${index}`,
    op: ['', 'ai.onnx'].includes(domain) ? op : `${domain}.${op}`,
    inputs: texts(fields, nodeField.input),
    outputs,
    attributes: Object.create(null) as Record<string, GraphAttribute>,
  }
  for (const attribute of inner(fields, nodeField.attribute, reading.fileName)) {
    const name = textField(attribute, attributeField.name)
    node.attributes[name] = readAttribute(attribute, `Attribute "${name}" of node "${node.name}" in ${lower(reading.fileName)}`, reading, depth)
  }
  const captures = branchesOf(node).flatMap(capturedBy)
  return captures.length ? { ...node, captures } : node
}

function readAttribute(fields: MessageFields, what: string, reading: Reading, depth: number): GraphAttribute {
  const kind = integerField(fields, attributeField.type, what)
  if (kind === attributeKind.float) return floats(fields, attributeField.float).at(-1) ?? 0
  if (kind === attributeKind.integer) return integerField(fields, attributeField.integer, what)
  if (kind === attributeKind.text) return textField(fields, attributeField.text)
  if (kind === attributeKind.floats) return floats(fields, attributeField.floats)
  if (kind === attributeKind.integers) return integers(fields, attributeField.integers, what)
  if (kind === attributeKind.texts) return texts(fields, attributeField.texts)
  const [value] = inner(fields, kind === attributeKind.tensor ? attributeField.tensor : attributeField.graph, what)
  if (value && kind === attributeKind.tensor) return readTensor(value, what, reading.beside)
  if (value && kind === attributeKind.graph) return readPart(value, reading, depth + 1)
  throw new ModelFileError(`${what} is of kind ${kind}, which cannot be read. Export the network without it.`)
}

function readInput(fields: MessageFields, fileName: string): GraphInput {
  const name = textField(fields, valueField.name)
  const what = `Input "${name}" of ${lower(fileName)}`
  const [tensor] = inner(fields, valueField.type, what).flatMap((type) => inner(type, typeField.tensor, what))
  if (!tensor) throw new ModelFileError(`${what} is no tensor. Networks whose inputs are tensors can be computed.`)
  const [shape] = inner(tensor, tensorTypeField.shape, what)
  const type = elementTypes[integerField(tensor, tensorTypeField.element, what)]
  if (!type) throw new ModelFileError(`${what} holds values of a type that cannot be computed with. Export the network with a float32 input.`)
  return { name, shape: shape ? inner(shape, shapeField.dimension, what).map((d) => sizeOf(d, what)) : null, type: type.becomes }
}

/** Zero and negative lengths are how some exporters write a free axis. */
function sizeOf(dimension: MessageFields, what: string): number | null {
  const size = integerField(dimension, dimensionField.value, what)
  return size > 0 && size < 2 ** 31 ? size : null
}

function checkInputs(inputs: GraphInput[], fileName: string): void {
  const names = inputs.map((input) => input.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new ModelFileError(`${fileName} has two inputs named "${twice}". It is damaged: export the network again.`)
}

function checkOutputs(outputs: string[], known: Set<string>, fileName: string): void {
  const missing = outputs.find((name) => !known.has(name))
  if (missing !== undefined) throw new ModelFileError(`${fileName} names "${missing}" as an output, which nothing gives. The file is damaged or incomplete: export the network again.`)
}

function warningsAbout(constants: Map<string, GraphConstant>): string[] {
  return [...constants].filter(([, { type, data }]) => type === 'float32' && holdsNaN(data))
    .map(([name]) => `Weight "${name}" holds values that are no numbers (NaN), so whatever comes after it will, too.`)
}

function holdsNaN(data: GraphConstant['data']): boolean {
  for (let i = 0; i < data.length; i++) if (data[i] !== data[i]) return true
  return false
}

function lower(fileName: string): string {
  return fileName.replace(/^The /, 'the ')
}
