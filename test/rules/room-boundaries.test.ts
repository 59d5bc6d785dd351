import t from 'tap'
import type { Test } from 'tap'
import { roomBoundaries } from '../../lint/room-boundaries.ts'
import { casesOf } from './rule-cases.ts'

const { allows, refuses } = casesOf('room-boundaries', roomBoundaries)
type Case = readonly [file: string, code: string]
type Refusal = readonly [file: string, code: string, message: RegExp]

function allowsAll(t: Test, cases: readonly Case[]): void {
  for (const [file, code] of cases)
    t.doesNotThrow(() => {
      allows(code, `/repo/service/${file}`)
    }, `${file}: ${code}`)
}
function refusesAll(t: Test, cases: readonly Refusal[]): void {
  for (const [file, code, message] of cases)
    t.doesNotThrow(() => {
      refuses(code, message, `/repo/service/${file}`)
    }, `${file}: ${code}`)
}

t.test('the domain imports itself, parsing libraries and builtins without effects', async (t) => {
  allowsAll(t, [
    ['domain/rank-wards.ts', "import { Fault } from './fault.ts'"],
    ['domain/read/csv.ts', "import { Fault } from '../fault.ts'"],
    ['domain/read-csv.ts', "import { parse } from 'csv-parse/sync'"],
    ['domain/read-shapefile.ts', "import proj4 from 'proj4'; import { createHash } from 'node:crypto'"],
  ])
  refusesAll(t, [
    ['domain/rank-wards.ts', "import { join } from '../work/pool.ts'", /domain\/ imports only domain\//],
    ['domain/rank-wards.ts', "import type { Ctx } from '../context.ts'", /domain\/ imports only domain\//],
    ['domain/rank-wards.ts', "export * from '../stores/files.ts'", /domain\/ imports only domain\//],
    ['domain/read-csv.ts', "import { readFile } from 'node:fs/promises'", /builtins without effects/],
    ['domain/read-csv.ts', "import fs from 'fs'", /builtins without effects/],
    ['domain/read-csv.ts', "const net = await import('node:net')", /builtins without effects/],
    ['domain/read-csv.ts', "import { request } from 'undici'", /builtins without effects/],
    ['domain/read-csv.ts', "import { connect } from '../../local/redis.ts'", /domain\/ imports only domain\//],
  ])
})

t.test('only stores/ speaks to Redis and S3', async (t) => {
  allowsAll(t, [
    ['stores/redis.ts', "import { Redis } from 'ioredis'"],
    ['sign-in/provider.ts', "import * as oidc from 'openid-client'"],
    ['stores/objects.ts', "import { S3Client } from '@aws-sdk/client-s3'"],
    ['http/session-plug-in.ts', "import type { SessionRecords } from '../stores/session-records.ts'"],
  ])
  refusesAll(t, [
    ['app.ts', "import { Redis } from 'ioredis'", /only stores\/ speaks/],
    ['http/back-channel.ts', "import { jwtVerify } from 'jose'", /only sign-in\/ speaks/],
    ['session/store.ts', "import type { Redis } from 'ioredis'", /only stores\/ speaks/],
    ['features/files.ts', "import { createPresignedPost } from '@aws-sdk/s3-presigned-post'", /only stores\/ speaks/],
    ['http/health.ts', "const { Redis } = await import('ioredis/built/Redis.js')", /only stores\/ speaks/],
    ['work/pool.ts', "type Client = import('ioredis').Redis", /only stores\/ speaks/],
    ['work/pool.ts', "import redis = require('ioredis')", /only stores\/ speaks/],
  ])
})

t.test('only models/ speaks to language models, and it reaches no store', async (t) => {
  allowsAll(t, [
    [
      'models/bedrock.ts',
      "import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'; " +
        "import { NodeHttpHandler } from '@smithy/node-http-handler'",
    ],
    ['models/openai-compatible.ts', "import { createParser } from 'eventsource-parser'"],
    ['features/chat.ts', "import type { ModelEvent } from '../models/model.ts'"],
  ])
  refusesAll(t, [
    ['app.ts', "import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'", /only models\/ speaks/],
    ['stores/objects.ts', "import type { Message } from '@aws-sdk/client-bedrock-runtime'", /only models\/ speaks/],
    [
      'features/chat.ts',
      "const { BedrockAgentClient } = await import('@aws-sdk/client-bedrock-agent')",
      /only models\/ speaks/,
    ],
    ['features/chat.ts', "import { openModels } from '../models/open-models.ts'", /given its models by the context/],
    ['models/bedrock.ts', "import { Redis } from 'ioredis'", /only stores\/ speaks/],
    ['models/bedrock.ts', "import { S3Client } from '@aws-sdk/client-s3'", /only stores\/ speaks/],
  ])
})

t.test('only http/, session/ and app.ts see a request', async (t) => {
  allowsAll(t, [
    ['http/errors.ts', "import type { FastifyReply } from 'fastify'"],
    ['session/scope.ts', "import type { FastifyRequest } from 'fastify'"],
    ['app.ts', "import fastify from 'fastify'; import cookie from '@fastify/cookie'"],
  ])
  refusesAll(t, [
    ['features/files.ts', "import type { FastifyInstance } from 'fastify'", /only http\/, session\/ and app.ts/],
    ['main.ts', "import fastify from 'fastify'", /only http\/, session\/ and app.ts/],
    ['stores/files.ts', "import session from '@fastify/session'", /only http\/, session\/ and app.ts/],
    [
      'stores/files.ts',
      "import type { FastifyRequest } from '../http/types.ts'",
      /only http\/, session\/ and app.ts see a request/,
    ],
    ['context.ts', 'function open(request: FastifyRequest) {}', /only http\/, session\/ and app.ts see a request/],
  ])
})

t.test('a feature is given its stores and knows neither request nor session', async (t) => {
  allowsAll(t, [
    [
      'features/files.ts',
      "import type { RequestContext } from '../context.ts'; import { Fault } from '../domain/fault.ts'",
    ],
    ['features/files.ts', "import type { FileStore } from '../stores/files.ts'"],
  ])
  refusesAll(t, [
    ['features/files.ts', "import type { SessionScope } from '../session/scope.ts'", /no request and no session/],
    ['features/files.ts', "import { route } from '../http/route.ts'", /no request and no session/],
    ['features/files.ts', "import { fileStore } from '../stores/files.ts'", /given its stores by the context/],
    ['features/files.ts', "export { fileStore } from '../stores/files.ts'", /given its stores by the context/],
    ['features/files.ts', "import type { RedisClient } from '../stores/redis.ts'", /never holds a client/],
    ['features/files.ts', "import type { Objects } from '../stores/objects.ts'", /never holds a client/],
  ])
})

t.test('the page takes types from the service and loads nothing else', async (t) => {
  allowsAll(t, [
    ['ui/app.ts', "import { draw } from './map.ts'"],
    ['ui/plan-view.ts', "import type { Analysis } from '../features/analyses.ts'"],
    ['ui/plan-view.ts', "import { type Analysis } from '../features/analyses.ts'"],
  ])
  refusesAll(t, [
    ['ui/app.ts', "import { rankWards } from '../domain/rank-wards.ts'", /by `import type` only/],
    ['ui/app.ts', "import '../domain/rank-wards.ts'", /by `import type` only/],
    ['ui/app.ts', "import * as d3 from 'd3'", /loads no packages/],
  ])
})

t.test('a room of the domain imports lower rooms only', async (t) => {
  allowsAll(t, [
    ['domain/chat/answers/plan.ts', "import type { NetPlan } from '../../plan/net-plan.ts'"],
    [
      'domain/chat/answers/plan.ts',
      "import { counted } from './wording.ts'; import { interpret } from '../interpret.ts'",
    ],
    ['domain/arena/arena-rules.ts', "import { interpret } from '../chat/interpret.ts'"],
    ['domain/exports/export-map.ts', "import { resultMap } from '../map/result-map.ts'"],
    ['domain/files/read-csv.ts', "import { Fault } from '../fault.ts'"],
  ])
  refusesAll(t, [
    [
      'domain/ranking/analyse.ts',
      "import { lgaNets } from '../plan/lga-nets.ts'",
      /domain\/ranking\/ lies below domain\/plan\//,
    ],
    ['domain/files/a.ts', "import type { Dataset } from '../dataset/dataset.ts'", /lies below domain\/dataset\//],
    ['domain/chat/question/a.ts', "import { rate } from '../../arena/rating.ts'", /lies below domain\/arena\//],
    ['domain/map/a.ts', "import { planNets } from '../plan/plan-nets.ts'", /or beside it/],
    ['domain/ranking/a.ts', "import { b } from '../unlisted/b.ts'", /or beside it|lies below/],
    ['domain/median.ts', "import { Tier } from './ranking/analysis-result.ts'", /imports no room/],
  ])
})

t.test('session/ holds no store', async (t) => {
  allowsAll(t, [['session/scope.ts', "import { mac } from './mac.ts'"]])
  refusesAll(t, [['session/scope.ts', "import { luaScript } from '../stores/redis.ts'", /Redis lives in stores\//]])
})

t.test('the environment is read by config/ and main.ts alone', async (t) => {
  allowsAll(t, [
    ['main.ts', 'readConfig(process.env)'],
    ['operator.ts', 'readConfig(process.env)'],
    ['config/config.ts', 'const port = process.env.PORT'],
    ['http/health.ts', 'const { pid } = process; const key = ctx.env'],
  ])
  refusesAll(t, [
    ['http/health.ts', 'const port = process.env.PORT', /Cannot read the environment/],
    ['http/health.ts', "const port = process['env'].PORT", /Cannot read the environment/],
    ['stores/main.ts', 'const { env } = process', /Cannot read the environment/],
    ['app.ts', "import { env } from 'node:process'", /Cannot read the environment/],
  ])
})

t.test('no room names the raw session store of the plug-in', async (t) => {
  const reason = /it hands any code the session of any id/
  refusesAll(t, [
    ['http/guards.ts', 'request.sessionStore.get(id, done)', reason],
    ['session/cookie.ts', 'const { sessionStore: store } = request', reason],
    ['session/cookie.ts', "request['sessionStore']", reason],
    ['session/cookie.ts', 'app.decryptSession(id, request, done)', reason],
  ])
})

t.test(
  'an import whose module is not a plain string is refused, and code outside service/ is left alone',
  async (t) => {
    refusesAll(t, [['work/pool.ts', 'await import(name)', /write the module's name as a plain string/]])
    t.doesNotThrow(() => {
      allows("import { Redis } from 'ioredis'; request.sessionStore; process.env.PORT", '/repo/test/support/parts.ts')
    })
  },
)
