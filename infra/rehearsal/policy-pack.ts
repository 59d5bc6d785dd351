import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import grpc from '@grpc/grpc-js'
import analyzerGrpc from '@pulumi/pulumi/proto/analyzer_grpc_pb.js'
import analyzer from '@pulumi/pulumi/proto/analyzer_pb.js'
import empty from 'google-protobuf/google/protobuf/empty_pb.js'
import struct from 'google-protobuf/google/protobuf/struct_pb.js'
import type { Recorded } from './record.ts'
import { ROOT } from './stacks.ts'

export interface PackReport {
  readonly name: string
  readonly policies: readonly string[]
  /** What the pack reports, as Pulumi would print it. */
  readonly objections: readonly { readonly policy: string; readonly message: string; readonly mandatory: boolean }[]
}

const LARGE = { 'grpc.max_receive_message_length': 64 << 20 } as const

/** Runs a Pulumi policy pack over recorded resources, through Pulumi's own runner of packs, as `--policy-pack` does. */
export async function runPolicyPack(folder: string, records: readonly Recorded[]): Promise<PackReport> {
  const require = createRequire(join(ROOT, 'package.json'))
  const child = spawn(
    process.execPath,
    [require.resolve('@pulumi/pulumi/cmd/run-policy-pack'), '127.0.0.1:0', join(ROOT, folder)],
    {
      cwd: join(ROOT, folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: 'false' },
    },
  )
  try {
    const port = await new Promise<string>((resolve, reject) => {
      const said = { out: '', err: '' }
      child.stderr.on('data', (chunk: Buffer) => {
        said.err += chunk.toString('utf8')
      })
      child.stdout.on('data', (chunk: Buffer) => {
        said.out += chunk.toString('utf8')
        const found = /^(\d+)\n/m.exec(said.out)?.[1]
        if (found !== undefined) resolve(found)
      })
      child.once('exit', (code) => {
        reject(new Error(`Cannot run the policy pack: it ended with ${String(code)}: ${said.err}${said.out}`))
      })
    })
    const client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), LARGE)
    const answer = <Response>(
      send: (reply: (error: grpc.ServiceError | null, response: Response) => void) => void,
    ): Promise<Response> =>
      new Promise((resolve, reject) => {
        send((error, response) => {
          if (error === null) resolve(response)
          else reject(error)
        })
      })
    const info = await answer<analyzer.AnalyzerInfo>((reply) => {
      client.getAnalyzerInfo(new empty.Empty(), reply)
    })
    const diagnostics: analyzer.AnalyzeDiagnostic[] = []
    for (const record of records) {
      const request = new analyzer.AnalyzeRequest()
      request.setType(record.type)
      request.setUrn(record.urn)
      request.setName(record.name)
      request.setProperties(toStruct(record.inputs))
      request.setOptions(optionsOf(record))
      diagnostics.push(
        ...(
          await answer<analyzer.AnalyzeResponse>((reply) => {
            client.analyze(request, reply)
          })
        ).getDiagnosticsList(),
      )
    }
    const request = new analyzer.AnalyzeStackRequest()
    request.setResourcesList(
      records.map((record) => {
        const resource = new analyzer.AnalyzerResource()
        resource.setType(record.type)
        resource.setUrn(record.urn)
        resource.setName(record.name)
        resource.setProperties(toStruct({ ...record.outputs, id: record.id }))
        resource.setOptions(optionsOf(record))
        resource.setParent(record.parent)
        resource.setDependenciesList([...record.dependsOn])
        return resource
      }),
    )
    diagnostics.push(
      ...(
        await answer<analyzer.AnalyzeResponse>((reply) => {
          client.analyzeStack(request, reply)
        })
      ).getDiagnosticsList(),
    )
    client.close()
    return {
      name: info.getName(),
      policies: info.getPoliciesList().map((policy) => policy.getName()),
      objections: diagnostics.map((each) => ({
        policy: each.getPolicyname(),
        message: each.getMessage(),
        mandatory: each.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
      })),
    }
  } finally {
    child.kill()
  }
}

function toStruct(value: Readonly<Record<string, unknown>>): struct.Struct {
  return struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, struct.JavaScriptValue>)
}

function optionsOf({ protect, ignoreChanges }: Recorded): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions()
  options.setProtect(protect)
  options.setIgnorechangesList([...ignoreChanges])
  return options
}
