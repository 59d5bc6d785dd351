import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { serveDashboard } from './serve-dashboard.ts'

/** `npm run dashboard`: the dashboard of a stack, for the service that `npm start` runs here. */
const logFolder = resolve(import.meta.dirname, '..', '..', process.env['LOCAL_FOLDER'] ?? '.local', 'logs')
const port = Number(process.env['DASHBOARD_PORT'] ?? 8090)
if (!existsSync(logFolder)) {
  console.error('Cannot show a dashboard: nothing has been started here. Run npm start in another terminal first.')
  process.exitCode = 1
} else {
  await serveDashboard(logFolder, port)
  console.log(`dashboard http://127.0.0.1:${String(port)}  (Ctrl-C ends it)`)
}
