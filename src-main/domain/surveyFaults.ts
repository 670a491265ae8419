import type { PictureSurvey, SoundSurvey } from './trainingRecords.ts'

/** Something that can be wrong with what a manifest lists, and where it is. */
export interface SurveyFault {
  /** Read after a number of things, or after "none". */
  what: string
  meaning: string
  /** What is counted. */
  noun: 'file' | 'clip'
  /** Folder and name of each, or a sentence. */
  found: string[]
}

/** All that may be wrong with sounds, what is not found as well. */
export function soundFaults(survey: SoundSurvey): SurveyFault[] {
  return [
    ...fileFaults(survey, 'sound'),
    fault('silent', 'Their peak lies below −80 dB of full scale once the mean is removed.', survey.silent),
    fault('clipped', 'At least three samples in a row are at full scale.', survey.clipped),
    { ...fault('outside their file or without their word', 'Where the clip would lie, the file has nothing, or nothing of the word: no training begins.', survey.outside), noun: 'clip' },
    fault('in several splits', 'The same sound, byte for byte and from the same time on, is trained on and judged by.', survey.shared),
  ]
}

/** The same with pictures. */
export function pictureFaults(survey: PictureSurvey): SurveyFault[] {
  return [
    ...fileFaults(survey, 'picture'),
    fault('small', 'Their shorter side has fewer pixels than the network takes: they are enlarged.', survey.small),
    fault('of one colour', 'There is nothing to be seen in them.', survey.plain),
    fault('in several splits', 'The same picture, byte for byte, is trained on and judged by.', survey.shared),
  ]
}

function fileFaults({ missing, unreadable }: Pick<SoundSurvey, 'missing' | 'unreadable'>, thing: string): SurveyFault[] {
  return [
    fault('missing', 'The manifest names them, but they are not there: no training begins.', missing),
    fault('unreadable', `They are there, but hold no ${thing} that can be read.`, unreadable.map(({ file, why }) => `${file}: ${why}`)),
  ]
}

function fault(what: string, meaning: string, found: string[]): SurveyFault {
  return { what, meaning, noun: 'file', found }
}
