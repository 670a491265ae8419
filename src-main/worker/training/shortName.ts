/** A file by its folder and name, which tell it apart among those of a data set wherever that lies. */
export function shortName(file: string): string {
  return file.split(/[\\/]/).slice(-2).join('/')
}
