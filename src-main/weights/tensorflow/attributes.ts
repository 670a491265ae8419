import type { DefNode } from './graphDef.ts'

/** What a node states beside its inputs: protobuf's JSON, with texts in base64 and long numbers as texts. */
type Attribute = Readonly<Record<string, unknown>>

export function textAttribute(node: DefNode, name: string, otherwise: string): string {
  return textOf(attribute(node, name)['s']) ?? otherwise
}

export function numberAttribute(node: DefNode, name: string, otherwise: number): number {
  const { f, i } = attribute(node, name)
  return numberOf(f) ?? numberOf(i) ?? otherwise
}

export function truthAttribute(node: DefNode, name: string): boolean {
  return attribute(node, name)['b'] === true
}

export function integersAttribute(node: DefNode, name: string): number[] {
  return listOf(node, name, 'i').flatMap((item) => numberOf(item) ?? [])
}

export function textsAttribute(node: DefNode, name: string): string[] {
  return listOf(node, name, 's').flatMap((item) => textOf(item) ?? [])
}

/** Names of types, e.g. DT_FLOAT; JSON may have their numbers. */
export function typeAttribute(node: DefNode, name: string): string {
  const { type } = attribute(node, name)
  return typeof type === 'number' ? (typeNames[type] ?? '') : typeof type === 'string' ? type : ''
}

/** null stands for an axis whose length is free; the whole is null where nothing is known. */
export function shapeAttribute(node: DefNode, name: string): Array<number | null> | null {
  const { shape } = attribute(node, name)
  if (!isRecord(shape) || shape['unknownRank'] === true) return null
  const axes = Array.isArray(shape['dim']) ? (shape['dim'] as unknown[]) : []
  return axes.map((axis) => {
    const size = numberOf(isRecord(axis) ? axis['size'] : undefined)
    return size === undefined || !Number.isSafeInteger(size) || size < 0 ? null : size
  })
}

/** Of core/framework/types.proto, those that a network is computed with. */
const typeNames: Readonly<Record<number, string>> = { 1: 'DT_FLOAT', 2: 'DT_DOUBLE', 3: 'DT_INT32', 4: 'DT_UINT8', 9: 'DT_INT64', 10: 'DT_BOOL', 19: 'DT_HALF' }

function attribute({ attributes }: DefNode, name: string): Attribute {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  return isRecord(value) ? value : {}
}

function listOf(node: DefNode, name: string, kind: string): unknown[] {
  const { list } = attribute(node, name)
  const items = isRecord(list) ? list[kind] : undefined
  return Array.isArray(items) ? items : []
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined
}

/** Converters of old wrote the bytes as a list. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'base64').toString()
  return Array.isArray(value) ? Buffer.from(value.filter((byte) => typeof byte === 'number')).toString() : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
