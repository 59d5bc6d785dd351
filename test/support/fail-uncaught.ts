/**
 * Loaded into a service process by `--import`, so that a test can make an error that nothing catches: SIGHUP throws
 * one, SIGUSR2 leaves a promise that is refused.
 */
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('SIGHUP', () => {
    throw new TypeError('Thrown where nothing catches')
  })
  process.on('SIGUSR2', () => {
    void Promise.reject(new RangeError('Refused where nothing catches'))
  })
}
