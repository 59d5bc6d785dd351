import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../../infra/rehearsal/stacks.ts'
import { operationOf, waiterOf, type Operation, type Shape } from './aws-models.ts'
import { blocks } from './guide.ts'

/** One command of the AWS CLI, as it stands in a page, a script or a workflow. */
export interface AwsCommand {
  readonly file: string
  /** The words after `aws`, as a shell would split them; variables and placeholders are left as they are. */
  readonly words: readonly string[]
  /** Whether `xargs` gives it what its last option takes. */
  readonly isFed: boolean
  /** Whether a text only names it, without any option. */
  readonly isMention: boolean
}

/** Options that every command of the CLI takes, with what each may be. */
const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  region: /./,
  query: /./,
  output: /^(json|text|table|yaml)$/,
}
const PAGING: ReadonlySet<string> = new Set(['max-items', 'page-size', 'starting-token'])
/** A value that is known only where the command runs. */
const LATER = /\$|<[^<>]+>|^file:\/\//

/**
 * The words of the command that begins at a place of a text, up to a pipe, a redirection, a bracket or its line's end.
 */
function wordsAt(text: string, start: number): string[] {
  const words: string[] = []
  let word: string | undefined
  let at = start
  const take = (part: string): void => {
    word = (word ?? '') + part
  }
  const end = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  while (at < text.length) {
    const rest = text.slice(at)
    const [spaces] = /^(\\\n|[ \t])+/.exec(rest) ?? []
    const [placeholder] = /^<[^<>\n]+>/.exec(rest) ?? []
    const [quoted] = /^'[^']*'/.exec(rest) ?? []
    if (spaces !== undefined) {
      end()
      at += spaces.length
    } else if (placeholder !== undefined) {
      take(placeholder)
      at += placeholder.length
    } else if (quoted !== undefined) {
      take(quoted.slice(1, -1))
      at += quoted.length
    } else if (rest.startsWith('$(')) {
      const length = closing(rest, 2, ')')
      take(rest.slice(0, length))
      at += length
    } else if (rest.startsWith('"')) {
      const length = closing(rest, 1, '"')
      take(rest.slice(1, length - 1))
      at += length
    } else if (/^[|;&)<>\n]/.test(rest)) {
      // The number before a redirection is not a word of the command.
      if (rest.startsWith('>') && word === '2') word = undefined
      break
    } else {
      take(rest.charAt(0))
      at += 1
    }
  }
  end()
  return words
}

/** How long a text is up to what closes it; substitutions within it may have the same sign. */
function closing(text: string, from: number, sign: string): number {
  let at = from
  while (at < text.length && text.charAt(at) !== sign) {
    if (text.startsWith('$(', at)) at += closing(text.slice(at), 2, ')')
    else if (sign === ')' && text.charAt(at) === '"') at += closing(text.slice(at), 1, '"')
    else if (sign === ')' && text.charAt(at) === "'") at = text.indexOf("'", at + 1) + 1
    else at += text.charAt(at) === '\\' ? 2 : 1
  }
  return at + 1
}

/** The commands of the CLI in a text that a shell reads. */
export function awsCommandsIn(file: string, shell: string, isInline = false): AwsCommand[] {
  return [...shell.matchAll(/(?<![\w./-])aws (?=[a-z])/g)].map((match) => {
    const words = wordsAt(shell, match.index + 'aws '.length)
    const before = shell.slice(shell.lastIndexOf('\n', match.index) + 1, match.index)
    return {
      file,
      words,
      isFed: /\bxargs( -\w+)* $/.test(before),
      isMention: isInline && words.length === 2,
    }
  })
}

/** Every command of the CLI in the pages, the scripts and the workflows. */
export function awsCommands(): AwsCommand[] {
  const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
  const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).flatMap((file) => [
    ...blocks(text(file)).flatMap((block) => awsCommandsIn(file, block)),
    ...[...text(file).matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => awsCommandsIn(file, code, true)),
  ])
  const scripts = globSync(['infra/**/*.sh', 'docs/**/*.sh'], { cwd: ROOT }).flatMap((file) =>
    awsCommandsIn(file, text(file).replaceAll(/^ *#.*$/gm, '')),
  )
  const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT }).flatMap((file) => {
    const { jobs } = parse(text(file)) as {
      readonly jobs: Readonly<Record<string, { readonly steps?: readonly { readonly run?: string }[] }>>
    }
    return Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run = '' }) => awsCommandsIn(file, run)))
  })
  return [...pages, ...scripts, ...workflows]
}

