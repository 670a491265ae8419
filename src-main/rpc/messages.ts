import { z } from 'zod'
import type { ErrorData } from '../domain/errors.ts'

/** What travels over a transport. `id` ties an answer to its call. */
export type RpcMessage =
  | { type: 'call'; id: number; method: string; params: unknown }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; error: ErrorData }
  | { type: 'event'; name: string; payload: unknown }

const id = z.int().nonnegative()
const errorSchema: z.ZodType<ErrorData> = z.object({
  code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
  get cause() {
    return errorSchema.optional()
  },
}) as z.ZodType<ErrorData>

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id, method: z.string(), params: z.unknown() }),
  z.object({ type: z.literal('result'), id, result: z.unknown() }),
  z.object({ type: z.literal('error'), id, error: errorSchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
])

/** @returns null for anything that is no message of ours: it is not answered, there being no id to answer to */
export function parseMessage(message: unknown): RpcMessage | null {
  const parsed = messageSchema.safeParse(message)
  return parsed.success ? (parsed.data as RpcMessage) : null
}
