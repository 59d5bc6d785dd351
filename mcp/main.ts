import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { prepare } from './prepare.ts'
import { readOptions } from './read-options.ts'
import { Refused } from './refused.ts'
import { ServiceSession } from './service-session.ts'
import { callTool, listedTool, READER_NAMES } from './tools.ts'

const INSTRUCTIONS =
  'Reads one upload of ward data on a service for malaria programmes: figures of wards, their ranking by malaria risk, ' +
  'and why a ward has its rank. Nothing can be changed through these tools. Give figures as the tools give them, with ' +
  'their notes and caveats.'

/**
 * `node dist/mcp.js`: a server of the Model Context Protocol on standard input and output. It uploads the files that it
 * was started with into a session of its own, has them analysed, and from then on only reads. The session ends with it.
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const over = new AbortController()
  const session = new ServiceSession(options.service, over.signal)
  const prepared = prepare(session, options)
  // A client is told by the tools; the log shows it at once.
  prepared.catch((error: unknown) => {
    if (!over.signal.aborted) report(error)
  })

  const mcp = new McpServer(
    { name: 'chatmrpt', version: '1' },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  )
  // The tools' schemas are JSON Schema already.
  const { server } = mcp
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: READER_NAMES.map(listedTool) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      return { content: contentOf(await callTool(prepared, params.name, params.arguments ?? {})) }
    } catch (error) {
      if (!(error instanceof Refused)) report(error)
      const text = error instanceof Refused ? error.message : 'This failed in a way that nobody foresaw.'
      return { content: [{ type: 'text', text }], isError: true }
    }
  })

  let isEnding = false
  const end = async (): Promise<void> => {
    if (isEnding) return
    isEnding = true
    over.abort(new Refused('The server is ending.'))
    await prepared.catch(() => undefined)
    await session.end()
    process.exit(0)
  }
  process.on('SIGTERM', () => void end()).on('SIGINT', () => void end())
  process.stdin.on('end', () => void end()).on('close', () => void end())
  server.onclose = () => void end()
  await mcp.connect(new StdioServerTransport())
}

/** A result as text; what is drawn goes beside it, as an image. */
function contentOf(result: unknown): CallToolResult['content'] {
  if (typeof result !== 'object' || result === null || !('svg' in result) || typeof result.svg !== 'string')
    return [{ type: 'text', text: JSON.stringify(result) }]
  const { svg, ...rest } = result
  return [
    { type: 'text', text: JSON.stringify(rest) },
    { type: 'image', data: Buffer.from(svg).toString('base64'), mimeType: 'image/svg+xml' },
  ]
}

/** Standard output belongs to the protocol. */
function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

await main().catch((error: unknown) => {
  report(error)
  process.exit(1)
})
