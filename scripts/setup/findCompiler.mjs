/** Path of the C++ compiler: CXX if it is set, else the first of the usual ones; null when there is none. */
export function findCompiler(context) {
  const names = context.env.CXX ? [context.env.CXX] : ['g++', 'c++', 'clang++']
  return names.map((name) => context.find(name)).find(Boolean) ?? null
}
