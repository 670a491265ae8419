/** Where the time of an update goes. */
export interface UpdateProfile {
  updates: number
  /** Median over the updates, without the clock that stops between operations. */
  msPerUpdate: number
  /** Of all timed updates together, the dearest first. */
  operations: OperationTime[]
}

export interface OperationTime {
  /** TensorFlow's name, e.g. "Conv2DBackpropInput". */
  operation: string
  /** Of what it gives. */
  shape: number[]
  callsPerUpdate: number
  msPerUpdate: number
}
