/** Loaded into a service process by `--import`: it keeps something of every request, as a task must not. */
import { subscribe } from 'node:diagnostics_channel'
import { isMainThread } from 'node:worker_threads'

const WORDS = 50_000

if (isMainThread) {
  const kept: number[][] = []
  subscribe('http.server.request.start', () => {
    kept.push(Array.from({ length: WORDS }, (_, at) => at + 0.5))
  })
}
