import * as tf from '@tensorflow/tfjs-core'
import { attribute, runAction, type OpAttribute } from '../native/tensorflow.ts'
import { createVariable, type Variable } from '../native/variable.ts'
import type { NamedVariable } from './layers/layer.ts'

export type OptimiserSettings =
  /** v = momentum v + gradient; weight -= rate v. The weight decay times the weight is added to the gradient first. */
  | { kind: 'sgd'; momentum: number; weightDecay: number }
  /** As PyTorch and TensorFlow have it, bias corrected; the weight decay as for sgd. */
  | { kind: 'adam'; beta1: number; beta2: number; epsilon: number; weightDecay: number }

export interface Optimiser {
  /** Change the weights, in place. @param gradients  one for each weight, in order; stay the caller's */
  apply(gradients: readonly tf.Tensor[], rate: number, step: number): void
  /** What it remembers between steps, under names such as "conv_0.kernel/momentum". */
  readonly slots: readonly NamedVariable[]
  dispose(): void
}

/** Native engine only: the weights are TensorFlow's variables. */
export function createOptimiser(settings: OptimiserSettings, weights: readonly NamedVariable[]): Optimiser {
  return settings.kind === 'sgd' ? momentumDescent(settings, weights) : adam(settings, weights)
}

type Sgd = Extract<OptimiserSettings, { kind: 'sgd' }>
type Adam = Extract<OptimiserSettings, { kind: 'adam' }>

function momentumDescent({ momentum, weightDecay }: Sgd, weights: readonly NamedVariable[]): Optimiser {
  const velocities = weights.map(({ name, variable }) => ({ name: `${name}/momentum`, variable: zerosLike(variable) }))
  const noNesterov = [...variableUpdate(), attribute.flag('use_nesterov', false)]
  return {
    slots: velocities,
    apply: (gradients, rate) =>
      weights.forEach(({ variable }, i) => {
        tf.tidy(() => {
          const velocity = velocities[i]!.variable
          // momentum (v + decay / momentum w) + gradient is momentum v + gradient + decay w, without another array of the weight's size.
          if (weightDecay > 0 && momentum > 0) addInPlace(velocity, variable, weightDecay / momentum)
          const gradient = momentum > 0 ? gradients[i]! : decayed(gradients[i]!, variable, weightDecay)
          runAction('ResourceApplyMomentum', noNesterov, variable.handle, velocity.handle, tf.scalar(rate), gradient, tf.scalar(momentum))
        })
      }),
    dispose: () => velocities.forEach(({ variable }) => variable.dispose()),
  }
}

function adam({ beta1, beta2, epsilon, weightDecay }: Adam, weights: readonly NamedVariable[]): Optimiser {
  const slots = weights.flatMap(({ name, variable }) => ['m', 'v'].map((part) => ({ name: `${name}/${part}`, variable: zerosLike(variable) })))
  const noNesterov = [...variableUpdate(), attribute.flag('use_nesterov', false)]
  return {
    slots,
    apply(gradients, rate, step) {
      // TensorFlow's epsilon stands beside the root of the uncorrected moment; scaled, it is the one of the corrected.
      const correctedEpsilon = epsilon * Math.sqrt(1 - beta2 ** (step + 1))
      const factors = [beta1 ** (step + 1), beta2 ** (step + 1), rate, beta1, beta2, correctedEpsilon]
      weights.forEach(({ variable }, i) => {
        tf.tidy(() => {
          const gradient = decayed(gradients[i]!, variable, weightDecay)
          const [m, v] = [slots[2 * i]!.variable, slots[2 * i + 1]!.variable]
          runAction('ResourceApplyAdam', noNesterov, variable.handle, m.handle, v.handle, ...factors.map((f) => tf.scalar(f)), gradient)
        })
      })
    },
    dispose: () => slots.forEach(({ variable }) => variable.dispose()),
  }
}

function variableUpdate(): OpAttribute[] {
  return [attribute.float32(), attribute.flag('use_locking', false)]
}

/** target += factor source. */
function addInPlace(target: Variable, source: Variable, factor: number): void {
  const value = source.read()
  runAction('ResourceApplyGradientDescent', variableUpdate(), target.handle, tf.scalar(-factor), value)
  value.dispose()
}

function decayed(gradient: tf.Tensor, weight: Variable, decay: number): tf.Tensor {
  if (decay === 0) return gradient
  const value = weight.read()
  const sum = tf.add(gradient, tf.mul(value, decay))
  // A read that is held would make the update copy the weight.
  value.dispose()
  return sum
}

function zerosLike({ shape }: Variable): Variable {
  const zeros = tf.zeros(shape)
  const variable = createVariable(zeros)
  zeros.dispose()
  return variable
}
