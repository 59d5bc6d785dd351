import { inTest, type Mutant } from './mutant.ts'

/** The faults that sign-in could have. */
export const SIGN_IN_MUTANTS: readonly Mutant[] = [
  {
    id: 's1',
    name: 'nonce-not-checked',
    fault: 'an ID token of another sign-in is taken',
    origin: 'a nonce of its own for each sign-in',
    killers: [inTest('test/sign-in/tokens.test.ts', ['an ID token is refused'], 'without a nonce')],
  },
  {
    id: 's2',
    name: 'audience-not-checked',
    fault: "a token for another client ends people's sessions here",
    origin: "a token is for the service's own client",
    killers: [
      inTest(
        'test/sign-in/tokens.test.ts',
        ['a logout token is taken by its signature, its claims and its event'],
        'for another audience',
      ),
    ],
  },
  {
    id: 's3',
    name: 'old-token-left-alive',
    fault: 'who knows the token from before a sign-in is signed in, too',
    origin: 'session fixation',
    killers: [
      inTest(
        'test/sign-in/sign-in.test.ts',
        ['sign-in with a real provider', 'gives a new token, keeps what the session held, and kills the old token'],
        'the old token is dead',
      ),
    ],
  },
  {
    id: 's4',
    name: 'epoch-ignored',
    fault: 'a session that no list names outlives the logout everywhere',
    origin: 'an epoch that every read compares',
    killers: [
      inTest(
        'test/sign-in/own-sessions.test.ts',
        [
          'on three tasks of one service',
          'the epoch alone ends a session whose record stays, also one that the list does not name',
        ],
        'an epoch of its time',
      ),
    ],
  },
  {
    id: 's5',
    name: 'callback-not-bound-to-its-browser',
    fault: "a browser finishes a sign-in of another one's",
    origin: 'a state that is sealed in the cookie of the browser that began',
    killers: [
      inTest(
        'test/sign-in/sign-in.test.ts',
        ['sign-in with a real provider', 'belongs to the browser that began it, and its code works once'],
        'another state',
      ),
    ],
  },
  {
    id: 's6',
    name: 'key-wrapped-without-the-subject',
    fault: "everybody of one provider can open everybody's keys",
    origin: 'a key of its own for each subject',
    killers: [
      inTest(
        'test/sign-in/person-keys.test.ts',
        ['a key that is wrapped for a person opens for that person, in its place, under known secrets'],
        'another subject',
      ),
    ],
  },
  {
    id: 's7',
    name: 'sessions-ended-on-an-old-sign-in',
    fault: 'who has taken a session over throws its owner out',
    origin: 'a sign-in of the last five minutes',
    killers: [
      inTest(
        'test/sign-in/own-sessions.test.ts',
        ['on three tasks of one service', 'ending sessions needs a sign-in of the last five minutes'],
        '/api/session/others',
      ),
    ],
  },
]
