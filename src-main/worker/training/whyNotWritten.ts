/** Why a file or folder of a training could not be written, and what to do about it; both go on in a sentence. */
export function whyNotWritten(cause: unknown): { why: string; cure: string } {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOSPC') return { why: 'the disk is full', cure: 'free some space' }
  return { why: message, cure: 'see that its folder is there and that you may write to it' }
}
