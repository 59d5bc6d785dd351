/** What runs. */
export const DIST = 'dist'
/** The source maps of the same build, by which `npm run trace` reads a stack. */
export const MAPS = 'dist-maps'
/** Holds the hash of what a build was made from; in both folders, so that the two can be told to belong together. */
export const STAMP = 'built-from.txt'
