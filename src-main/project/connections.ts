import Database from 'better-sqlite3'
import { storageError } from './failures.ts'

/** @throws ProjectError when the file cannot be read */
export function connectForReading(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  } catch (error) {
    throw storageError(error, file)
  }
}
