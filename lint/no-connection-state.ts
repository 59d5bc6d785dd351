import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

type MessageId = 'command'

/** Commands that change the state of the connection, for every request that shares it. */
const CONNECTION_COMMANDS: ReadonlySet<string> = new Set([
  'multi',
  'watch',
  'select',
  'reset',
  'monitor',
  'subscribe',
  'psubscribe',
  'ssubscribe',
  'blpop',
  'brpop',
  'brpoplpush',
  'blmove',
  'blmpop',
  'bzpopmin',
  'bzpopmax',
  'bzmpop',
])
/** Names that other things than Redis have too: here the receiver decides. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['watch', 'select', 'reset', 'monitor', 'subscribe'])
const CLIENT_NAME = /redis|client|connection|cluster|pipeline/i

const textOf = (node: TSESTree.Node | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value.toLowerCase() : undefined

/** The name of the called method, for `redis.multi()` and for `redis['multi']()`. */
function methodOf(callee: TSESTree.MemberExpression): string | undefined {
  if (callee.computed) return textOf(callee.property)
  return callee.property.type === 'Identifier' ? callee.property.name.replace(/Buffer$/, '').toLowerCase() : undefined
}

/** What a method is called on: `clients.redis` for `clients.redis.get()`; `this.#redis` is `.redis`. */
function receiverOf(node: TSESTree.Node): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return node.name
  if (node.type === 'MemberExpression') return `${receiverOf(node.object)}.${receiverOf(node.property)}`
  return node.type === 'CallExpression' ? receiverOf(node.callee) : ''
}

/**
 * Refuses Redis commands that leave state on the connection or hold it: transactions, WATCH, SELECT,
 * subscriptions and blocking reads. One connection carries everybody's requests, so the state that one person's request
 * leaves would meet the next person's. Atomic work is a Lua script.
 */
export const noConnectionState: TSESLint.RuleModule<MessageId> = {
  meta: {
    type: 'problem',
    docs: { description: 'Refuses Redis commands that leave state on a shared connection' },
    schema: [],
    messages: {
      command:
        'Cannot use {{command}} on a shared Redis connection: it changes the connection for every other request. ' +
        'Write one Lua script instead',
    },
  },
  create(context) {
    const report = (node: TSESTree.Node, command: string): void => {
      context.report({ node, messageId: 'command', data: { command: command.toUpperCase() } })
    }
    return {
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression') return
        const method = methodOf(node.callee)
        const isClient = CLIENT_NAME.test(receiverOf(node.callee.object))
        if (method === undefined) return
        if (CONNECTION_COMMANDS.has(method) && (isClient || !COMMON_NAMES.has(method))) report(node, method)
        const words = node.arguments.map((argument) => textOf(argument))
        if (isClient && /^(call|callbuffer|sendcommand)$/.test(method) && CONNECTION_COMMANDS.has(words[0] ?? ''))
          report(node, words[0] ?? '')
        if (/^xread(group)?$/.test(method) && words.includes('block')) report(node, `${method} BLOCK`)
      },
      NewExpression(node) {
        const command = textOf(node.arguments[0]) ?? ''
        if (node.callee.type === 'Identifier' && node.callee.name === 'Command' && CONNECTION_COMMANDS.has(command))
          report(node, command)
      },
    }
  },
}
