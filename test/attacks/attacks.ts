import type { Row, TestPlace } from '../drills/row.ts'

const ID = 'a session id from the client'
const REQUEST = 'a request'
const FOREIGN = "another session's ids"
const RUN = 'a whole run, looked at from outside'
const guards = (...titles: string[]): TestPlace => ['service/guards.test.ts', ...titles]
const DOMAIN = 'domain/read-boundaries-hostile.test.ts'

/** Attacks, each with what the service must do and the tests that make it in every `npm test`. */
export const ATTACKS: readonly Row[] = [
  {
    id: 'S-1',
    what: 'another person’s ids in each place of each route',
    expected: 'refused; nothing of theirs shown or changed',
    tests: [
      guards(FOREIGN, 'are answered as ids that never were and ids that are none, on every route, and counted'),
      guards(FOREIGN, "change nothing of their owner's"),
      guards(ID, 'in a body of any kind, at any depth, is refused on every route'),
      ['isolation/strangers.test.ts', 'with two people: Alice, who tries, and Bob, who owns the data'],
    ],
  },
  {
    id: 'S-2',
    what: 'the same as arrays, twice, in other case, as look-alikes, encoded',
    expected: 'as S-1',
    tests: [
      guards(ID, 'in a query or a header is refused on every route, with a cookie and without, and counted'),
      guards(ID, 'in a path is refused'),
      guards(ID, 'in another cookie is refused'),
    ],
  },
  {
    id: 'S-3',
    what: 'headers that name a user, an address or a method',
    expected: 'ignored; those that name a session 400',
    tests: [
      ['attacks/headers.test.ts', 'headers that name a user, an address or a method change nothing'],
      guards(REQUEST, 'by a method that no route has does nothing, and no header makes one method another'),
    ],
  },
  {
    id: 'S-4',
    what: '10,000 session tokens',
    expected: 'at least 128 bits; none twice; every character equally frequent',
    tests: [
      ['attacks/session-tokens.test.ts', '10,000 session tokens are long, different and evenly spread'],
      [
        'service/session.test.ts',
        'on plain-HTTP localhost the name and Secure fall back, and nothing else',
        'the token has 128 bits or more, never comes twice, and is not the session id',
      ],
    ],
  },
  {
    id: 'S-5',
    what: 'a planted cookie before a session starts',
    expected: 'no session under a presented token',
    tests: [
      [
        'service/session.test.ts',
        'the life of a session',
        'after FLUSHALL every old cookie is refused, and no session is made under a presented token',
      ],
      [
        'sign-in/sign-in.test.ts',
        'sign-in with a real provider',
        'gives a new token, keeps what the session held, and kills the old token',
      ],
    ],
  },
  {
    id: 'S-6',
    what: 'cookies with changed, missing or foreign signatures',
    expected: 'as without one; never 500',
    tests: [
      ['service/session.test.ts', 'the life of a session', 'ending a session takes a cookie that this service signed'],
    ],
  },
  {
    id: 'S-7',
    what: 'attributes of the cookie',
    expected: '`__Host-`, Secure, HttpOnly, SameSite, Path=/, no Domain',
    tests: [['service/session.test.ts', 'the cookie of a task behind HTTPS']],
  },
  {
    id: 'S-8',
    what: 'two cookies of one name, in both orders; other spellings',
    expected: 'refused',
    tests: [
      guards(REQUEST, 'with two session cookies is refused, whichever comes first'),
      guards(
        REQUEST,
        "with another spelling of the cookie's name belongs to the session in the exact name, or to none",
      ),
    ],
  },
  {
    id: 'S-9',
    what: 'the old cookie after a logout, with requests under way',
    expected: 'refused on each task',
    tests: [
      [
        'service/races.test.ts',
        'on three tasks of one service',
        'a logout raced by 20 requests is final: 500 rounds, and no session comes back',
      ],
    ],
  },
  {
    id: 'S-10',
    what: 'a session kept busy past its times',
    expected: 'the absolute time is never extended',
    tests: [['service/session.test.ts', "expiry is Redis's own"]],
  },
  {
    id: 'S-11',
    what: 'log out everywhere',
    expected: 'all sessions dead within 1 s',
    tests: [
      [
        'sign-in/own-sessions.test.ts',
        'on three tasks of one service',
        'ending the others, or all, is effective on every task within a second',
      ],
    ],
  },
  {
    id: 'S-12',
    what: 'the state of one flow in another',
    expected: 'nothing gained',
    tests: [
      [
        'sign-in/sign-in.test.ts',
        'sign-in with a real provider',
        'belongs to the browser that began it, and its code works once',
      ],
      ['sign-in/tokens.test.ts', 'an answer of another flow or another provider is refused'],
    ],
  },
  {
    id: 'S-13',
    what: 'forms and scripts of other sites; JSON under other media types',
    expected: '403 or 415; nothing changes',
    tests: [
      guards(REQUEST, 'that a browser sends from another site changes nothing'),
      guards(REQUEST, 'whose body is not JSON, or is JSON that reaches for a prototype, is refused'),
    ],
  },
  {
    id: 'S-14',
    what: 'other origins, with credentials',
    expected: 'none is allowed',
    tests: [['attacks/headers.test.ts', 'no reply lets another origin read it']],
  },
  {
    id: 'S-15',
    what: 'caches',
    expected: '`no-store` on every reply',
    tests: [
      [
        'service/metrics-and-logs.test.ts',
        RUN,
        'every reply of every status forbids caching and framing, and names its request',
      ],
      guards(REQUEST, 'that asks for a part, or for what has changed, is answered whole'),
    ],
  },
  {
    id: 'S-16',
    what: 'ids and tokens in addresses and referrers',
    expected: 'refused; `Referrer-Policy: no-referrer`',
    tests: [
      guards(ID, 'in a query or a header is refused on every route, with a cookie and without, and counted'),
      ['attacks/headers.test.ts', 'every reply has the headers that protect a browser'],
    ],
  },
  {
    id: 'S-17',
    what: 'framing, sniffing, scripts of others',
    expected: 'HSTS, CSP, nosniff, CORP on every reply',
    tests: [['attacks/headers.test.ts', 'every reply has the headers that protect a browser']],
  },
  {
    id: 'S-18',
    what: 'presigned addresses, bent',
    expected: 'refused; they live for 60 s',
    tests: [
      [
        'isolation/strangers.test.ts',
        'with two people: Alice, who tries, and Bob, who owns the data',
        'a presigned URL opens what it was made for and nothing else',
      ],
    ],
  },
  {
    id: 'S-19',
    what: 'uploads that are bigger, elsewhere or second',
    expected: 'refused by the policy; what was validated stays',
    tests: [
      ['service/main-job.test.ts', 'the main job over HTTP', 'an upload is limited to its key, its owner and its size'],
      [
        'service/main-job.test.ts',
        'the main job over HTTP',
        'what is validated is what is used: a later write to the presigned key changes nothing',
      ],
    ],
  },
  {
    id: 'S-20',
    what: 'names of objects with parent folders, NUL and double slashes',
    expected: 'names are the server’s',
    tests: [
      [
        'service/main-job.test.ts',
        'the main job over HTTP',
        "the session's objects have the names of its layout, and all are erased when it ends",
      ],
      guards(REQUEST, 'whose address is not a path, or cannot be decoded, reaches nothing'),
    ],
  },
  {
    id: 'S-21',
    what: 'archives with paths and links',
    expected: 'refused',
    tests: [
      [
        'domain/read-boundaries.test.ts',
        'readBoundaries() refuses archives that are damaged, tricky or incomplete, with the reason',
      ],
    ],
  },
  {
    id: 'S-22',
    what: 'archives that unpack to much more',
    expected: 'refused before they are unpacked',
    tests: [
      [
        'domain/read-boundaries.test.ts',
        'readBoundaries() refuses an archive over the limit before unpacking it, even if it declares a false size',
      ],
      [DOMAIN, 'lines and archives are not trusted with what they declare'],
    ],
  },
  {
    id: 'S-23',
    what: 'shapefiles and other boundaries with false lengths and counts',
    expected: 'refused',
    tests: [
      [
        'domain/read-boundaries.test.ts',
        'readBoundaries() does not trust lengths in a shapefile that do not fit its bytes',
      ],
      [DOMAIN, 'well-known binary is not trusted with its counts'],
      [DOMAIN, 'TopoJSON is not trusted with its references'],
      [DOMAIN, 'a GeoPackage runs nothing, and what does not fit is refused'],
    ],
  },
  {
    id: 'S-24',
    what: 'tables of too many rows or columns, one line, no end of a quote',
    expected: 'refused within limits',
    tests: [
      ['domain/read-table-hostile.test.ts', 'hostile texts are refused within limits'],
      [
        'domain/read-table-hostile.test.ts',
        'hostile XLSX workbooks are refused within limits, or read without what is hostile',
      ],
    ],
  },
  {
    id: 'S-25',
    what: 'cells that a spreadsheet would run',
    expected: 'neutralised in every export',
    tests: [
      ['domain/exports.test.ts', 'csvCell() neutralises what a spreadsheet would run, and leaves plain numbers alone'],
    ],
  },
  {
    id: 'S-26',
    what: 'line breaks and escapes in what is logged',
    expected: 'one event a line',
    tests: [
      [
        'service/metrics-and-logs.test.ts',
        RUN,
        'metrics are lines of embedded metric format, with the dimensions they are declared with and no others',
      ],
    ],
  },
  {
    id: 'S-27',
    what: 'data, tokens and secrets in logs and metrics',
    expected: 'none',
    tests: [
      [
        'service/metrics-and-logs.test.ts',
        RUN,
        'logs hold no token, no secret, no name of a ward, a column or a file, and no body',
      ],
      ['service/chat.test.ts', 'the chat in rules mode, over HTTP', 'no log line holds what was said'],
    ],
  },
  {
    id: 'S-28',
    what: 'errors',
    expected: 'a kind and a request id; nothing of the inside',
    tests: [
      guards(
        REQUEST,
        'that Node itself cannot read is refused like any other, under a request id and kept by no cache',
      ),
      [
        'service/openapi.test.ts',
        'every reply is as the description of the API says, and says nothing that the description leaves out',
      ],
    ],
  },
  {
    id: 'S-29',
    what: 'addresses in files and in answers of models',
    expected: 'none is followed',
    tests: [
      [DOMAIN, 'KML has no entities of its own, and is not followed to other files'],
      [
        'service/models.test.ts',
        'openai-compatible: the key goes to the provider alone, and no redirect takes a prompt elsewhere',
      ],
    ],
  },
  {
    id: 'S-30',
    what: 'texts that make a pattern slow',
    expected: 'cost that grows with the text alone',
    tests: [
      [
        'domain/interpret-pace.test.ts',
        'the cost of interpret() grows only with the bytes of the names, even if they repeat, share words or are alike',
      ],
      ['attacks/slow-patterns.test.ts', 'no pattern of the service is slow with 100 kB of what makes patterns slow'],
    ],
  },
  {
    id: 'S-31',
    what: 'orders in messages, names and cells; ids in calls of a model',
    expected: 'nothing changes; ids come from the request alone',
    tests: [
      [
        'service/chat.test.ts',
        'the chat in rules mode, over HTTP',
        'messages, column names and cells that give orders change nothing',
      ],
      [
        'service/chat-model.test.ts',
        'a call that is not one, or that has an id, does nothing, and the model is informed',
      ],
    ],
  },
  {
    id: 'S-32',
    what: 'asking in one session for what another was told',
    expected: 'nothing',
    tests: [
      [
        'isolation/chats.test.ts',
        "100 chats at once on 3 tasks: nobody's marker is in anybody else's prompt or answer",
      ],
    ],
  },
  {
    id: 'S-33',
    what: 'names of an object’s own properties as columns, wards and keys',
    expected: 'names like any other, or refused',
    tests: [
      ['attacks/own-properties.test.ts', 'columns, wards and files may be called like properties of any object'],
      guards(REQUEST, 'whose body is not JSON, or is JSON that reaches for a prototype, is refused'),
    ],
  },
  {
    id: 'S-34',
    what: 'properties that no request has',
    expected: 'refused by name',
    tests: [guards(REQUEST, 'with an unknown property, parameter or body is refused by its name')],
  },
  {
    id: 'S-35',
    what: 'changes of one session at once',
    expected: 'one order fits them all',
    tests: [
      [
        'service/races.test.ts',
        'on three tasks of one service',
        "100 parallel changes of one session's state: each is there afterwards, or was refused with an error",
      ],
      [
        'isolation/interleavings.test.ts',
        'a request is stopped on its way through one task while its rival goes through another',
      ],
    ],
  },
  {
    id: 'S-36',
    what: 'what the time of a refusal tells',
    expected: 'nothing about a signature’s right part; nothing about tokens',
    tests: [['attacks/session-tokens.test.ts', 'the time of a refusal does not tell how much of a signature is right']],
  },
  {
    id: 'S-37',
    what: 'another server in place of Redis',
    expected: 'no connection',
    tests: [
      ['service/fail-closed.test.ts', 'a service that starts while Redis is not there, or is not the one it trusts'],
    ],
    leftOut: 'the object store of the cloud, whose TLS is the SDK’s',
  },
  {
    id: 'S-38',
    what: 'the task’s role on other buckets and keys',
    expected: 'denied',
    tests: [['infra/rehearsal.test.ts', 'every fault that is put into prod is caught by a rule']],
    leftOut: 'the role itself: its policies are evaluated, not asked of AWS',
  },
  {
    id: 'S-39',
    what: 'what the image holds',
    expected: 'no packages, no sources, no secrets',
    tests: [
      [
        'service/container.test.ts',
        'the image',
        'holds what the build makes and its compile cache: no packages, no TypeScript, no source maps',
      ],
    ],
  },
  {
    id: 'S-40',
    what: 'limits of connections, times and tries',
    expected: 'as in the faults above',
    tests: [
      guards(REQUEST, 'that arrives drop by drop is cut before its end, within half a minute'),
      ['attacks/slow-readers.test.ts', 'one session cannot take all the room'],
      ['service/session-starts.test.ts', 'the sessions that one network may start are limited'],
      ['service/rate-limits.test.ts', 'what one caller may ask for is limited, in all tasks together'],
    ],
  },
  {
    id: 'S-41',
    what: 'requests that hide in another',
    expected: 'no second reply; nobody else is reached',
    tests: [
      [
        'attacks/smuggling.test.ts',
        'on three tasks of one service',
        'no request that hides in another reaches anybody through the balancer',
      ],
    ],
  },
  {
    id: 'S-42',
    what: 'guessing at sign-in',
    expected: 'limited over all tasks',
    tests: [],
    leftOut: 'passwords are typed at the provider alone',
  },
]
