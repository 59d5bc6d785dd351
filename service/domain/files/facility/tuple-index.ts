/** Tuples are kept in parts, so that many are never copied to make room. */
const TUPLES_OF_PART = 16_384
const FIRST_BUCKETS = 1_024

/**
 * Numbers different tuples of whole numbers below 2^32, from 0. It is made of typed arrays: memory that a thread's heap
 * limit counts would be several times as much, and is copied as a whole when a Map grows. Takes four bytes a number and
 * eight to sixteen a tuple.
 */
export class TupleIndex {
  readonly width: number
  readonly #parts: Uint32Array[] = []
  /** By the hash of a tuple, its number + 1, or that of another in the buckets that follow; 0 where there is none. */
  #buckets = new Uint32Array(FIRST_BUCKETS)
  #size = 0

  /** @param width the numbers of a tuple */
  constructor(width: number) {
    this.width = width
  }

  get size(): number {
    return this.#size
  }

  /** The number of a tuple, -1 if it was not added. */
  find(tuple: ArrayLike<number>): number {
    return (this.#buckets[this.#bucketOf(tuple)] ?? 0) - 1
  }

  /** Adds a tuple that is not there yet, and gives its number. */
  add(tuple: ArrayLike<number>): number {
    if (2 * (this.#size + 1) > this.#buckets.length) this.#grow()
    const number = this.#size
    const at = number % TUPLES_OF_PART
    if (at === 0) this.#parts.push(new Uint32Array(TUPLES_OF_PART * this.width))
    this.#parts.at(-1)?.set(tuple, at * this.width)
    this.#buckets[this.#bucketOf(tuple)] = number + 1
    this.#size += 1
    return number
  }

  /** A number of a tuple. */
  at(number: number, place: number): number {
    return this.#parts[Math.floor(number / TUPLES_OF_PART)]?.[(number % TUPLES_OF_PART) * this.width + place] ?? 0
  }

  /** The bucket of a tuple, or the free one that it would take. */
  #bucketOf(tuple: ArrayLike<number>): number {
    const mask = this.#buckets.length - 1
    let bucket = hashOf(tuple, this.width) & mask
    for (;;) {
      const held = this.#buckets[bucket] ?? 0
      if (held === 0 || this.#isAt(held - 1, tuple)) return bucket
      bucket = (bucket + 1) & mask
    }
  }

  #isAt(number: number, tuple: ArrayLike<number>): boolean {
    for (let place = 0; place < this.width; place += 1) if (this.at(number, place) !== tuple[place]) return false
    return true
  }

  #grow(): void {
    this.#buckets = new Uint32Array(2 * this.#buckets.length)
    const mask = this.#buckets.length - 1
    const tuple = new Uint32Array(this.width)
    for (let number = 0; number < this.#size; number += 1) {
      for (let place = 0; place < this.width; place += 1) tuple[place] = this.at(number, place)
      let bucket = hashOf(tuple, this.width) & mask
      while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask
      this.#buckets[bucket] = number + 1
    }
  }
}

/** MurmurHash3 of 32 bits, whose last steps spread even counted numbers over all buckets. */
function hashOf(tuple: ArrayLike<number>, width: number): number {
  let hash = 0
  for (let place = 0; place < width; place += 1) {
    let mixed = Math.imul(tuple[place] ?? 0, 0xcc9e2d51)
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    hash ^= mixed
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
