import { ModelFileError } from '../domain/errors.ts'
import type { GraphInput, NetworkGraph } from '../domain/graph.ts'
import type { CardDraft, GraphNodeDescription, GraphOutline, ModelFileFormat } from '../domain/importing.ts'
import { networkNameFrom } from '../domain/networkName.ts'
import { normalisationNamed } from '../domain/normalisationPresets.ts'
import { graphInputOf } from '../engine/models/graph/buildGraphNetwork.ts'
import { describeGraph } from '../engine/models/graph/describeGraph.ts'

/** Sides to try where the file leaves the size of pictures open. */
const usualSides = [224, 256, 299, 32]
const defaultSound = { samples: 16_000, sampleRateHz: 16_000 }

type GraphDraft = Pick<CardDraft, 'input' | 'normalisation' | 'frontEnd' | 'network'>

/**
 * What a whole network takes and gives, and a card to start from: the first input, of the size the file states or the first usual
 * one that the network can take, and the layers that one would offer.
 *
 * @throws ModelFileError when the network cannot be computed
 */
export function graphOutline(graph: NetworkGraph, fileName: string, format: ModelFileFormat): GraphOutline {
  const inputs = graph.inputs.map(({ name, shape }) => ({ name, shape: shape ?? [] }))
  return { inputs, outputs: graph.outputs, nodes: graph.nodes.length, suggestion: suggestionFor(graph, fileName, format) }
}

/** The graph's nodes with their shapes for a draft's input, and which gives the scores. */
export function describedNodes(graph: NetworkGraph, draft: GraphDraft): { nodes: GraphNodeDescription[]; logits: string | null } {
  const { network } = draft
  if (network?.from !== 'graph') throw new ModelFileError('The card does not say which input of the graph the stimulus goes to. Choose one.')
  const settings = graphInputOf({ ...draft, network })
  try {
    const { nodes, logits } = describeGraph(graph, draft.input, settings)
    return { nodes: nodes.map(({ name: _, outputs: __, shape, ...node }) => ({ ...node, shape: shape ?? [] })), logits }
  } finally {
    settings.frontEnd?.dispose()
  }
}

function suggestionFor(graph: NetworkGraph, fileName: string, format: ModelFileFormat): CardDraft {
  const input = graph.inputs[0]
  if (!input) throw new ModelFileError(`"${fileName}" holds a network without an input. Export it with one.`)
  const drafts = draftsFor(input, format, scalingFor(graph, input.name))
  for (const [i, draft] of drafts.entries()) {
    try {
      return withLayers(draft, describedNodes(graph, draft), fileName)
    } catch (error) {
      // It may fit another size.
      if (i === drafts.length - 1) throw error
    }
  }
  throw new ModelFileError(`"${fileName}" takes an input that is no picture and no sound. Export a network that takes one.`)
}

/** Pictures have three channels, first or last; anything else is taken for a sound. */
function draftsFor({ name, shape }: GraphInput, format: ModelFileFormat, ownScaling: CardDraft['normalisation']): GraphDraft[] {
  const network = (layout: 'channels first' | 'channels last' | 'samples') => ({ from: 'graph' as const, format: cardFormat(format), input: name, layout })
  const normalisation = format === 'onnx' ? normalisationNamed('imagenet') : ownScaling
  if (shape?.length === 4) {
    const last = shape[3] === 3 && shape[1] !== 3
    const [height, width] = last ? [shape[1], shape[2]] : [shape[2], shape[3]]
    const sizes = height && width ? [{ height, width }] : usualSides.map((side) => ({ height: height ?? side, width: width ?? side }))
    const picture = (size: { height: number; width: number }) => ({ kind: 'image' as const, ...size, channels: 3 as const, range: [0, 1] as [0, 1] })
    return sizes.map((size) => ({ input: picture(size), network: network(last ? 'channels last' : 'channels first'), normalisation, frontEnd: null }))
  }
  const samples = shape?.at(-1) ?? defaultSound.samples
  return [{ input: { kind: 'audio', samples, sampleRateHz: defaultSound.sampleRateHz }, network: network('samples'), normalisation: null, frontEnd: null }]
}

/** A Keras or TensorFlow network that begins by scaling takes bytes, or where it hardly scales, numbers from 0 to 1. */
function scalingFor({ nodes, constants }: NetworkGraph, input: string): CardDraft['normalisation'] {
  const scaling = nodes.find((node) => ['Mul', 'Div'].includes(node.op) && node.inputs.includes(input))
  if (!scaling) return normalisationNamed('minus-one-to-one')
  const stated = Number(constants.get(scaling.inputs.find((name) => name !== input) ?? '')?.data[0])
  const factor = Math.abs(scaling.op === 'Div' ? 1 / stated : stated)
  return normalisationNamed(factor >= 0.1 ? 'zero-to-one' : '0-255')
}

function cardFormat(format: ModelFileFormat): 'onnx' | 'tfjs' | 'keras' {
  return format === 'onnx' ? 'onnx' : format.startsWith('tfjs') ? 'tfjs' : 'keras'
}

function withLayers(draft: GraphDraft, { nodes, logits }: ReturnType<typeof describedNodes>, fileName: string): CardDraft {
  const usable = nodes.filter((node) => node.metamerLayer)
  const last = usable.find((node) => node.tensor === logits) ?? usable.at(-1)
  if (!last) throw new ModelFileError(`"${fileName}" holds a network of which no layer can be matched: no gradient leads back to its input. Export another part of it.`)
  const chosen = [...usable.filter((node) => node.suggested && node.tensor !== last.tensor), last]
  const stages = chosen.map(({ tensor, shape, metamerLayer, endsIn }) => ({ name: tensor, shape, metamerLayer, endsIn }))
  const title = fileName.replace(/\.[a-z0-9]+$/i, '')
  const outputs = last.shape.reduce((a, b) => a * b, 1)
  const isImagenet = draft.input.kind === 'image' && (outputs === 1000 || outputs === 1001)
  return {
    ...draft,
    name: networkNameFrom(title),
    title,
    stages,
    labels: isImagenet ? 'imagenet-1000' : null,
    labelOffset: outputs === 1001 ? 1 : 0,
    head: 'softmax',
    baseLearningRate: 0.001,
    source: '',
    licence: '',
    notes: [],
  }
}
