import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import grpc from '@grpc/grpc-js'
import callbackGrpc from '@pulumi/pulumi/proto/callback_grpc_pb.js'
import callback from '@pulumi/pulumi/proto/callback_pb.js'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engine from '@pulumi/pulumi/proto/engine_pb.js'
import provider from '@pulumi/pulumi/proto/provider_pb.js'
import resourceGrpc from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resource from '@pulumi/pulumi/proto/resource_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'
import { constructVpc } from './awsx-vpc.ts'
import { kindOf, type Recorded } from './record.ts'
import type { Cloud } from './symbolic-cloud.ts'
import { asSecret, unmark, UNKNOWN, type Json } from './values.ts'

export interface Rehearsed {
  /** The program's exit code; 0 is success. */
  readonly code: number | null
  readonly records: readonly Recorded[]
  readonly outputs: Readonly<Record<string, Json>>
  readonly messages: readonly { readonly severity: string; readonly text: string }[]
  /** What else the program wrote. */
  readonly stderr: string
}

interface Run {
  readonly root: string
  /** The program's path from the root, as `main` in Pulumi.yaml gives it. */
  readonly main: string
  readonly project: string
  readonly stack: string
  readonly config: Readonly<Record<string, string>>
  /** A preview has no outputs that only the cloud can give. */
  readonly preview: boolean
  readonly cloud: Cloud
}

/** The features that Pulumi's engine supports and this one does too. */
const FEATURES: ReadonlySet<string> = new Set([
  'secrets',
  'resourceReferences',
  'aliasSpecs',
  'deletedWith',
  'replaceWith',
  'transforms',
  'invokeTransforms',
  'parameterization',
  'resourceHooks',
  'errorHooks',
])
const STACK = 'pulumi:pulumi:Stack'
const SEVERITIES: readonly string[] = ['debug', 'info', 'warning', 'error']

type Unary<Request, Response> = (
  call: grpc.ServerUnaryCall<Request, Response>,
  reply: grpc.sendUnaryData<Response>,
) => void

function answering<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): Unary<Request, Response> {
  return (call, reply) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => {
          reply(null, response)
        },
        (error: unknown) => {
          reply({ code: grpc.status.UNKNOWN, message: error instanceof Error ? error.message : String(error) })
        },
      )
  }
}

const toStruct = (value: Readonly<Record<string, Json>>): struct.Struct => struct.Struct.fromJavaScript(value)
const fromStruct = (value: struct.Struct | undefined): Record<string, Json> => value?.toJavaScript() ?? {}

/**
 * Runs a Pulumi program as `pulumi preview` or `pulumi up` does, through Pulumi's own program runner, and records what
 * it asks for. This engine is at the other end, and `cloud` answers for the cloud.
 */
