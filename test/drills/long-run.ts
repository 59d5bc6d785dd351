/** `npm run drills` runs drills at their full size, `npm test` at a small one. */
export const isLongRun = process.env['DRILLS'] === 'long'
