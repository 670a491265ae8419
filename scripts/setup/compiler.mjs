import { binding } from './binding.mjs'
import { findCompiler } from './findCompiler.mjs'
import { SetupProblem } from './problems.mjs'

/** Looked for before 270 MB are fetched in vain. */
export const compiler = {
  name: 'C++ compiler',
  ready: (context) => binding.ready(context) || findCompiler(context) !== null,
  async install() {
    throw new SetupProblem(
      'There is no C++ compiler, so native TensorFlow cannot be joined to Node. The program goes on with the slow WebAssembly engine. ' +
        'Cure: install g++ (Debian: apt-get install g++), then "npm run setup".',
    )
  },
}
