import * as tf from '@tensorflow/tfjs-core'
import type { Forwarded, Pass, TrainingLayer } from './layer.ts'

/** Layers one after the other, run once, with all that their gradients need. */
export interface ChainForward extends Forwarded {
  /** Every layer's output, in order. */
  outputs: ReadonlyArray<{ name: string; y: tf.Tensor }>
}

export function runChain(layers: readonly TrainingLayer[], x: tf.Tensor, pass: Pass): ChainForward {
  let y = x
  const steps = layers.map((layer) => {
    const forwarded = layer.forward(y, pass)
    y = forwarded.y
    return { name: layer.name, ...forwarded }
  })
  return {
    y,
    outputs: steps,
    backward(dyOfLast, inputs) {
      let dy: tf.Tensor | null = dyOfLast
      const gradients: tf.Tensor[][] = []
      for (const [i, { y: output, backward }] of [...steps.entries()].reverse()) {
        const back = backward(dy!, inputs || i > 0)
        gradients.unshift(back.gradients)
        // Between layers, nobody needs either any more; kept to the end, they would take as much memory again.
        if (i < steps.length - 1) tf.dispose([dy!, output])
        dy = back.dx
      }
      return { dx: dy, gradients: gradients.flat() }
    },
  }
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
