import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startBalancer } from '../../local/balancer.ts'
import { until } from '../support/client.ts'
import { folder, redis, s3, secrets, startService, type TestService } from '../support/parts.ts'
import { isLongRun } from './long-run.ts'
import { peopleAtWork } from './people-at-work.ts'

const PEOPLE = isLongRun ? 200 : 12
const REQUESTS_EACH = isLongRun ? 20_000 : 300
const MOST_TASKS = isLongRun ? 10 : 4
const THINK_MS = isLongRun ? 1_500 : 50

t.setTimeout(600_000)

t.test('while people work, tasks are replaced and their number changes, and no request fails', async (t) => {
  const parts = { redis: await redis(t), s3: await s3(t), secrets: secrets() }
  const running = await Promise.all([1, 2, 3].map(async () => await startService(t, parts)))
  const own = folder(t)
  const balancer = await startBalancer({
    targets: running.map(({ url }) => url),
    folder: own,
    logFile: join(own, 'balancer.log'),
  })
  t.teardown(async () => {
    await balancer.close(1_000)
  })
  const work = await peopleAtWork(t, { url: balancer.url, people: PEOPLE, thinkMs: THINK_MS })
  const leave = async (t: Test, task: TestService): Promise<void> => {
    await balancer.deregister(task.url)
    const { code } = await task.process.stop(60_000)
    t.equal(code, 0, 'a task that is taken out ends by itself')
  }
  const addTask = async (): Promise<void> => {
    const task = await startService(t, parts)
    const known = work.tasks.size
    await balancer.register(task.url)
    running.push(task)
    await until(() => work.tasks.size > known, 60_000, 'an answer of the task that was added')
  }
  const scaleTo = async (t: Test, tasks: number): Promise<void> => {
    while (running.length < tasks) await addTask()
    while (running.length > tasks) await leave(t, running.shift()!)
  }

  await t.test('tasks are replaced one after another', async (t) => {
    await until(() => work.tasks.size === running.length, 60_000, 'an answer of each task')
    const before = work.requests()
    let replaced = 0
    while (replaced < 3 || work.requests() - before < REQUESTS_EACH) {
      await addTask()
      await leave(t, running.shift()!)
      replaced += 1
    }
    t.strictSame(work.failures, [], 'no request failed')
    t.ok(work.tasks.size >= 6, `${String(work.tasks.size)} tasks answered`)
    t.comment(
      `measured: ${String(work.failures.length)} of ${String(work.requests() - before)} requests failed, ` +
        `${String(PEOPLE)} people, ${String(replaced)} tasks replaced`,
    )
  })

  await t.test('their number goes up and down', async (t) => {
    const before = work.requests()
    await scaleTo(t, 2)
    let rounds = 0
    while (rounds === 0 || work.requests() - before < REQUESTS_EACH) {
      await scaleTo(t, MOST_TASKS)
      await scaleTo(t, 2)
      rounds += 1
    }
    t.strictSame(work.failures, [], 'no request failed')
    t.comment(
      `measured: ${String(work.failures.length)} of ${String(work.requests() - before)} requests failed, ` +
        `${String(PEOPLE)} people, 2 tasks to ${String(MOST_TASKS)} and back ${String(rounds)} times`,
    )
  })
  await work.stop()
  t.strictSame(work.failures, [])
})
