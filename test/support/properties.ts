import fc from 'fast-check'

/**
 * The same cases in every run, so that a run tells something about the change it tests. Each nightly run draws others
 * (`.github/workflows/nightly.yml`).
 */
export const propertySeed = Number(process.env['PROPERTY_SEED'] ?? 20251122)
if (!Number.isInteger(propertySeed)) throw new RangeError('PROPERTY_SEED must be a whole number')

fc.configureGlobal({ seed: propertySeed })
export default fc
