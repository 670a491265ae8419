import { enableCompileCache, getCompileCacheDir } from 'node:module'

/** Entry of `lab`. Compiled code is kept between starts, for the compute process too: half of what a short command takes. */
enableCompileCache()
const cache = getCompileCacheDir()
if (cache !== undefined) process.env['NODE_COMPILE_CACHE'] ??= cache
await import('./program.ts')
