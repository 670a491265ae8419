import { z } from 'zod'

export const chooseProjectSchema = z.strictObject({ create: z.boolean() })
export type ChooseProject = z.infer<typeof chooseProjectSchema>

/** What the window finds as `window.metamerShell`. Each answers null when the dialog was dismissed. */
export interface ShellDialogs {
  chooseFolder(): Promise<string | null>
  /** An existing project file, or with `create` a place for a new one. */
  chooseProject(options: ChooseProject): Promise<string | null>
}
