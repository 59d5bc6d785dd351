import t from 'tap'
import { decide, type AccessRequest, type Policies, type Statement } from '../../infra/rules/policy-evaluator.ts'

const ACCOUNT = '123456789012'
const role: AccessRequest['principal'] = { kind: 'AWS', name: `arn:aws:iam::${ACCOUNT}:role/task` }
const asks = (action: string, resource: string, context: AccessRequest['context'] = {}): AccessRequest => ({
  principal: role,
  action,
  resource,
  context,
})
const one = (statement: Statement): Policies => ({ identity: [{ Statement: [statement] }] })
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
})

t.test('nothing is allowed that no statement allows, and a Deny anywhere wins', async (t) => {
  const object = asks('s3:GetObject', 'arn:aws:s3:::b/x')
  t.equal(decide(object, {}), 'deny')
  t.equal(decide(object, one(allow())), 'allow')
  t.equal(decide(object, { identity: [{ Statement: [allow(), allow({ Effect: 'Deny' })] }] }), 'deny')
  const refusal: Statement = { ...allow({ Effect: 'Deny' }), Principal: '*' }
  t.equal(decide(object, { ...one(allow()), resource: { Statement: [refusal] } }), 'deny')
})

t.test('actions are compared without case and resources with it, and both take wildcards', async (t) => {
  const wild = one(allow({ Action: 'S3:get*', Resource: 'arn:aws:s3:::b/?/*' }))
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::b/a/x'), wild), 'allow')
  t.equal(decide(asks('s3:PutObject', 'arn:aws:s3:::b/a/x'), wild), 'deny')
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::B/a/x'), wild), 'deny')
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::b/ab/x'), wild), 'deny')
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::bxc'), one(allow({ Resource: 'arn:aws:s3:::b.c' }))), 'deny')
})

t.test('NotAction and NotResource match everything else', async (t) => {
  const most = one({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret/*' })
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::b/x'), most), 'allow')
  t.equal(decide(asks('iam:PassRole', 'arn:aws:s3:::b/x'), most), 'deny')
  t.equal(decide(asks('s3:GetObject', 'arn:aws:s3:::secret/x'), most), 'deny')
})

t.test('a boundary allows nothing by itself, and refuses everything that it does not allow', async (t) => {
  const object = asks('s3:GetObject', 'arn:aws:s3:::b/x')
  t.equal(decide(object, { boundary: { Statement: [allow()] } }), 'deny')
  t.equal(decide(object, { ...one(allow()), boundary: { Statement: [allow({ Action: 's3:PutObject' })] } }), 'deny')
  t.equal(decide(object, { ...one(allow()), boundary: { Statement: [allow({ Action: 's3:*' })] } }), 'allow')
})

t.test(
  'all conditions must hold; one of several values is enough; a missing key satisfies only a negation',
  async (t) => {
    const under = (Condition: NonNullable<Statement['Condition']>, context: AccessRequest['context']): string =>
      decide(asks('s3:GetObject', 'arn:aws:s3:::b/x', context), one(allow({ Condition })))
    t.equal(under({ StringEquals: { k: ['a', 'b'] } }, { k: 'b' }), 'allow')
    t.equal(under({ StringEquals: { k: 'a' } }, {}), 'deny')
    t.equal(under({ StringEquals: { k: 'a' }, Bool: { l: 'true' } }, { k: 'a', l: 'false' }), 'deny')
    t.equal(under({ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }), 'deny')
    t.equal(under({ StringNotEquals: { k: 'a' } }, {}), 'allow')
    t.equal(under({ StringLike: { k: 'sessions/*' } }, { k: 'sessions/' }), 'allow')
    t.equal(under({ NumericLessThan: { k: '1.2' } }, { k: '1.1' }), 'allow')
    t.equal(under({ NumericLessThan: { k: '1.2' } }, { k: '1.2' }), 'deny')
    t.equal(under({ ArnLike: { k: 'arn:aws:ecs:*:1:*' } }, { k: 'arn:aws:ecs:eu:1:task/a:b' }), 'allow')
    t.equal(under({ ArnLike: { k: 'arn:aws:*' } }, { k: 'arn:aws:ecs:eu:1:task' }), 'deny', 'a star ends at its colon')
    t.throws(() => under({ DateLessThan: { k: '2026' } }, { k: '2025' }), /DateLessThan/)
  },
)

t.test('a KMS key needs its own policy and that of the caller; for a service its own policy decides', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/1'
  const root: Statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'kms:*',
    Resource: '*',
  }
  const mine = allow({ Action: 'kms:Decrypt', Resource: key })
  const byKey: Policies = { resource: { Statement: [root] }, resourceDecides: true }
  t.equal(decide(asks('kms:Decrypt', key), byKey), 'deny', 'the root only lets the account decide')
  t.equal(decide(asks('kms:Decrypt', key), { ...byKey, ...one(mine) }), 'allow')
  t.equal(
    decide(asks('kms:Decrypt', key), { ...one(mine), resource: { Statement: [] }, resourceDecides: true }),
    'deny',
  )
  const service = { ...asks('kms:Decrypt', key), principal: { kind: 'Service', name: 'logs.amazonaws.com' } } as const
  t.equal(decide(service, byKey), 'deny')
  const named: Statement = { ...root, Principal: { Service: ['logs.amazonaws.com', 'x'] } }
  t.equal(decide(service, { resource: { Statement: [named] }, resourceDecides: true }), 'allow')
})
