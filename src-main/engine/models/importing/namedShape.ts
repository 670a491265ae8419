/** An array of a file, or a weight of a network, without its values. */
export interface NamedShape {
  name: string
  shape: readonly number[]
}

export function sizeOf({ shape }: Pick<NamedShape, 'shape'>): number {
  return shape.reduce((a, b) => a * b, 1)
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, i) => length === b[i])
}
