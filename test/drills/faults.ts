import type { Row, TestPlace } from './row.ts'

const OUTAGE = 'in every failure of Redis sessions are closed, and nothing that was refused is kept'
const outage = (title: string): TestPlace => ['isolation/outage.test.ts', OUTAGE, title]
const redis = (title: string): TestPlace => ['drills/session-store.test.ts', title]
const objects = (title: string): TestPlace => ['drills/object-store.test.ts', title]
const task = (title: string): TestPlace => ['drills/tasks.test.ts', title]
const STORE_FAILS = 'when the object store fails, only what needs it is closed'
const MIXED = 'during a deployment people work on the previous release and on this one at once'
const mixed = (title: string): TestPlace => ['drills/mixed-releases.test.ts', MIXED, title]
const DEPLOY = 'while people work, tasks are replaced and their number changes, and no request fails'

/** Faults of the parts, each with what the service must do meanwhile. */
export const FAULTS: readonly Row[] = [
  {
    id: '1',
    what: 'Redis is killed',
    expected: '503 within 300 ms; old sessions 401, nobody else’s; recovered within 1 s',
    tests: [outage('killed, and an empty one in its place')],
  },
  {
    id: '2',
    what: 'Redis hangs',
    expected: '503 within 300 ms; no write is carried out late; recovered within 1 s',
    tests: [
      outage('hung (SIGSTOP)'),
      outage(
        'hung eight times under a burst of writes: none that was answered 503 appears later, each that was ' +
          'acknowledged is there',
      ),
    ],
  },
  {
    id: '3',
    what: 'Redis is slower by 500 ms',
    expected: '503 within 300 ms',
    tests: [outage('slow (500 ms)')],
  },
  {
    id: '4',
    what: 'Redis is late by 0 to 400 ms, by chance',
    expected: 'each reply is right or 503',
    tests: [redis('replies of Redis that are late by chance reach nobody else')],
  },
  {
    id: '5',
    what: 'one task of two is parted from Redis',
    expected: 'that task 503; the other serves',
    tests: [outage('parted from one task of two')],
  },
  {
    id: '6',
    what: 'connections to Redis carry nothing any more and stay open',
    expected: 'replaced within 5 s',
    tests: [redis('connections to Redis that carry nothing any more are replaced')],
  },
  {
    id: '7',
    what: 'a reply of Redis is lost or sent twice',
    expected: '0 foreign bytes; an alarm; recovered within 2 s',
    tests: [
      ['service/walls.test.ts', 'replies of Redis that come one place early or late never reach another request'],
    ],
  },
  {
    id: '8',
    what: 'failover to a replica in step',
    expected: 'served again within 5 s; no acknowledged write is lost',
    tests: [redis('a failover to a replica in step loses no acknowledged write')],
  },
  {
    id: '9',
    what: 'failover that loses the last writes',
    expected: 'no acknowledged logout comes back; lost writes are bounded; no ranking of a lost file',
    tests: [
      ['isolation/outage.test.ts', 'a failover that loses the last writes brings no acknowledged logout back'],
      [
        'isolation/failover.test.ts',
        'after a failover that lost an upload, a ranking is made of the file whose hash stands beside it',
      ],
      [
        'isolation/failover.test.ts',
        'while the replica lags, writes are refused before they are made, so that a failover loses little',
      ],
    ],
  },
  {
    id: '10',
    what: 'the address of Redis is that of a replica (READONLY)',
    expected: '503, never 500',
    tests: [outage('demoted to a replica (READONLY)')],
  },
  {
    id: '11',
    what: 'a demoted primary holds stale data',
    expected: 'it answers no read and no write',
    tests: [
      ['isolation/overtaken.test.ts', 'a primary that was demoted answers no script, not even one that only looks'],
    ],
  },
  {
    id: '12',
    what: 'Redis is full (noeviction)',
    expected: 'writes 503; reads and logout go on',
    tests: [outage('full (OOM, noeviction)')],
  },
  {
    id: '13',
    what: 'Redis evicts keys',
    expected: 'an alarm',
    tests: [
      [
        'infra/cloud-drills.test.ts',
        'a local stack, measured as AWS measures one, sets off the alarms on what AWS measures',
        'the session store refuses a password, a key and a command, and evicts a key',
      ],
    ],
  },
  {
    id: '14',
    what: 'the password of Redis changes and connections are cut',
    expected: '503 until the password fits',
    tests: [outage('password changed (WRONGPASS)')],
    leftOut: 'a running task takes no new password: a deployment brings it, while both are accepted',
  },
  {
    id: '15',
    what: 'wrong authority, wrong host, no TLS, wrong password',
    expected: 'no connection; 503; the log names the reason',
    tests: [
      outage('certificate of another authority'),
      outage('certificate of another host'),
      ['service/fail-closed.test.ts', 'a service that starts while Redis is not there, or is not the one it trusts'],
    ],
    leftOut: 'an expired certificate',
  },
  {
    id: '16',
    what: 'Redis takes no more connections',
    expected: '503; no crash',
    tests: [outage('no connection left (maxclients)')],
  },
  {
    id: '17',
    what: 'Redis is emptied',
    expected: '401; no session under an id that was presented',
    tests: [
      outage('emptied (FLUSHALL)'),
      [
        'service/session.test.ts',
        'the life of a session',
        'after FLUSHALL every old cookie is refused, and no session is made under a presented token',
      ],
    ],
  },
  {
    id: '18',
    what: 'Redis loads its data, or runs a script without an end',
    expected: '503; recovered within 1 s',
    tests: [outage('loading its data (LOADING)'), outage('busy with a script (BUSY)')],
  },
  {
    id: '19',
    what: 'a value in Redis is corrupt or another session’s',
    expected: '401 or 503 and an alarm; never 500; 0 foreign bytes',
    tests: [
      [
        'service/walls.test.ts',
        'what lies in Redis opens for its own session alone',
        "one session's state copied over another's is refused and counted",
      ],
      [
        'service/walls.test.ts',
        'what lies in Redis opens for its own session alone',
        'any other content of a value is refused, and is never a bug',
      ],
    ],
  },
  {
    id: '20',
    what: 'the object store is killed',
    expected: 'only what needs it: 503',
    tests: [['service/fail-closed.test.ts', STORE_FAILS, 'killed']],
  },
  {
    id: '21',
    what: 'the object store hangs',
    expected: '503 within 5 s; logout within 1 s',
    tests: [['service/fail-closed.test.ts', STORE_FAILS, 'hung, and a logout meanwhile']],
  },
  {
    id: '22',
    what: 'the object store says SlowDown',
    expected: 'asked three times at most, then 503 within 3 s',
    tests: [objects('a store that says to slow down is asked three times at most')],
  },
  {
    id: '23',
    what: 'a body of the object store breaks off',
    expected: 'never taken for whole; an export is sent again, or leaves nothing behind',
    tests: [
      [
        'service/walls.test.ts',
        'what lies in the object store opens for its own session alone',
        'a reply of the store for another request, or with other bytes than were put, is refused',
      ],
      [
        'service/streamed-exports.test.ts',
        'an export that breaks off on its way is sent again, and leaves nothing behind when it cannot be',
      ],
    ],
  },
  {
    id: '24',
    what: 'objects are deleted underneath a session',
    expected: 'a reason, never 500; nothing old passed off as new',
    tests: [objects('objects that are deleted underneath a session are missed, and never made up')],
  },
  {
    id: '25',
    what: 'the object is stored and Redis then hangs',
    expected: '503; no half state; the orphan is erased',
    tests: [objects('when the object is stored and Redis then hangs, there is no half state')],
  },
  {
    id: '26',
    what: 'SIGTERM during an upload',
    expected: 'the upload ends, then the task with code 0',
    tests: [task('a task that is told to end finishes the upload that it is at')],
  },
  {
    id: '27',
    what: 'SIGKILL during an upload',
    expected: 'repeated on another task it is done once; what was acknowledged is there',
    tests: [task('what a killed task was at is done once by another, and what it acknowledged is there')],
  },
  {
    id: '28',
    what: 'deployments and scaling while 200 people work',
    expected: '0 failed of 20,000 requests, each',
    tests: [
      ['drills/deploy.test.ts', DEPLOY, 'tasks are replaced one after another'],
      ['drills/deploy.test.ts', DEPLOY, 'their number goes up and down'],
    ],
  },
  {
    id: '29',
    what: 'work that would block the event loop',
    expected: 'done on a thread; others wait for less than 200 ms',
    tests: [
      [
        'service/chat.test.ts',
        'a message about more names than the event loop can search in one turn is read on a thread, so that nobody ' +
          'else waits for it',
      ],
      ['attacks/one-session-floods.test.ts', 'one session that floods the service takes no turn from anybody else'],
    ],
  },
  {
    id: '30',
    what: 'more large files at once than memory has room for',
    expected: 'those too many 503 before they are read; memory stays level',
    tests: [
      [
        'isolation/memory.test.ts',
        'large objects that requests hold at once are bounded: one that comes too late is told to come again, and ' +
          'small ones go on',
      ],
      ['isolation/memory.test.ts', 'memory outside the heap is released: its level stays the same over 100 uploads'],
    ],
    leftOut: 'twenty uploads of 32 MB at once on a task of 1 GiB, whose memory `npm run load` prints instead',
  },
  {
    id: '31',
    what: 'clocks of tasks ten minutes wrong, both ways',
    expected: 'sessions end at most 5 s from their time, on every task',
    tests: [task('a task whose clock is ten minutes wrong ends no session early or late')],
    leftOut: 'presigned addresses: a store refuses those of a wrong clock, and the service does not see it',
  },
  {
    id: '32',
    what: 'the balancer and a task close a connection at the same time',
    expected: 'cannot be: tasks keep connections longer than the balancer’s idle time',
    tests: [task('a task keeps an idle connection open for longer than the balancer does')],
  },
  {
    id: '33',
    what: 'requests drop by drop; replies that nobody reads',
    expected: 'cut within half a minute',
    tests: [
      ['service/guards.test.ts', 'a request', 'that arrives drop by drop is cut before its end, within half a minute'],
      ['attacks/slow-readers.test.ts', 'a reply whose client stops reading is cut'],
      ['attacks/slow-readers.test.ts', 'one session cannot take all the room'],
    ],
  },
  {
    id: '34',
    what: 'headers of 17 kB',
    expected: '431',
    tests: [
      [
        'service/guards.test.ts',
        'a request',
        'that Node itself cannot read is refused like any other, under a request id and kept by no cache',
      ],
    ],
  },
  {
    id: '35',
    what: 'thousands of connections that only stay open',
    expected: 'at least 99 % of requests beside them are served',
    tests: [task('connections that only stay open keep nobody else out')],
    leftOut: '100,000: a process here may open 20,000 files',
  },
  {
    id: '36',
    what: 'everybody returns at once after an outage',
    expected: 'all served within 10 s; 0 foreign bytes',
    tests: [redis('everybody returns at once when Redis does, and sees their own')],
  },
  {
    id: '37',
    what: 'data of the previous and of the next release; tasks of two releases at once',
    expected: 'the previous one’s are served; the next one’s are refused, not misread; 0 sessions lost',
    tests: [
      ['isolation/earlier-release.test.ts', 'what release 0.1.0 stored is served as that release served it'],
      ['isolation/earlier-release.test.ts', 'what a newer release stored is refused and not taken for something else'],
      mixed('each reads what the other stored, or says that it cannot'),
      mixed('when the previous release has gone, everything is there, and sessions end'),
    ],
  },
  {
    id: '38',
    what: 'secrets of cookies and seals are rotated',
    expected: 'nobody is signed out; old ones are refused after it',
    tests: [
      ['service/session.test.ts', 'secrets are rotated without signing anybody out'],
      ['service/session.test.ts', 'tasks of two steps of a rotation serve side by side'],
    ],
  },
  {
    id: '39',
    what: 'the sign-in provider is down',
    expected: 'no sign-in without proof',
    tests: [
      ['sign-in/sign-in.test.ts', 'a service whose provider is down starts and serves everything but sign-in'],
      ['sign-in/tokens.test.ts', 'a provider that does not answer is said to be unavailable, within its time'],
    ],
  },
  {
    id: '40',
    what: 'nobody reads the log',
    expected: 'the service goes on',
    tests: [task('a task whose log is read by nobody goes on')],
  },
]
