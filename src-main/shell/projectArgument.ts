import path from 'node:path'

/**
 * Find the project file that the program was started with, among Electron's own arguments.
 *
 * @param argv  the whole command line
 * @param cwd   the folder that relative paths start from
 */
export function projectArgument(argv: readonly string[], cwd: string): string | null {
  const given = argv.slice(1).find((argument) => !argument.startsWith('-') && argument.endsWith('.metamer'))
  return given === undefined ? null : path.resolve(cwd, given)
}
