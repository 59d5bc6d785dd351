/** The texts of limits, and of parts of the service that do not answer. */
export const SERVICE_FAULT_TEXTS = {
  'too-many-from-you':
    'More than {burst} {what} came from you at once, and one more is taken every {everyMs} ms. Try again in ' +
    '{wait}.',
  'too-many-from-network':
    'More than {burst} {what} came from this network at once, and one more is taken every {everyMs} ms. Try again ' +
    'in {wait}.',
  'limited-sessions': 'sessions',
  'limited-sign-ins': 'sign-ins',
  'limited-uploads': 'uploads',
  'limited-messages': 'messages',
  'one-second': 'a second',
  'several-seconds': '{seconds} seconds',
  'too-many-waiting': '{waiting} requests of this session are already waiting for their turn. Wait for their replies.',
  'too-much-at-work': 'Too much is being worked on at the moment; nothing was changed. Try again shortly.',
  'work-too-long': 'This took too long and was stopped; nothing was changed. Try again later or with less data.',
  'work-too-large': 'This needs more memory than a task has; nothing was changed. Upload a smaller file.',
  'replies-unread': 'Earlier replies to this session are still being read. Read them first.',
  'replies-too-large': 'Too many large replies are being read at the moment. Try again shortly.',
  'files-too-large': 'Too many large files are being worked on at the moment; nothing was changed. Try again shortly.',
  'session-store-silent':
    'The session store cannot be reached. Try again shortly; check first whether a change that you sent was made.',
  'file-store-silent': 'The file store cannot be reached; nothing was changed. Try again shortly.',
  'object-not-opened': 'A stored object could not be opened safely and was refused.',
  'object-larger-than-announced': 'The object has {bytes} bytes; up to {most} were announced.',
  'no-such-object': 'There is no such object.',
  'stored-file-gone': 'The stored file is gone. Upload it again.',
  'operator-request-too-large': '{name} is larger than {most} bytes.',
  'model-silent':
    'The language model does not answer at the moment. Nothing was changed. Send the message again shortly.',
  'no-battle': 'A contestant gave no answer, so there is no battle. Ask again, or use other words.',
  'contestants-changed': 'These two contestants are no longer compared. Start another battle.',
  'voted-already': 'This battle already has its vote, {vote}: a was {a}, b was {b}.',
  'no-such-tool': 'There is no such tool.',
  'tool-input-unfit': 'The tool {tool} does not take this input{why}. Tools take what their schemas name and no ids.',
  'tool-input-because': ': {place} {refusal}',
} as const