export async function rehearse(run: Run): Promise<Rehearsed> {
  const { project, stack, preview, cloud } = run
  const records: Recorded[] = []
  const messages: { severity: string; text: string }[] = []
  const outputs: Record<string, Json> = {}
  const qualified = new Map<string, string>()
  const transformsOf = new Map<string, readonly resourceCallback[]>()
  const root = { urn: '' }

  const register = (asked: {
    type: string
    name: string
    parent: string
    inputs: Readonly<Record<string, Json>>
    custom: boolean
    remote: boolean
    dependsOn: readonly string[]
    protect: boolean
    ignoreChanges: readonly string[]
    retainOnDelete: boolean
  }): Recorded => {
    const { type, name, parent } = asked
    const above = parent === '' || parent === root.urn ? undefined : qualified.get(parent)
    const path = above === undefined ? type : `${above}$${type}`
    const urn = `urn:pulumi:${stack}::${project}::${path}::${name}`
    if (qualified.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`)
    qualified.set(urn, path)
    const plain = Object.entries(asked.inputs).map(([key, value]) => [key, unmark(value)] as const)
    const inputs = Object.fromEntries(plain.map(([key, { value }]) => [key, value]))
    const answer =
      asked.custom && !type.startsWith('pulumi:')
        ? cloud.create(type, name, inputs)
        : { id: asked.custom ? `provider-${name}` : '', outputs: {} }
    const record = {
      ...asked,
      urn,
      inputs,
      secretInputs: plain.filter(([, { secret }]) => secret).map(([key]) => key),
      id: answer.id,
      outputs: preview ? inputs : answer.outputs,
    }
    records.push(record)
    return record
  }

  const construct = async (component: Recorded): Promise<Record<string, Json>> => {
    if (component.type !== 'awsx:ec2:Vpc')
      throw new Error(`Cannot construct ${component.type}: the rehearsal has no model of it`)
    return await constructVpc(component.name, component.inputs, async ({ type, name, inputs }) => {
      const transformed = await transform(transformsOf.get(component.urn) ?? [], type, name, inputs)
      return register({
        type,
        name,
        parent: component.urn,
        inputs: transformed,
        custom: true,
        remote: false,
        dependsOn: [],
        protect: false,
        ignoreChanges: [],
        retainOnDelete: false,
      })
    })
  }

  const server = new grpc.Server({ 'grpc.max_receive_message_length': 64 << 20 })
  server.addService(resourceGrpc.ResourceMonitorService, {
    supportsFeature: answering((request: resource.SupportsFeatureRequest) => {
      const response = new resource.SupportsFeatureResponse()
      response.setHassupport(FEATURES.has(request.getId()))
      return response
    }),
    invoke: answering((request: resource.ResourceInvokeRequest) => {
      const response = new provider.InvokeResponse()
      response.setReturn(
        toStruct(cloud.invoke(request.getTok(), unmark(fromStruct(request.getArgs())).value as Record<string, Json>)),
      )
      return response
    }),
    registerResource: answering(async (request: resource.RegisterResourceRequest) => {
      const record = register({
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent(),
        inputs: fromStruct(request.getObject()),
        custom: request.getCustom(),
        remote: request.getRemote(),
        dependsOn: request.getDependenciesList(),
        protect: request.getProtect() ?? false,
        ignoreChanges: request.getIgnorechangesList(),
        retainOnDelete: request.getRetainondelete() ?? false,
      })
      transformsOf.set(
        record.urn,
        request.getTransformsList().map((each) => ({ target: each.getTarget(), token: each.getToken() })),
      )
      if (record.type === STACK) root.urn = record.urn
      const state = record.remote ? await construct(record) : record.outputs
      const secret = new Set([...record.secretInputs, ...request.getAdditionalsecretoutputsList()])
      const response = new resource.RegisterResourceResponse()
      response.setUrn(record.urn)
      if (record.custom) response.setId(preview ? UNKNOWN : record.id)
      response.setObject(
        toStruct(
          Object.fromEntries(
            Object.entries(record.remote && preview ? unknownEach(state) : state).map(([key, value]) => [
              key,
              secret.has(key) ? asSecret(value) : value,
            ]),
          ),
        ),
      )
      return response
    }),
    registerResourceOutputs: answering((request: resource.RegisterResourceOutputsRequest) => {
      if (request.getUrn() === root.urn) Object.assign(outputs, unmark(fromStruct(request.getOutputs())).value)
      return new empty.Empty()
    }),
    registerStackTransform: answering(() => new empty.Empty()),
    registerStackInvokeTransform: answering(() => new empty.Empty()),
    registerResourceHook: answering(() => new empty.Empty()),
    registerErrorHook: answering(() => new empty.Empty()),
    registerPackage: answering((request: resource.RegisterPackageRequest) => {
      const response = new resource.RegisterPackageResponse()
      response.setRef(`${request.getName()}@${request.getVersion()}`)
      return response
    }),
    signalAndWaitForShutdown: answering(() => new empty.Empty()),
  })
  server.addService(engineGrpc.EngineService, {
    log: answering((request: engine.LogRequest) => {
      messages.push({ severity: SEVERITIES[request.getSeverity()] ?? 'info', text: request.getMessage() })
      return new empty.Empty()
    }),
    getRootResource: answering(() => {
      const response = new engine.GetRootResourceResponse()
      response.setUrn(root.urn)
      return response
    }),
    setRootResource: answering((request: engine.SetRootResourceRequest) => {
      root.urn = request.getUrn()
      return new engine.SetRootResourceResponse()
    }),
    startDebugging: answering(() => new empty.Empty()),
    requirePulumiVersion: answering(() => new engine.RequirePulumiVersionResponse()),
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound)
      else reject(error)
    })
  })
  try {
    return { ...(await runProgram(run, `127.0.0.1:${String(port)}`)), records, outputs, messages }
  } finally {
    server.forceShutdown()
  }
}

interface resourceCallback {
  readonly target: string
  readonly token: string
}

/** Before an update is made, nothing is known of what a remote component will give. */
function unknownEach(state: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.keys(state).map((key) => [key, UNKNOWN]))
}

/** Asks the program to change a child's inputs, as the engine does for every child of a component with transforms. */
async function transform(
  callbacks: readonly resourceCallback[],
  type: string,
  name: string,
  inputs: Readonly<Record<string, Json>>,
): Promise<Readonly<Record<string, Json>>> {
  return await callbacks.reduce(async (before: Promise<Readonly<Record<string, Json>>>, { target, token }) => {
    const request = new resource.TransformRequest()
    request.setType(type)
    request.setName(name)
    request.setCustom(true)
    request.setProperties(toStruct(await before))
    const invoke = new callback.CallbackInvokeRequest()
    invoke.setToken(token)
    invoke.setRequest(request.serializeBinary())
    const client = new callbackGrpc.CallbacksClient(target, grpc.credentials.createInsecure())
    const response = await new Promise<callback.CallbackInvokeResponse>((resolve, reject) => {
      client.invoke(invoke, (error, value) => {
        if (error === null) resolve(value)
        else reject(error)
      })
    })
    client.close()
    return fromStruct(resource.TransformResponse.deserializeBinary(response.getResponse_asU8()).getProperties())
  }, Promise.resolve(inputs))
}

/**
 * Starts the program as Pulumi's language host for Node does: in the folder of `main`, with types stripped by Node
 * itself.
 */
async function runProgram(run: Run, address: string): Promise<{ code: number | null; stderr: string }> {
  const folder = join(run.root, dirname(run.main))
  const require = createRequire(join(run.root, 'package.json'))
  const args = [
    require.resolve('@pulumi/pulumi/cmd/run'),
    '--monitor',
    address,
    '--engine',
    address,
    '--organization',
    'rehearsal',
    '--project',
    run.project,
    '--stack',
    run.stack,
    '--pwd',
    folder,
    '--root-directory',
    run.root,
    ...(run.preview ? ['--dry-run'] : []),
    '--parallel',
    '16',
    basename(run.main),
  ]
  // Pulumi traces each of its promises. Without frames this takes a third less time, and messages stay the same.
  const child = spawn(process.execPath, ['--stack-trace-limit=0', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(run.config),
      PULUMI_CONFIG_SECRET_KEYS: '[]',
      PULUMI_NODEJS_TYPESCRIPT: 'false',
      PULUMI_NODEJS_PROJECT: run.project,
      PULUMI_NODEJS_STACK: run.stack,
    },
  })
  const written: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => {
    written.push(chunk)
  })
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  return { code, stderr: Buffer.concat(written).toString('utf8') }
}

/** The name of a resource in a report. */
export function label(record: Recorded): string {
  return `${kindOf(record.type)} ${record.name}`
}
