/** Writes tiny PyTorch files of the legacy format, good and bad, for tests. */

export interface TensorEntry {
  name: string
  shape: number[]
  strides: number[]
  offset: number
  /** What the storage holds, in stored order. */
  values: number[]
}

export class PickleWriter {
  private readonly out: number[] = [0x80, 2]

  bytes(): Uint8Array {
    return Uint8Array.from(this.out)
  }
  private put(...bytes: number[]): this {
    this.out.push(...bytes)
    return this
  }
  private utf8(text: string): number[] {
    return [...new TextEncoder().encode(text)]
  }
  text(text: string): this {
    const bytes = this.utf8(text)
    return this.put(0x58, ...int32(bytes.length), ...bytes)
  }
  integer(value: number): this {
    return this.put(0x4a, ...int32(value))
  }
  long(bytes: number[]): this {
    return this.put(0x8a, bytes.length, ...bytes)
  }
  global(module: string, name: string): this {
    return this.put(0x63, ...this.utf8(`${module}\n${name}\n`))
  }
  mark(): this {
    return this.put(0x28)
  }
  tuple(): this {
    return this.put(0x74)
  }
  tuple1(): this {
    return this.put(0x85)
  }
  emptyTuple(): this {
    return this.put(0x29)
  }
  emptyDict(): this {
    return this.put(0x7d)
  }
  emptyList(): this {
    return this.put(0x5d)
  }
  appends(): this {
    return this.put(0x65)
  }
  setItem(): this {
    return this.put(0x73)
  }
  true(): this {
    return this.put(0x88)
  }
  none(): this {
    return this.put(0x4e)
  }
  reduce(): this {
    return this.put(0x52)
  }
  persistentId(): this {
    return this.put(0x51)
  }
  remember(index: number): this {
    return this.put(0x71, index)
  }
  recall(index: number): this {
    return this.put(0x68, index)
  }
  stop(): this {
    return this.put(0x2e)
  }
}

/** A whole file; `extra` may write more into the state dictionary's pickle before it ends. */
export function legacyCheckpoint(entries: TensorEntry[], extra: (pickle: PickleWriter) => void = () => {}): Uint8Array {
  const magic = new PickleWriter().long([0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]).stop()
  const version = new PickleWriter().integer(1001).stop()
  const system = new PickleWriter().emptyDict().text('little_endian').true().setItem().stop()
  const parts = [magic, version, system, state(entries, extra), keys(entries)].map((p) => p.bytes())
  return Uint8Array.from([...parts.flatMap((p) => [...p]), ...entries.flatMap(storage)])
}

function state(entries: TensorEntry[], extra: (pickle: PickleWriter) => void): PickleWriter {
  const pickle = new PickleWriter().global('collections', 'OrderedDict').emptyTuple().reduce()
  entries.forEach((entry, i) => {
    pickle.text(entry.name).global('torch._utils', '_rebuild_tensor_v2').mark()
    pickle.mark().text('storage').global('torch', 'FloatStorage').text(String(i)).text('cpu').integer(entry.values.length).none()
    pickle.tuple().persistentId().integer(entry.offset)
    for (const numbers of [entry.shape, entry.strides]) {
      pickle.mark()
      for (const n of numbers) pickle.integer(n)
      pickle.tuple()
    }
    pickle.tuple().reduce().setItem()
  })
  extra(pickle)
  return pickle.stop()
}

function keys(entries: TensorEntry[]): PickleWriter {
  const pickle = new PickleWriter().emptyList().mark()
  entries.forEach((_, i) => pickle.text(String(i)))
  return pickle.appends().stop()
}

/** int64 count, then float32 values. */
function storage({ values }: TensorEntry): number[] {
  const bytes = new DataView(new ArrayBuffer(8 + 4 * values.length))
  bytes.setBigInt64(0, BigInt(values.length), true)
  values.forEach((value, i) => bytes.setFloat32(8 + 4 * i, value, true))
  return [...new Uint8Array(bytes.buffer)]
}

function int32(value: number): number[] {
  const bytes = new DataView(new ArrayBuffer(4))
  bytes.setInt32(0, value, true)
  return [...new Uint8Array(bytes.buffer)]
}
