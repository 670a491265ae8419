import { z } from 'zod'

export const chooseProjectSchema = z.strictObject({ create: z.boolean() })
export type ChooseProject = z.infer<typeof chooseProjectSchema>

export const chooseFileSchema = z.strictObject({ holds: z.enum(['network', 'stimulus', 'manifest']) })
export type ChooseFile = z.infer<typeof chooseFileSchema>

export const cardPlaceSchema = z.strictObject({ fileName: z.string().min(1).max(255) })
export type CardPlace = z.infer<typeof cardPlaceSchema>

/** What the window finds as `window.metamerShell`. Each answers null when the dialog was dismissed. */
export interface ShellDialogs {
  chooseFolder(): Promise<string | null>
  /** An existing project file, or with `create` a place for a new one. */
  chooseProject(options: ChooseProject): Promise<string | null>
  /** An existing file. */
  chooseFile(options: ChooseFile): Promise<string | null>
  /** A place for a network's card. */
  chooseCardPlace(options: CardPlace): Promise<string | null>
}
