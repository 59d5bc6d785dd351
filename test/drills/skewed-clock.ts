/** Loaded into a service process by `--import`: its wall clock is wrong by `CLOCK_SKEW_MS` milliseconds. */
const skewMs = Number(process.env['CLOCK_SKEW_MS'] ?? 0)
const RightDate = Date
globalThis.Date = class extends RightDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [RightDate.now() + skewMs] : given) as [number]))
  }
  static override now(): number {
    return RightDate.now() + skewMs
  }
} as DateConstructor
