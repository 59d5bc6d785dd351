import t from 'tap'
import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { pingRedis } from '../../local/tell-redis.ts'
import { s3Client } from '../../local/prepare-bucket.ts'
import { ownS3, redis, redisClient, s3 } from '../support/parts.ts'

t.test("the service's Redis user reaches its own prefixes and nothing else", async (t) => {
  const server = await redis(t)
  const client = redisClient(t, server, { as: 'service' })
  t.equal(await client.set('data:{a}:files', '1'), 'OK')
  await t.rejects(client.set('other', '1'), /NOPERM/)
  await t.rejects(client.keys('*'), /NOPERM/)
  await t.rejects(client.config('GET', '*'), /NOPERM/)
  await t.rejects(client.acl('WHOAMI'), /NOPERM/)
})

t.test('Redis refuses a connection without TLS, without a password and as the default user', async (t) => {
  const server = await redis(t)
  const { host, port } = server
  await t.rejects(pingRedis({ host, port, ...server.operator }), 'plaintext')
  await t.rejects(pingRedis({ host, port, ca: server.certificates?.ca }), /NOAUTH/)
  await t.rejects(
    pingRedis({ host, port, ca: server.certificates?.ca, password: server.operator.password }),
    /WRONGPASS/,
  )
  await t.rejects(pingRedis({ host, port, ca: true, ...server.operator }), /self.signed|certificate/)
})

t.test('a killed Redis comes back empty on the same port with the same users', async (t) => {
  const server = await redis(t)
  const client = redisClient(t, server, { maxRetriesPerRequest: 100 })
  await client.set('sess:x', '1')
  const before = server.process.pid
  await server.kill()
  await server.start()
  t.not(server.process.pid, before)
  t.equal(await client.get('sess:x'), null)
})

t.test('a replica follows its primary and takes over on command', async (t) => {
  const primary = await redis(t)
  const replica = await redis(t, { replicaOf: primary })
  const writer = redisClient(t, primary)
  await writer.set('sess:x', '1')
  while ((await writer.wait(1, 100)) < 1);
  const reader = redisClient(t, replica)
  t.equal(await reader.get('sess:x'), '1')
  await t.rejects(reader.set('sess:x', '2'), /READONLY/)
  await reader.replicaof('NO', 'ONE')
  t.equal(await reader.set('sess:x', '2'), 'OK')
})

t.test('a bucket keeps versions and takes posts from pages of this machine only', async (t) => {
  const address = await s3(t)
  const client = s3Client(address)
  t.teardown(() => {
    client.destroy()
  })
  const first = await client.send(new PutObjectCommand({ Bucket: address.bucket, Key: 'sessions/a/x', Body: '1' }))
  const second = await client.send(new PutObjectCommand({ Bucket: address.bucket, Key: 'sessions/a/x', Body: '2' }))
  t.ok(first.VersionId)
  t.not(first.VersionId, second.VersionId)
  const preflight = async (origin: string): Promise<string | null> =>
    (
      await fetch(`${address.endpoint}/${address.bucket}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    ).headers.get('access-control-allow-origin')
  t.equal(await preflight('http://127.0.0.1:8080'), 'http://127.0.0.1:8080')
  t.equal(await preflight('https://elsewhere.example'), null)
})

t.test('a killed S3 gateway comes back on the same port with its objects', async (t) => {
  const gateway = await ownS3(t)
  const client = s3Client(gateway)
  t.teardown(() => {
    client.destroy()
  })
  await client.send(new PutObjectCommand({ Bucket: gateway.bucket, Key: 'sessions/a/x', Body: '1' }))
  await gateway.killGateway()
  await t.rejects(client.send(new ListBucketsCommand({})), /ECONNREFUSED/)
  await gateway.startGateway()
  t.strictSame(
    (await client.send(new ListBucketsCommand({}))).Buckets?.map((bucket) => bucket.Name),
    [gateway.bucket],
  )
})
