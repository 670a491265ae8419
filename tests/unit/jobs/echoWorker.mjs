// The smallest compute process: it says that it is ready and gives each request's parameters back.
if (process.env.DIE_AT_START) process.exit(3)
process.on('message', (message) => {
  if (message.type !== 'request') return
  if (message.name === 'describe') process.kill(process.pid, 'SIGKILL')
  else process.send({ type: 'result', id: message.id, result: message.params })
})
process.on('disconnect', () => process.exit(0))
process.send({ type: 'ready' })
