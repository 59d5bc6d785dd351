import type { Interpretation } from '../answer.ts'
import { quoted } from '../../quoted.ts'
import type { Outline } from '../outline.ts'
import { TOOLS } from '../tools.ts'
import type { ToolCall, ToolName } from '../tools.ts'
import type { Reading } from './reading.ts'

/** What a message was taken to mean. */
export type Meaning = Interpretation<ToolCall>

const LONGEST_OPTION = 500
const MOST_OPTIONS = 6

export function call(chosen: ToolCall): Meaning {
  return { kind: 'call', call: chosen }
}

/** Asks back. Each option is a whole message. */
export function ask(question: string, options: readonly string[] = [], most = MOST_OPTIONS): Meaning {
  return {
    kind: 'clarify',
    question,
    options: options.filter((option) => option.length <= LONGEST_OPTION).slice(0, most),
  }
}

/** Says something as it is. Each option is a whole message. */
export function say(text: string, options: readonly string[] = []): Meaning {
  return { kind: 'say', text, options: options.filter((option) => option.length <= LONGEST_OPTION) }
}

/** The message with some of its words replaced by a name, as an option to send. */
export function replaced({ message, words }: Reading, from: number, to: number, name: string): string {
  return `${message.slice(0, words[from]?.start ?? 0)}${name}${message.slice(words[to]?.end ?? 0)}`.trim()
}

/** The words of a place, as the message wrote them. */
export function written({ message, words }: Reading, from: number, to: number): string {
  return message.slice(words[from]?.start ?? 0, words[to]?.end ?? 0)
}

/** Asks which of several names is meant. Each option is the message with one of the names. */
export function askWhich(reading: Reading, from: number, to: number, kind: string, names: readonly string[]): Meaning {
  const said = quoted(written(reading, from, to))
  if (names.length === 0)
    return ask(`The data have no ${kind} called ${said}. Which one do you mean?`, ['Describe my data'])
  // Thousands can share a name, and a message can be long. Only the options that are shown are written.
  const rest = reading.message.trim().length - written(reading, from, to).length
  const options = names
    .filter((name) => rest + name.length <= LONGEST_OPTION)
    .slice(0, MOST_OPTIONS)
    .map((name) => replaced(reading, from, to, name))
  return ask(`${said} may mean several, or none exactly: which ${kind} do you mean?`, options)
}

/** What must come before any question about data. */
export function askForData(outline: Outline): Meaning {
  return ask(
    'There are no data in this session yet. Upload a ward table first, or use the sample; until then I can ' +
      'explain, for example:',
    whatCanBeAsked(outline),
  )
}

/** What can be asked now, as messages. */
export function whatCanBeAsked({ dataset, analysis, plan }: Outline): readonly string[] {
  const examples = (...names: readonly ToolName[]): string[] => names.map((name) => TOOLS[name].example)
  if (dataset === null)
    return [...examples('answer_knowledge'), 'What is test positivity?', ...examples('explain_method')]
  if (analysis === null) return examples('describe_data', 'check_quality', 'run_analysis')
  return [
    ...examples('rank_wards', 'show_map', 'summarise_lgas', 'compare_rankings'),
    ...(plan === null ? [] : ['Download the net plan']),
    ...examples('check_quality'),
  ]
}
