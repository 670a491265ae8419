import { ModelFileError } from '../domain/errors.ts'
import { limits } from './limits.ts'

/** A reference to something stored outside the pickle, as the program that wrote it named it. */
export class PersistentId {
  readonly parts: readonly unknown[]
  constructor(parts: readonly unknown[]) {
    this.parts = parts
  }
}

/** What a global of the pickle stands for: called on REDUCE, or passed on as it is. */
export type PickleGlobals = Readonly<Record<string, (...args: unknown[]) => unknown>>

/**
 * Read one pickle: the few opcodes that a table of tensors uses, and no code. A global that is not listed is refused, so a
 * file can run nothing. Dictionaries become maps, tuples and lists arrays, None null; whole numbers beyond 2^53 bigint.
 *
 * @param start    where the pickle begins in `bytes`
 * @param globals  by "module.name"
 * @returns its value, and where the next byte after it is
 * @throws ModelFileError when it is cut short, names another global or uses another opcode
 * @source Python's pickletools documentation
 */
export function readPickle(bytes: Uint8Array, start: number, globals: PickleGlobals): { value: unknown; end: number } {
  const machine = new PickleMachine(bytes, start, globals)
  return { value: machine.run(), end: machine.position }
}

const mark = Symbol('mark')

class PickleMachine {
  position: number
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private readonly globals: PickleGlobals
  private readonly stack: unknown[] = []
  private readonly memo = new Map<number, unknown>()

  constructor(bytes: Uint8Array, start: number, globals: PickleGlobals) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = start
    this.globals = globals
  }

  run(): unknown {
    try {
      for (let steps = 0; this.step(); steps++) {
        if (steps > limits.pickleSteps) throw new ModelFileError(`The checkpoint file's list of tensors takes more than ${limits.pickleSteps} steps, far more than a network needs. Do not trust this file.`)
      }
      return this.pop()
    } catch (cause) {
      if (cause instanceof RangeError) throw new ModelFileError('The checkpoint file is cut short inside its list of tensors. Fetch it again.', { cause })
      throw cause
    }
  }

  /** @returns false after STOP */
  private step(): boolean {
    const opcode = this.byte()
    if (opcode === 0x2e) return false
    const operation = operations[opcode]
    if (!operation) {
      throw new ModelFileError(`The checkpoint file uses pickle opcode 0x${opcode.toString(16)}, which a table of tensors does not need. It is damaged or of another kind.`)
    }
    operation(this)
    return true
  }

  push(value: unknown): void {
    this.stack.push(value)
  }
  pop(): unknown {
    if (this.stack.length === 0) throw new RangeError('pickle stack is empty')
    return this.stack.pop()
  }
  top(): unknown {
    return this.stack.at(-1)
  }
  popToMark(): unknown[] {
    const at = this.stack.lastIndexOf(mark)
    if (at < 0) throw new RangeError('pickle stack has no mark')
    const items = this.stack.splice(at + 1)
    this.stack.pop()
    return items
  }
  remember(index: number): void {
    this.memo.set(index, this.top())
  }
  memoize(): void {
    this.remember(this.memo.size)
  }
  skip(length: number): void {
    this.position += length
  }
  recall(index: number): void {
    if (!this.memo.has(index)) throw new RangeError('nothing is remembered there')
    this.push(this.memo.get(index))
  }
  byte(): number {
    return this.view.getUint8(this.position++)
  }
  float64(): number {
    this.position += 8
    return this.view.getFloat64(this.position - 8, false)
  }
  uint16(): number {
    this.position += 2
    return this.view.getUint16(this.position - 2, true)
  }
  int32(): number {
    this.position += 4
    return this.view.getInt32(this.position - 4, true)
  }
  text(length: number): string {
    const end = this.position + length
    if (length < 0 || end > this.bytes.length) throw new RangeError('text beyond the end')
    const text = new TextDecoder().decode(this.bytes.subarray(this.position, end))
    this.position = end
    return text
  }
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.position)
    if (end < 0) throw new RangeError('line beyond the end')
    const text = this.text(end - this.position)
    this.position++
    return text
  }
  long(length: number): number | bigint {
    let value = 0n
    for (let i = 0; i < length; i++) value |= BigInt(this.byte()) << BigInt(8 * i)
    value = BigInt.asIntN(8 * length, value)
    return Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  global(module: unknown, member: unknown): unknown {
    const name = `${String(module)}.${String(member)}`
    const known = Object.hasOwn(this.globals, name) ? this.globals[name] : undefined
    if (!known) {
      const names = Object.keys(this.globals).join(', ') || 'none'
      throw new ModelFileError(`The checkpoint file asks for "${name}", which is not allowed: a table of tensors needs only these: ${names}. Do not trust this file.`)
    }
    return known
  }
  call(): unknown {
    const args = this.pop()
    const target = this.pop()
    if (typeof target !== 'function' || !Array.isArray(args)) throw new RangeError('call of something that is no function')
    return (target as (...values: unknown[]) => unknown)(...args)
  }
  /** Pairs into the map below them. */
  setItems(pairs: unknown[]): void {
    const map = this.top()
    if (!(map instanceof Map)) throw new RangeError('items for something that is no dictionary')
    for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1])
  }
  append(items: unknown[]): void {
    const list = this.top()
    if (!Array.isArray(list)) throw new RangeError('items for something that is no list')
    for (const item of items) list.push(item)
  }
}

