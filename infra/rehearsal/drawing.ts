import { edges, rings } from '../rules/network-rules.ts'
import { input, listAt, type StackView } from '../rules/rule.ts'
import { TYPE } from '../rules/types.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const box = ({ x, y, width, height }: Box, title: string, lines: readonly string[], fill: string): string =>
  `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="6" fill="${fill}" stroke="#33414f"/>` +
  `<text x="${String(x + 10)}" y="${String(y + 20)}" font-weight="bold">${escape(title)}</text>` +
  lines
    .map((line, index) => `<text x="${String(x + 10)}" y="${String(y + 38 + 16 * index)}">${escape(line)}</text>`)
    .join('')
const arrow = (x1: number, y1: number, x2: number, y2: number, text: string): string =>
  `<line x1="${String(x1)}" y1="${String(y1)}" x2="${String(x2)}" y2="${String(y2)}" stroke="#33414f" marker-end="url(#tip)"/><text x="${String((x1 + x2) / 2 + 6)}" y="${String((y1 + y2) / 2 + 4)}">${escape(text)}</text>`

/**
 * A stack as a drawing (SVG). Every word and arrow comes from the recorded resources, so it cannot show what is not
 * there.
 */
export function drawStack(stack: StackView): string {
  const only = (type: string, path: string): string =>
    String(stack.of(type).map((record) => input(record, path))[0] ?? 'none')
  const ring = rings(stack)
  const blocks = (records: readonly { readonly inputs: Readonly<Record<string, unknown>> }[]): string =>
    records
      .map(({ inputs }) => String(inputs['cidrBlock']))
      .sort()
      .join(', ')
  const policy = String(
    stack
      .of(TYPE.listener)
      .map((record) => input(record, 'sslPolicy'))
      .find((each) => each !== undefined) ?? 'none',
  )
  const open = edges(stack)
  const port = (start: string): string =>
    open
      .filter((edge) => edge.startsWith(start))
      .map((edge) => edge.slice(edge.lastIndexOf(':')))
      .join(' ')
  const parts = [
    box({ x: 330, y: 20, width: 240, height: 46 }, 'People', ['https://<host name>'], '#ffffff'),
    `<rect x="20" y="100" width="620" height="420" rx="8" fill="#f4f7fa" stroke="#8899aa"/><text x="30" y="118">VPC ${escape(only(TYPE.vpc, 'cidrBlock'))}</text>`,
    arrow(450, 66, 450, 131, port('in 0.0.0.0/0>balancer')),
    box(
      { x: 40, y: 132, width: 580, height: 92 },
      'Load balancer',
      [
        `public subnets ${blocks(ring.open)}`,
        `TLS by ${policy}, plain HTTP only sent on`,
        stack.of(TYPE.acl).length > 0
          ? `web firewall, ${String(listAt(stack.of(TYPE.acl)[0]?.inputs, 'rules').length)} rules`
          : 'no web firewall',
      ],
      '#e3eefc',
    ),
    arrow(330, 224, 330, 270, port('in balancer>service')),
    box(
      { x: 40, y: 272, width: 580, height: 92 },
      'Tasks on Fargate',
      [
        `private subnets ${blocks(ring.shielded)}, ${String(stack.of(TYPE.nat).length)} NAT gateway${stack.of(TYPE.nat).length === 1 ? '' : 's'}`,
        `${only(TYPE.scaling, 'minCapacity')} to ${only(TYPE.scaling, 'maxCapacity')} of ${only(TYPE.task, 'cpu')} CPU units and ${only(TYPE.task, 'memory')} MiB`,
        'health asked of /livez',
      ],
      '#e6f5e6',
    ),
    arrow(330, 364, 330, 412, `${port('in service>cache')} TLS`),
    box(
      { x: 40, y: 414, width: 580, height: 92 },
      'Session store',
      [
        `isolated subnets ${blocks(ring.isolated)}`,
        `${only(TYPE.cache, 'engine')} ${only(TYPE.cache, 'engineVersion')}, ${only(TYPE.cache, 'numCacheClusters')} x ${only(TYPE.cache, 'nodeType')}, failover between zones`,
        'one user, confined to its keys and commands; nothing is evicted',
      ],
      '#fdebd8',
    ),
    arrow(620, 300, 690, 170, 'sessions/*'),
    box(
      { x: 692, y: 132, width: 290, height: 92 },
      'Data bucket',
      [
        'encrypted with the data key, versioned',
        `deleted after ${String(
          listAt(stack.of(TYPE.lifecycle).find(({ name }) => name.endsWith('-data'))?.inputs, 'rules')
            .map((rule) => (rule as { readonly expiration?: { readonly days?: number } }).expiration?.days)
            .find((days) => days !== undefined),
        )} days`,
        'browsers upload by presigned POST',
      ],
      '#fdebd8',
    ),
    arrow(620, 318, 690, 318, 'logs'),
    box(
      { x: 692, y: 272, width: 290, height: 92 },
      'CloudWatch',
      [
        `${String(stack.of(TYPE.alarm).length)} alarms, ${String(stack.of(TYPE.composite).length)} that wake somebody`,
        `${String(stack.of(TYPE.dashboard).length)} dashboard, ${String(stack.of(TYPE.logGroup).length)} log groups`,
        'a runbook for each alarm',
      ],
      '#eee6f7',
    ),
    arrow(620, 345, 690, 440, 'at start'),
    box(
      { x: 692, y: 414, width: 290, height: 92 },
      'Secrets and image',
      [
        `${String(stack.of(TYPE.secret).length)} secrets, ${String(stack.of(TYPE.key).length)} keys`,
        'image by digest from the repository',
        stack.of(TYPE.userPool).length > 0 ? 'sign-in by Cognito' : 'no sign-in',
      ],
      '#eee6f7',
    ),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 540" font-family="sans-serif" font-size="12" role="img" aria-label="ChatMRPT on AWS, ${stack.stage}"><defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#33414f"/></marker></defs><rect width="1000" height="540" fill="#ffffff"/>${parts.join('\n')}</svg>\n`
}
