import fs from 'node:fs'
import path from 'node:path'
import { besideName, bytesUnder, readJson, removeLeftovers, sha256OfFile, writeWhole } from './files.mjs'
import { TENSORFLOW, WHEEL_TARGET } from './pins.mjs'
import { explainFailure, SetupProblem } from './problems.mjs'

const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']
const DRIVER_FILES = ['/dev/nvidiactl', '/dev/dxg']
const ANSWER_HOLDS_MS = 86_400_000
const GOES_ON = 'The program goes on with the slow WebAssembly engine.'

/** The TensorFlow library and its headers, from Python wheels, in a cache folder that all checkouts share. */
export const tensorflow = {
  name: 'TensorFlow library',
  retryAfterHours: 1,
  ready: (context) => isComplete(context, quickFlavour(context)),
  install: (context) => install(context).catch(offerSmallerBuild(context)),
}

/** The folder that holds the kept parts of the wheels: tensorflow/, and nvidia/ beside it for CUDA. */
export const libraryFolder = (context, flavour) => path.join(context.cache, TENSORFLOW[flavour].folder)

/** 'cuda' where an NVIDIA driver answers, else 'cpu'. METAMER_LAB_TENSORFLOW=cpu|cuda decides instead. */
export async function chooseFlavour(context) {
  const known = quickFlavour(context)
  if (known) return known
  const smi = context.find('nvidia-smi')
  const answer = smi && (await context.run(smi, ['--list-gpus'], { timeoutS: 20 }))
  const flavour = answer && answer.code === 0 && /GPU/.test(answer.output) ? 'cuda' : 'cpu'
  writeWhole(answerFile(context), JSON.stringify({ flavour, at: context.now() }))
  return flavour
}

/** The same without starting anything; null when a driver file is there that has not been asked lately. */
export function quickFlavour(context) {
  const wanted = context.env.METAMER_LAB_TENSORFLOW
  if (wanted === 'cpu' || wanted === 'cuda') return wanted
  if (!DRIVER_FILES.some((file) => context.exists(file))) return 'cpu'
  if (isComplete(context, 'cuda')) return 'cuda'
  const answer = readJson(answerFile(context))
  return answer && context.now() - answer.at < ANSWER_HOLDS_MS ? answer.flavour : null
}

const answerFile = (context) => path.join(context.stamps, 'gpu.json')

/** Only a folder that carries the stamp of these very wheels is trusted. */
export function isComplete(context, flavour) {
  if (!flavour) return false
  const folder = libraryFolder(context, flavour)
  const stamp = readJson(path.join(folder, 'complete.json'))
  return (
    JSON.stringify(stamp?.wheels) === JSON.stringify(checksums(flavour)) &&
    LIBRARIES.every((name) => sizeOf(path.join(folder, 'tensorflow', name)) === stamp.bytes[name])
  )
}

const checksums = (flavour) => TENSORFLOW[flavour].wheels.map((wheel) => wheel[3])
const sizeOf = (file) => fs.statSync(file, { throwIfNoEntry: false })?.size

async function install(context) {
  checkPlatform(context)
  const flavour = await chooseFlavour(context)
  if (isComplete(context, flavour)) return
  const target = libraryFolder(context, flavour)
  const python = await findPython(context)
  removeLeftovers(target)
  checkSpace(context, flavour)
  const beside = besideName(target)
  try {
    const wheels = await download(context, flavour, python, beside)
    await verify(context, flavour, wheels)
    await unpack(context, flavour, python, wheels, path.join(beside, 'library'))
    takeItsPlace(context, flavour, beside)
  } finally {
    fs.rmSync(beside, { recursive: true, force: true })
  }
}

/** The CUDA build is large: say that there is another. */
const offerSmallerBuild = (context) => (error) => {
  if (!(error instanceof SetupProblem) || quickFlavour(context) !== 'cuda') throw error
  throw new SetupProblem(`${error.message} (METAMER_LAB_TENSORFLOW=cpu asks for the smaller build without GPU.)`)
}

function checkPlatform(context) {
  const { platform, arch, glibc } = WHEEL_TARGET
  if (context.platform !== platform || context.arch !== arch) {
    throw new SetupProblem(
      `Native TensorFlow is set up on Linux x64 only, not on ${context.platform} ${context.arch}. ${GOES_ON}`,
    )
  }
  const found = context.glibc()
  if (found && isAtLeast(found, glibc)) return
  throw new SetupProblem(`Native TensorFlow needs glibc ${glibc} or newer, not ${found ?? 'another C library'}. ${GOES_ON}`)
}