const operations: Readonly<Record<number, (m: PickleMachine) => void>> = {
  0x80: (m) => void m.byte(), // PROTO
  0x7d: (m) => m.push(new Map()), // EMPTY_DICT
  0x5d: (m) => m.push([]), // EMPTY_LIST
  0x29: (m) => m.push([]), // EMPTY_TUPLE
  0x28: (m) => m.push(mark), // MARK
  0x4e: (m) => m.push(null), // NONE
  0x88: (m) => m.push(true), // NEWTRUE
  0x89: (m) => m.push(false), // NEWFALSE
  0x4b: (m) => m.push(m.byte()), // BININT1
  0x4d: (m) => m.push(m.uint16()), // BININT2
  0x4a: (m) => m.push(m.int32()), // BININT
  0x8a: (m) => m.push(m.long(m.byte())), // LONG1
  0x47: (m) => m.push(m.float64()), // BINFLOAT, the one big-endian number
  0x8c: (m) => m.push(m.text(m.byte())), // SHORT_BINUNICODE
  0x58: (m) => m.push(m.text(m.int32())), // BINUNICODE
  0x71: (m) => m.remember(m.byte()), // BINPUT
  0x72: (m) => m.remember(m.int32()), // LONG_BINPUT
  0x68: (m) => m.recall(m.byte()), // BINGET
  0x6a: (m) => m.recall(m.int32()), // LONG_BINGET
  0x74: (m) => m.push(m.popToMark()), // TUPLE
  0x85: (m) => m.push([m.pop()]), // TUPLE1
  0x86: (m) => m.push([m.pop(), m.pop()].reverse()), // TUPLE2
  0x87: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()), // TUPLE3
  0x73: (m) => m.setItems([m.pop(), m.pop()].reverse()), // SETITEM
  0x75: (m) => m.setItems(m.popToMark()), // SETITEMS
  0x61: (m) => m.append([m.pop()]), // APPEND
  0x65: (m) => m.append(m.popToMark()), // APPENDS
  0x63: (m) => m.push(m.global(m.line(), m.line())), // GLOBAL
  0x93: (m) => m.push(m.global(...([m.pop(), m.pop()].reverse() as [unknown, unknown]))), // STACK_GLOBAL
  0x94: (m) => m.memoize(), // MEMOIZE
  0x95: (m) => m.skip(8), // FRAME announces a length that nothing needs
  0x52: (m) => m.push(m.call()), // REDUCE
  0x62: (m) => void m.pop(), // BUILD sets attributes (PyTorch's _metadata), which no tensor needs
  0x51: (m) => m.push(new PersistentId(m.pop() as unknown[])), // BINPERSID
}
