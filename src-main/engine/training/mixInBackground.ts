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
  return atLevel(voice.map((x, i) => x + factor * scene[i]!))
}

function atLevel(x: Float32Array): Float32Array {
  const centred = withoutMean(x)
  const level = rms(centred)
  return level === 0 ? centred : centred.map((value) => (value * targetRms) / level)
}

function withoutMean(x: Float32Array): Float32Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  return x.map((value) => value - mean)
}

function rms(x: Float32Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length)
}
