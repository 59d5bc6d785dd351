/** The folder of the built service. */
export const DIST = 'dist'
/** The source maps of the same build, with which `npm run trace` reads a stack. */
export const MAPS = 'dist-maps'
/** Holds the hash of the inputs of a build. It is in both folders, to show that they belong together. */
export const STAMP = 'built-from.txt'
