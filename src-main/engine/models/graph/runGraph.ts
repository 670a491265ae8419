import * as tf from '@tensorflow/tfjs-core'
import { LabError, ModelFileError } from '../../../domain/errors.ts'
import { isBranch, type GraphConstant, type GraphNode, type NetworkGraph } from '../../../domain/graph.ts'
import { needed, wordsFor } from '../../../domain/graphOrder.ts'
import { createKeptConstants, type KeptConstants } from './keptConstants.ts'
import { mistake, type Call, type OperatorTable } from './operator.ts'
import { operatorTables } from './operators/table.ts'
import { constantOf } from './simplify.ts'
import type { Value } from './value.ts'

/** Computes tensors of a graph. Owns its weights. */
export interface GraphRunner {
  /**
   * Compute the tensors wanted and what they need, nothing else. Inside the caller's tidy.
   *
   * @param inputs   of the graph, by name
   * @param endNode  the rectifier whose gradient is the identity
   * @throws ModelFileError when a node cannot be computed, or not with inputs of this size
   */
  run(inputs: ReadonlyMap<string, Value>, wanted: readonly string[], endNode?: GraphNode | null): Map<string, Value>
  dispose(): void
}

/** What does not change from one run to the next with inputs of one shape. */
type Fixed = Map<GraphNode, Value[]>

interface Run {
  graph: NetworkGraph
  table: OperatorTable
  kept: KeptConstants
  fixed: Fixed
  endNode: GraphNode | null
}

/**
 * @param wanted  tensors that may be asked for
 * @throws ModelFileError when they need an operator that cannot be computed
 */
export function createGraphRunner(graph: NetworkGraph, wanted: readonly string[]): GraphRunner {
  const table = tableFor(graph)
  checkOperators(needed(graph.nodes, wanted), table)
  const kept = createKeptConstants()
  const constants = new Map([...graph.constants].map(([name, constant]) => [name, kept.valueOf(constant)]))
  const fixedByShape = new Map<string, Fixed>()
  const nodesByWanted = new Map<string, GraphNode[]>()

  return {
    run(inputs, names, endNode = null) {
      const fixed = remembered(fixedByShape, [...inputs].map(([name, { shape }]) => `${name} ${shape.join()}`).join('; '), () => new Map<GraphNode, Value[]>())
      const nodes = remembered(nodesByWanted, JSON.stringify(names), () => needed(graph.nodes, names))
      const scope = new Map([...constants, ...inputs])
      runNodes({ graph, table, kept, fixed, endNode }, nodes, scope)
      return new Map(names.map((name) => [name, scope.get(name)!]))
    },
    dispose: () => kept.dispose(),
  }
}

function tableFor({ dialect }: NetworkGraph): OperatorTable {
  const table = operatorTables[dialect]
  if (table) return table
  throw new ModelFileError(`The operators of "${dialect}" cannot be computed yet; those of onnx can. Convert the network to an ONNX file.`)
}

function checkOperators(nodes: readonly GraphNode[], table: OperatorTable): void {
  const other = nodes.find((node) => !(node.op in table) && !ownOperators.includes(node.op))
  if (other) throw unsupported(other)
}

/** Those that are computed here, because they pass values on or choose what is run. */
const ownOperators = ['Constant', 'Identity', 'Dropout', 'If']

function unsupported(node: GraphNode): ModelFileError {
  return new ModelFileError(`The network's ${wordsFor(node)} is of a kind that cannot be computed. docs/operators.md lists the operators that can: export the network without this one, or choose an output before it.`)
}

function runNodes(run: Run, nodes: readonly GraphNode[], scope: Map<string, Value>): void {
  for (const node of nodes) {
    const values = run.fixed.get(node) ?? runNode(run, node, scope)
    node.outputs.forEach((name, i) => values[i] && scope.set(name, values[i]))
  }
}

function runNode(run: Run, node: GraphNode, scope: Map<string, Value>): Value[] {
  const inputs = node.inputs.map((name) => (name === '' ? null : scope.get(name) ?? null))
  if (node.op === 'If') return runIf(run, node, inputs, scope)
  const values = computed(run, node, inputs)
  const isFixed = inputs.every((value) => !value || value.constant) || ['Shape', 'Size'].includes(node.op)
  if (!isFixed) return values
  const fixed = values.map((value) => run.kept.fixed(value))
  run.fixed.set(node, fixed)
  return fixed
}

function computed(run: Run, node: GraphNode, inputs: Array<Value | null>): Value[] {
  const call: Call = { node, opset: run.graph.opset, inputs, end: node === run.endNode ? 'generation' : 'ordinary', prepared: run.kept.prepared }
  if (node.op === 'Identity' || node.op === 'Dropout') return inputs[0] ? [inputs[0]] : []
  if (node.op === 'Constant') return [run.kept.valueOf(constantFor(call))]
  const operator = Object.hasOwn(run.table, node.op) ? run.table[node.op]! : null
  if (!operator) throw unsupported(node)
  try {
    return tidied(() => unwrapped(operator(call)))
  } catch (cause) {
    if (cause instanceof LabError) throw cause
    throw Object.assign(mistake(call, `cannot be computed here: ${cause instanceof Error ? cause.message : String(cause)}`), { cause })
  }
}

/** tf.tidy would look for tensors in every number of a constant. */
function tidied(compute: () => Value[]): Value[] {
  let values: Value[] = []
  tf.tidy(() => {
    values = compute()
    return values.map((value) => value.tensor)
  })
  return values
}

function unwrapped(values: Value | Value[]): Value[] {
  return Array.isArray(values) ? values : [values]
}

function constantFor(call: Call): GraphConstant {
  const constant = constantOf(call.node)
  if (constant) return constant
  throw mistake(call, 'is a constant of a kind that cannot be computed with')
}

/** Only a condition that is the same for every picture or sound of one size can be followed: the other part is never run. */
function runIf(run: Run, node: GraphNode, inputs: Array<Value | null>, scope: Map<string, Value>): Value[] {
  const condition = inputs[0]?.constant
  const branch = node.attributes[condition?.data[0] ? 'then_branch' : 'else_branch']
  if (!condition || !isBranch(branch)) {
    throw mistake({ node }, 'chooses by what the network is shown; only choices by shapes and fixed values can be computed')
  }
  const inside = new Map([...scope, ...[...branch.constants].map(([name, constant]) => [name, run.kept.valueOf(constant)] as const)])
  runNodes(run, branch.nodes, inside)
  return branch.outputs.map((name) => {
    const value = inside.get(name)
    if (value) return value
    throw mistake({ node }, `has a branch that does not give "${name}"`)
  })
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
