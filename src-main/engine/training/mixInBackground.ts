const targetRms = 0.1

/**
 * Mix speech with a background at a signal-to-noise ratio: means removed, the background scaled to
 * rms(speech) / 10^(SNR / 20), summed, mean removed, brought to RMS 0.1. Where one of them is silent, it is the other alone.
 *
 * @param speech      float32 [samples]
 * @param background  float32 [samples], or null for none
 * @param snrDb       decibels
 * @returns           float32 [samples]; zeros when both are silent
 * @source authors' later code, audio_transforms.py
 */
export function mixInBackground(speech: Float32Array, background: Float32Array | null, snrDb: number): Float32Array {
  const voice = withoutMean(speech)
  const scene = background && withoutMean(background)
  const [voiceRms, sceneRms] = [rms(voice), scene ? rms(scene) : 0]
  if (!scene || sceneRms === 0) return atLevel(voice)
  if (voiceRms === 0) return atLevel(scene)
  const factor = voiceRms / (sceneRms * 10 ** (snrDb / 20))
  const sum = new Float32Array(voice.length)
  for (let i = 0; i < sum.length; i++) sum[i] = voice[i]! + factor * scene[i]!
  return atLevel(sum)
}

// Plain loops: with a function for each sample, mixing took as long as a cochleagram.

function atLevel(x: Float32Array): Float32Array {
  const centred = withoutMean(x)
  const level = rms(centred)
  if (level === 0) return centred
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i]! * targetRms) / level
  return centred
}

function withoutMean(x: Float32Array): Float32Array {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]!
  const [mean, centred] = [sum / x.length, new Float32Array(x.length)]
  for (let i = 0; i < x.length; i++) centred[i] = x[i]! - mean
  return centred
}

function rms(x: Float32Array): number {
  let squares = 0
  for (let i = 0; i < x.length; i++) squares += x[i]! * x[i]!
  return Math.sqrt(squares / x.length)
}
