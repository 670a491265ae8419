import * as tf from '@tensorflow/tfjs-core'
import type { Backward, Forwarded, Pass, TrainingLayer } from './layer.ts'

/** Layers one after the other, run once, with all that their gradients need. */
export interface ChainForward extends Forwarded {
  /** Every layer's output, in order; kept only if the pass says so, where no gradient needs it. */
  outputs: ReadonlyArray<{ name: string; y: tf.Tensor }>
}

export function runChain(layers: readonly TrainingLayer[], x: tf.Tensor, pass: Pass): ChainForward {
  const steps: Array<Forwarded & { name: string }> = []
  for (const layer of layers) {
    const before = steps.at(-1)
    const step = { name: layer.name, ...layer.forward(before?.y ?? x, pass) }
    if (before && !pass.keepOutputs && !doReads(before, 'y') && !doReads(step, 'x')) before.y.dispose()
    steps.push(step)
  }
  const y = steps.at(-1)?.y ?? x
  return {
    y,
    outputs: steps,
    backward(dyOfLast, inputs) {
      let dy: tf.Tensor | null = dyOfLast
      const gradients: tf.Tensor[][] = []
      for (const [i, { y: output, backward }] of [...steps.entries()].reverse()) {
        const back = tidyBackward(() => backward(dy!, inputs || i > 0))
        gradients.unshift(back.gradients)
        // Between layers, nobody needs either any more; kept to the end, they would take as much memory again.
        if (i < steps.length - 1) tf.dispose([dy!, output])
        dy = back.dx
      }
      return { dx: dy, gradients: gradients.flat() }
    },
  }
}

function doReads({ reads }: Forwarded, what: 'x' | 'y'): boolean {
  return reads === undefined || reads === what
}

/** Let go what was made on the way. */
function tidyBackward(work: () => Backward): Backward {
  return tf.tidy(work as unknown as () => tf.TensorContainerObject) as unknown as Backward
}

/** Layers one after the other, and what came in added to what comes out. */
export function residualLayer(name: string, layers: readonly TrainingLayer[]): TrainingLayer {
  return {
    name,
    trained: layers.flatMap(({ trained }) => trained),
    statistics: layers.flatMap(({ statistics }) => statistics),
    forward(x, pass) {
      const body = runChain(layers, x, pass)
      return {
        y: tf.add(body.y, x),
        backward(dy, inputs) {
          const { dx, gradients } = body.backward(dy, inputs)
          return { dx: dx && tf.add(dx, dy), gradients }
        },
      }
    },
  }
}