/** What the models know a command as; undefined for one that they do not know. */
function known([service = '', command = '', waiter = '']: readonly string[]): Operation | undefined {
  return command === 'wait' ? waiterOf(service, waiter) : operationOf(service, command)
}

/** What is wrong with a command by the models of its service; `unknown` where they do not know it. */
export function objectionsTo({ words, isFed, isMention }: AwsCommand): string[] | 'unknown' {
  const operation = known(words)
  if (operation === undefined) return 'unknown'
  if (isMention) return []
  const rest = words.slice(words[1] === 'wait' ? 3 : 2)
  // The file that an answer is written to comes last and has no option.
  if (operation.writesFile) rest.pop()
  const given = new Map<string, string[]>()
  const loose: string[] = []
  let values = loose
  for (const word of rest)
    if (word.startsWith('--')) given.set(word.slice(2), (values = []))
    else values.push(word)
  const last = [...given.keys()].at(-1)
  return [
    ...loose.map((word) => `${word} belongs to no option`),
    ...operation.required.filter((name) => !given.has(name)).map((name) => `--${name} is missing`),
    ...[...given].flatMap(([name, each]) =>
      isFed && name === last && each.length === 0 && operation.options.has(name)
        ? []
        : objectionsToOption(operation, name, each),
    ),
  ]
}

function objectionsToOption(operation: Operation, name: string, values: readonly string[]): string[] {
  const everywhere = EVERYWHERE[name]
  if (everywhere !== undefined)
    return [
      ...(values.length === 1 && everywhere.test(values[0] ?? '') ? [] : [`--${name} is not ${values.join(' ')}`]),
      ...(name === 'query' ? namesAsked(values.join(' ')).filter((each) => !operation.answer.has(each)) : []).map(
        (each) => `no answer has ${each}`,
      ),
    ]
  if (operation.isPaged && PAGING.has(name)) return values.length === 1 ? [] : [`--${name} takes one value`]
  const shape = operation.options.get(name) ?? operation.options.get(name.replace(/^no-/, ''))
  if (shape === undefined) return [`there is no --${name}`]
  if (shape.type === 'boolean') return values.length === 0 ? [] : [`--${name} takes no value`]
  if (name.startsWith('no-') && !operation.options.has(name)) return [`there is no --${name}`]
  if (values.length === 0 || (shape.type !== 'list' && values.length > 1)) return [`--${name} takes one value`]
  const each = shape.type === 'list' ? operation.shapeOf(shape.member) : shape
  return values.flatMap((value) => objectionsToValue(each, value).map((objection) => `--${name}: ${objection}`))
}

function objectionsToValue(shape: Shape | undefined, value: string): string[] {
  if (LATER.test(value) && !/^\w+=/.test(value)) return []
  if (shape?.type === 'structure') {
    if (!/^\w+=/.test(value)) return [`${value} is not Name=value`]
    const names = [...value.matchAll(/(?:^|,)(\w+)=/g)].map(([, name = '']) => name)
    return names.filter((name) => shape.members?.[name] === undefined).map((name) => `there is no ${name}`)
  }
  if (shape?.enum !== undefined && !shape.enum.includes(value)) return [`${value} is none of ${shape.enum.join(', ')}`]
  return /^(integer|long)$/.test(shape?.type ?? '') && !/^-?\d+$/.test(value) ? [`${value} is not a number`] : []
}

/** The names that a query in JMESPath asks an answer for; its functions, texts and own names are left out. */
export function namesAsked(query: string): string[] {
  return [...query.replaceAll(/'[^']*'|`[^`]*`/g, '').matchAll(/[A-Za-z_]\w*(?!\w)(?! *[(:])/g)].map(([name]) => name)
}
