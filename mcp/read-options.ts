import { parseArgs } from 'node:util'

/** What the server is started with. */
export interface McpOptions {
  /** The origin of the service, without a last slash. */
  readonly service: string
  /** Path of a ward table. */
  readonly wards: string
  readonly boundaries: string | undefined
  /** The indicators to rank by; undefined for the suggested ones. */
  readonly indicators: readonly string[] | undefined
}

const USAGE = 'Use: node dist/mcp.js --service URL --wards FILE [--boundaries FILE] [--indicators NAME,NAME,…]'
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the arguments.
 * @throws RangeError with what is wrong and what can be given
 */
export function readOptions(args: readonly string[]): McpOptions {
  const { service = '', wards = '', boundaries, indicators } = given(args)
  const url = URL.parse(service)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new RangeError(`--service must be the address of the service, such as https://nets.example.org. ${USAGE}`)
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw new RangeError(`--service must be https://, so that nobody on the way reads the data. ${USAGE}`)
  if (wards === '') throw new RangeError(`--wards must be the file of a ward table. ${USAGE}`)
  const names = indicators?.flatMap((part) => part.split(',')).map((name) => name.trim())
  if (names?.some((name) => name === '') === true)
    throw new RangeError(`--indicators must be names of columns, with commas between them. ${USAGE}`)
  return { service: url.origin, wards, boundaries, indicators: names }
}

function given(args: readonly string[]): {
  readonly service?: string | undefined
  readonly wards?: string | undefined
  readonly boundaries?: string | undefined
  readonly indicators?: readonly string[] | undefined
} {
  try {
    return parseArgs({
      args: [...args],
      options: {
        service: { type: 'string' },
        wards: { type: 'string' },
        boundaries: { type: 'string' },
        indicators: { type: 'string', multiple: true },
      },
    }).values
  } catch (error) {
    throw new RangeError(`${error instanceof Error ? error.message : String(error)}. ${USAGE}`, { cause: error })
  }
}
