/** A way for two ends to exchange messages. It knows nothing of calls, events or parameters. */
export interface Transport {
  /** Messages sent while closed are dropped: who waits for an answer is told by onState. */
  send(message: unknown): void
  /** @returns a function that removes the listener */
  onMessage(listener: (message: unknown) => void): () => void
  /** Called on each change. Some transports open again after they closed. */
  onState(listener: (state: TransportState) => void): () => void
  readonly state: TransportState
  close(): void
}

export type TransportState = 'opening' | 'open' | 'closed'
