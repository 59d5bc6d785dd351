import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { provider } from '../support/sign-in.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, isRanked, openStation, rankSample } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
const service = await startService(t, { redis: server, s3: objects, env: issuer.env, port: issuer.servicePort })
const browser = await openBrowser(t)

t.test('a person signs in with work at hand, sees their sessions, ends the others, and signs out', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Amina Yusuf' }).click()
  const name = page.getByRole('button', { name: 'Amina Yusuf: your sessions' })
  await name.waitFor()
  await openStation(page, 'Results')
  await isRanked(page)
  t.notMatch(page.url(), /code|state/, 'nothing of the sign-in stands in the address')

  const other = await openPage(t, browser, service.url)
  await other.page.getByRole('link', { name: 'Sign in' }).click()
  await other.page.getByRole('button', { name: 'Amina Yusuf' }).click()
  await other.page.getByRole('button', { name: 'Amina Yusuf: your sessions' }).waitFor()

  await name.click()
  const sessions = page.getByRole('dialog', { name: 'Your sessions' })
  await sessions.getByRole('row').nth(2).waitFor()
  t.equal(await sessions.getByRole('row').filter({ hasText: 'Linux' }).count(), 2)
  t.strictSame(await barriers(page), [])
  await sessions.getByRole('button', { name: 'End all others' }).click()
  await sessions.getByRole('row').filter({ hasText: 'this one' }).waitFor()
  await sessions.getByRole('row').nth(2).waitFor({ state: 'detached' })
  await other.page.reload()
  await other.page.getByRole('link', { name: 'Sign in' }).waitFor()

  await sessions.getByRole('button', { name: 'Sign out here' }).click()
  await button(page, 'Sign out').click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  t.equal(new URL(page.url()).origin, service.url, 'the provider led back')
  t.strictSame([...faults, ...other.faults], [])
})
