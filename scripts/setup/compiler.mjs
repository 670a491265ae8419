import { binding } from './binding.mjs'
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

export function findCompiler(context) {
  const names = context.env.CXX ? [context.env.CXX] : ['g++', 'c++', 'clang++']
  return names.map((name) => context.find(name)).find(Boolean) ?? null
}
