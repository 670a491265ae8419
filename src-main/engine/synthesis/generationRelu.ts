import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../native/customGradient.ts'
import { rectifiedValue } from '../native/relu.ts'

/**
 * Rectify, but let every gradient through: for the generation layer only.
 *
 * @param x  float32 [batch, ...]
 * @returns  max(x, 0), same shape; the caller disposes it
 * @gradient dy unchanged: wrong below zero on purpose, so silent units can wake up
 * @source   Feather et al. 2019, section 3.1, figure 2b-c
 */
export function generationRelu(x: tf.Tensor): tf.Tensor {
  return withIdentityGradient(x, Infinity)
}

/**
 * Rectify and cap at six, but let every gradient through: for a generation layer that ends in ReLU6.
 *
 * @param x  float32 [batch, ...]
 * @returns  min(max(x, 0), 6), same shape; the caller disposes it
 * @gradient dy unchanged everywhere, also above six: the paper knows no ReLU6, and a saturated unit is as
 *           stuck as a silent one
 */
export function generationRelu6(x: tf.Tensor): tf.Tensor {
  return withIdentityGradient(x, 6)
}

/**
 * Rectify and clip at a ceiling, but let every gradient through: for a generation layer that ends in a clipped ReLU.
 *
 * @param x  float32 [batch, ...]
 * @returns  min(max(x, 0), ceiling), same shape; the caller disposes it
 * @gradient dy unchanged everywhere, also above the ceiling, of which the paper says nothing
 */
export function generationClippedRelu(x: tf.Tensor, ceiling: number): tf.Tensor {
  return withIdentityGradient(x, ceiling)
}

function withIdentityGradient(x: tf.Tensor, ceiling: number): tf.Tensor {
  return customGradient(x, (input) => ({ value: rectifiedValue(input, ceiling), gradFunc: (dy) => tf.clone(dy) }))
}
