import { createHmac, randomBytes } from 'node:crypto'

/**
 * The owner of a canary: one session of one person (an era) or the person in all of them, the datum it is in, and the
 * edition of that datum.
 */
export interface Owner {
  readonly user: number
  /** Null where it belongs to the person in all their sessions. */
  readonly era: number | null
  readonly field: string
  readonly version: number
}

/** The canaries of one run: nobody can guess them, and each is registered to the one session that may see it. */
export interface Canaries {
  /** A text canary: `zq`, 16 letters from the run's key, 4 check letters. */
  text(owner: Owner): string
  /** A number canary: three digits, a point, nine digits. Means and sums lose texts, but they carry numbers along. */
  number(owner: Owner): string
  /** Registers an id that the service made for a session: of data, files, analyses. */
  register(made: string, owner: Owner): void
  /** The owner; undefined if it is not a canary of this run. */
  ownerOf(found: string): Owner | undefined
  /** Registers a canary to another owner, to see whether that is noticed. */
  plant(found: string, owner: Owner): void
  readonly size: number
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
/** The same in every run, so that a canary of an earlier run is recognised when a cache still holds it. */
const CHECK_KEY = 'canaries of every run of the isolation prover'

export function createCanaries(runKey: Buffer = randomBytes(32)): Canaries {
  const owners = new Map<string, Owner>()
  const digest = ({ user, era, field, version }: Owner): Buffer =>
    createHmac('sha256', runKey).update(`${user}|${era}|${field}|${version}`).digest()
  return {
    text(owner) {
      const body = base32(digest(owner).subarray(0, 10))
      const token = `zq${body}${checkOf(body)}`
      owners.set(token, owner)
      return token
    },
    number(owner) {
      const bits = digest(owner)
      const whole = 100 + (bits.readUInt32BE(0) % 900)
      // The last digit is not 0, since printing would drop it.
      const digits = String(bits.readUInt32BE(4) % 100_000_000).padStart(8, '0') + String(1 + ((bits[8] ?? 0) % 9))
      const text = `${whole}.${digits}`
      owners.set(text, owner)
      return text
    },
    register(made, owner) {
      owners.set(made, owner)
    },
    ownerOf: (found) => owners.get(found),
    plant(found, owner) {
      owners.set(found, owner)
    },
    get size() {
      return owners.size
    },
  }
}

/** Whether a text has the check letters of a canary, of this run or of another. */
export function isCanary(token: string): boolean {
  return token.slice(18) === checkOf(token.slice(2, 18))
}

function checkOf(body: string): string {
  return base32(createHmac('sha256', CHECK_KEY).update(body).digest().subarray(0, 3)).slice(0, 4)
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += LETTERS[(held >>> bits) & 31] ?? ''
    }
    held &= (1 << bits) - 1
  }
  return text
}
