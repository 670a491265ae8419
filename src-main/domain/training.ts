/** placeholder */
export interface ValidationScores {
  /** Weighted sum over the heads, mean over the validation set. */
  loss: number
  /** Share of words recognised; null without a word head. */
  wordAccuracy: number | null
  /** Share of words among the five best. */
  topFive: number | null
  /** Mean over the labels of the area under the ROC curve; null without a head of sounds. */
  meanAuc: number | null
  /** Of each label, in order; NaN where it has no or only positives. */
  aucByLabel: number[] | null
}