function isAtLeast(version, wanted) {
  const [major, minor] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

async function findPython(context) {
  const python = context.find('python3')
  if (!python) {
    throw new SetupProblem(
      `Python 3 is missing, which fetches the TensorFlow library. ${GOES_ON} Cure: install python3 and python3-pip, then "npm run setup".`,
    )
  }
  const pip = await context.run(python, ['-m', 'pip', '--version'], { timeoutS: 60 })
  if (pip.code !== 0) {
    throw new SetupProblem(
      `Python's pip is missing, which fetches the TensorFlow library. ${GOES_ON} Cure: install python3-pip, then "npm run setup".`,
    )
  }
  return python
}

function checkSpace(context, flavour) {
  fs.mkdirSync(context.cache, { recursive: true })
  const { bavail, bsize } = fs.statfsSync(context.cache)
  // pip copies what it fetched: for a moment there are two.
  const needed = 2 * downloadBytes(flavour) + TENSORFLOW[flavour].unpackedBytes
  if (bavail * bsize > needed) return
  throw new SetupProblem(
    `${TENSORFLOW[flavour].title} needs ${gigabytes(needed)} GB in ${context.cache}, where ${gigabytes(bavail * bsize)} GB are free. ` +
      `${GOES_ON} Cure: make room, or set METAMER_LAB_CACHE to a folder that has it.`,
  )
}

const goingOn = (problem) => new SetupProblem(`${problem.message} ${GOES_ON}`)
const downloadBytes = (flavour) => TENSORFLOW[flavour].wheels.reduce((sum, wheel) => sum + wheel[2], 0)
const gigabytes = (bytes) => (bytes / 1e9).toFixed(1)
const megabytes = (bytes) => Math.round(bytes / 1e6)

async function download(context, flavour, python, beside) {
  const folder = path.join(beside, 'wheels')
  // pip writes to its temporary folder first: beside the rest, it is cleaned up with the rest.
  const temporary = path.join(beside, 'temporary')
  for (const made of [folder, temporary]) fs.mkdirSync(made, { recursive: true })
  const requirements = TENSORFLOW[flavour].wheels.map(([name, version]) => `${name}==${version}`)
  const args = ['-m', 'pip', 'download', '--no-deps', '--no-cache-dir', '--no-input', '--progress-bar', 'off', '--retries', '2']
  args.push('--timeout', '30', '--only-binary=:all:', ...WHEEL_TARGET.pipArgs, '--dest', folder, ...requirements)
  const total = megabytes(downloadBytes(flavour))
  await context.during(
    `fetching ${TENSORFLOW[flavour].title} (${total} MB)`,
    async () => {
      const result = await context.run(python, args, { env: { TMPDIR: temporary } })
      if (result.code !== 0) throw goingOn(explainFailure('The TensorFlow library could not be fetched', result))
    },
    () => `${Math.min(total, megabytes(bytesUnder(beside)))} of ${total} MB`,
  )
  return fs.readdirSync(folder).map((name) => path.join(folder, name))
}

async function verify(context, flavour, wheels) {
  await context.during(`checking ${TENSORFLOW[flavour].title}`, async () => {
    const wanted = new Set(checksums(flavour))
    for (const wheel of wheels) {
      if (wanted.delete(await sha256OfFile(wheel))) continue
      throw new SetupProblem(
        `${path.basename(wheel)} is not the file this program was made with (wrong SHA-256), so it is refused. ` +
          `${GOES_ON} Cure: "npm run setup" fetches it again; if it stays so, ask who runs your package index.`,
      )
    }
    if (wanted.size > 0) throw new SetupProblem(`${wanted.size} of the files of TensorFlow did not arrive. ${GOES_ON} Cure: "npm run setup".`)
  })
}

async function unpack(context, flavour, python, wheels, into) {
  const script = path.join(import.meta.dirname, 'unpack.py')
  await context.during(
    `unpacking ${TENSORFLOW[flavour].title}`,
    async () => {
      const result = await context.run(python, [script, into, ...wheels])
      if (result.code !== 0) throw goingOn(explainFailure('The TensorFlow library could not be unpacked', result))
    },
    () => `${megabytes(bytesUnder(into))} of ${megabytes(TENSORFLOW[flavour].unpackedBytes)} MB`,
  )
}

/** Stamp last, then rename. Another set-up may have been faster: then ours is not needed. */
function takeItsPlace(context, flavour, beside) {
  const target = libraryFolder(context, flavour)
  const made = path.join(beside, 'library')
  const bytes = Object.fromEntries(LIBRARIES.map((name) => [name, sizeOf(path.join(made, 'tensorflow', name))]))
  writeWhole(path.join(made, 'complete.json'), JSON.stringify({ wheels: checksums(flavour), bytes }))
  if (isComplete(context, flavour)) return
  if (context.exists(target)) fs.renameSync(target, path.join(beside, 'replaced'))
  fs.renameSync(made, target)
}
