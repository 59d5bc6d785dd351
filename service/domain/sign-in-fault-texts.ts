/** The texts of refusals of sessions and of signing in. */
export const SIGN_IN_FAULT_TEXTS = {
  'no-session-to-end': 'There is no session to end.',
  'no-session': 'There is no session, or it has ended. Start one with POST /api/session.',
  'session-has-ended': 'The session has ended. Start a new one.',
  'session-ended-elsewhere': 'The session was ended by another request. Start a new one.',
  'session-changed-elsewhere': 'The session was changed by another request. Send the request again.',
  'session-kept-changing': 'Other requests kept changing this session, so this one changed nothing. Send it again.',
  'session-not-opened':
    'The session could not be opened safely and was refused. Try again; if it goes on, start a new session.',
  'session-state-not-opened': 'What is stored for this session could not be opened safely and was refused.',
  'session-of-newer-release':
    'A newer release stored the data of this session, and this one cannot read them. Try again shortly.',
  'session-state-full':
    'A session keeps up to {kib} KiB of its {part}, and this would be more; nothing was changed. Delete files ' +
    'that you do not need, export your results, and start a new session.',
  'session-list-not-opened': 'The list of sessions could not be opened safely and was refused.',
  'no-such-session': 'You have no such session.',
  'session-list-of-signed-in': 'Only people who have signed in have a list of sessions.',
  'sign-in-again-for-sessions':
    'Sessions are ended only within five minutes after signing in. Sign in again at /auth/login?fresh=true.',
  'sign-in-again-for-projects':
    'A project is deleted for good only within five minutes after signing in. Sign in again at ' +
    '/auth/login?fresh=true.',
  'session-not-signed-in': 'The session could not be signed in. Try again.',
  'sign-in-not-begun': 'This browser began no such sign-in, or too long ago. Begin again.',
  'sign-in-used': 'This sign-in was used already. Begin again.',
  'no-id-token': 'The provider sent no ID token.',
  'other-way-of-sign-in': 'The provider let you in another way than is asked for here.',
  'not-asked-again': 'The provider did not ask who you are again. Begin again.',
  'provider-silent': 'The sign-in provider does not answer. Try again shortly.',
  'provider-unfit': 'What the sign-in provider sent does not fit this sign-in. Begin again.',
  'provider-keys-silent': "The sign-in provider's keys cannot be had. Try again shortly.",
  'logout-token-used': 'The logout token was used already.',
  'logout-token-refused': 'The logout token is refused. {why}.',
  'logout-unsigned': 'Its signature or its claims do not fit',
  'logout-of-other-type': 'It is a token of another type',
  'logout-not-announced': 'It announces no logout',
  'logout-with-nonce': 'It has a nonce',
  'logout-without-session': 'Its session has no name',
  'logout-of-nobody': 'It has no subject or no id',
} as const
