/** The errors a person can act on. Each message says what, where, what was expected, and what to do. */

/** Plain form in which an error crosses a process border. */
export interface ErrorData {
  code: string
  message: string
  details?: unknown
  cause?: ErrorData
}

export class LabError extends Error {
  readonly code: string = 'LabError'
  readonly details?: unknown

  constructor(message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.details = options.details
  }
}

/** A tensor, vector or file has another shape than the computation needs. */
export class ShapeError extends LabError {
  override readonly code = 'ShapeError'
}
/** A setting of a synthesis is out of range, or names a layer or preset that does not exist. */
export class ProtocolError extends LabError {
  override readonly code = 'ProtocolError'
}
/** A picture, sound or array file cannot be used. */
export class MediaError extends LabError {
  override readonly code = 'MediaError'
}
/** A network's card or weights are missing, damaged or of another version. */
export class ModelFileError extends LabError {
  override readonly code = 'ModelFileError'
}
/** A computation produced a value that is not finite. */
export class NumericalError extends LabError {
  override readonly code = 'NumericalError'
}
/** The project file cannot be opened, read or written. */
export class ProjectError extends LabError {
  override readonly code = 'ProjectError'
}
/** An export cannot be written. */
export class ExportError extends LabError {
  override readonly code = 'ExportError'
}
/** This engine cannot do what was asked; another back end could. */
export class EngineError extends LabError {
  override readonly code = 'EngineError'
}
/** The caller's words are off: an unknown command, a missing argument, a payload of the wrong form. */
export class UsageError extends LabError {
  override readonly code = 'UsageError'
}

const classes = { LabError, ShapeError, ProtocolError, MediaError, ModelFileError, NumericalError, ProjectError, ExportError, EngineError, UsageError }

/** Turn any thrown value into data that every transport can carry. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { code: 'Error', message: String(error) }
  return {
    code: error instanceof LabError ? error.code : error.name,
    message: error.message,
    ...(error instanceof LabError && error.details !== undefined ? { details: error.details } : {}),
    ...(error.cause === undefined ? {} : { cause: errorToData(error.cause) }),
  }
}

/** Build the error again on the other side; an unknown code becomes a LabError that keeps the message. */
export function errorFromData(data: ErrorData): LabError {
  const Class = classes[data.code as keyof typeof classes] ?? LabError
  return new Class(data.message, { details: data.details, cause: data.cause && errorFromData(data.cause) })
}
