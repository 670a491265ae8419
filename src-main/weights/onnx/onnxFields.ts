/** Field numbers of the messages an ONNX file is made of. @source onnx/onnx.proto */
export const modelField = { opsets: 8, graph: 7, functions: 25 } as const
export const opsetField = { domain: 1, version: 2 } as const
export const graphField = { node: 1, initializer: 5, input: 11, output: 12, sparse: 15 } as const
export const nodeField = { input: 1, output: 2, name: 3, op: 4, attribute: 5, domain: 7 } as const
export const attributeField = { name: 1, float: 2, integer: 3, text: 4, tensor: 5, graph: 6, floats: 7, integers: 8, texts: 9, type: 20 } as const
export const tensorField = {
  dims: 1, type: 2, floats: 4, int32s: 5, int64s: 7, name: 8, raw: 9, doubles: 10, uint64s: 11, external: 13, location: 14,
} as const
export const entryField = { key: 1, value: 2 } as const
export const valueField = { name: 1, type: 2 } as const
export const typeField = { tensor: 1 } as const
export const tensorTypeField = { element: 1, shape: 2 } as const
export const shapeField = { dimension: 1 } as const
export const dimensionField = { value: 1, parameter: 2 } as const
/** AttributeProto.type */
export const attributeKind = { float: 1, integer: 2, text: 3, tensor: 4, graph: 5, floats: 6, integers: 7, texts: 8 } as const
