/**
 * Says on stderr what is being done: one line that counts on a terminal, a line now and then elsewhere.
 *
 * @param {NodeJS.WriteStream} stream
 */
export function makeReporter(stream) {
  const say = (text) => stream.write(`set-up: ${text}\n`)

  /** Show `title` with a running description until `work` ends. */
  async function during(title, work, describe = () => '') {
    const started = Date.now()
    const line = () => [`set-up: ${title}`, describe(), `${seconds(started)} s`].filter(Boolean).join(' · ')
    say(`${title} …`)
    const timer = setInterval(() => {
      if (stream.isTTY) stream.write(`\r\x1b[2K${line()}`)
      else stream.write(`${line()}\n`)
    }, stream.isTTY ? 500 : 10_000)
    try {
      const result = await work()
      if (stream.isTTY) stream.write('\r\x1b[2K')
      say(`${title}: done in ${seconds(started)} s`)
      return result
    } catch (error) {
      if (stream.isTTY) stream.write('\r\x1b[2K')
      throw error
    } finally {
      clearInterval(timer)
    }
  }
  return { say, during }
}

const seconds = (started) => Math.round((Date.now() - started) / 1000)
