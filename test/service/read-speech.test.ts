import t from 'tap'
import { readSpeech } from '../../service/models/read-speech.ts'

const CALL = { name: 'rank_wards', input: { order: 'highest' } }
const JSON_CALL = '{"name":"rank_wards","arguments":{"order":"highest"}}'

t.test('readSpeech() never shows a thought, a fenced block or a special token', async (t) => {
  for (const [reply, text] of [
    ['<think>Dala is 9.</think>So.', 'So.'],
    ['<THINKING class="x">Dala\nis 9.</THINKING>\nSo.', 'So.'],
    ['<reasoning>9</reasoning><think>8</think> So.', 'So.'],
    ['So. <think>Dala is', 'So.'],
    ['Dala is 9.</think>So.', 'So.'],
    ['So.<|im_end|>', 'So.'],
    ['<s>So.</s>', 'So.'],
    ['So.\n```json\n{"a": 1}\n```', 'So.'],
    ['So.\n~~~\nprint(1)', 'So.'],
    ['I think so.', 'I think so.'],
    ['Dala < Fagge', 'Dala < Fagge'],
  ] as const)
    t.strictSame(readSpeech(reply), { text, calls: [] }, reply)
})

t.test('readSpeech() reads a call that is written as text', async (t) => {
  for (const reply of [
    `<tool_call>${JSON_CALL}</tool_call>`,
    `<tool_call>\n${JSON_CALL}`,
    `<think>Which?</think>\n<tool_call>${JSON_CALL}</tool_call>`,
    `\`\`\`json\n${JSON_CALL}\n\`\`\``,
    `\`\`\`\n[${JSON_CALL}]\n\`\`\``,
    `[TOOL_CALLS] [${JSON_CALL}]`,
    '[TOOL_CALLS]rank_wards[ARGS]{"order":"highest"}',
    '<function=rank_wards>{"order":"highest"}</function>',
    `<|python_tag|>${JSON_CALL}<|eom_id|>`,
    JSON_CALL,
    '{"name":"rank_wards","parameters":{"order":"highest"}}',
    '{"tool":"rank_wards","input":{"order":"highest"}}',
    '{"type":"function","function":{"name":"rank_wards","arguments":"{\\"order\\":\\"highest\\"}"}}',
  ])
    t.strictSame(readSpeech(reply), { text: '', calls: [CALL] }, reply)
  t.strictSame(readSpeech(`First this.\n<tool_call>${JSON_CALL}</tool_call>\n<tool_call>${JSON_CALL}</tool_call>`), {
    text: 'First this.',
    calls: [CALL, CALL],
  })
  t.strictSame(readSpeech('{"ward":"Dala","score":9}'), { text: '{"ward":"Dala","score":9}', calls: [] })
  t.equal(readSpeech(`<tool_call>${JSON_CALL}</tool_call>`.repeat(40)).calls.length, 16)
})

t.test('readSpeech() takes at most 50 ms for the longest reply, whatever it looks like', async (t) => {
  for (const part of [
    '<think',
    '<think>',
    '</think>',
    '```',
    '<tool_call>{',
    '[TOOL_CALLS]{} ',
    '{ } ',
    '<function=a>',
    '<|a',
  ]) {
    const begin = performance.now()
    readSpeech(part.repeat(Math.ceil(24_000 / part.length)))
    const ms = performance.now() - begin
    t.ok(ms < 50, `${part}: ${ms.toFixed(1)} ms`)
  }
})
