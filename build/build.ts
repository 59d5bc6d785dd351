import { join } from 'node:path'
import { makeDist } from './make-dist.ts'

/** `npm run build`: makes `dist/` and `dist-maps/`, unless they already exist and were made from the same contents. */
const milliseconds = await makeDist(join(import.meta.dirname, '..'))
console.log(milliseconds === null ? 'dist/ was made from what is here' : `built in ${milliseconds.toFixed(0)} ms`)
