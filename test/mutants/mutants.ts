import type { ViolationKind } from '../../prove/inspector.ts'
import { inTest, type Killer, type Mutant } from './mutant.ts'
import { SIGN_IN_MUTANTS } from './sign-in-mutants.ts'

const moduleState = (file: string): Killer => ({ kind: 'lint', file, rule: 'house/no-module-state' })

const ALIKE = 'people whose requests are alike in everything but their data'
const oneByOne = (fails: string): Killer =>
  inTest('test/isolation/alike.test.ts', [ALIKE, 'one after the other, each gets their own'], fails)
const together = (fails: string): Killer =>
  inTest('test/isolation/alike.test.ts', [ALIKE, 'at the same time, each gets their own'], fails)
const overtaken = (title: string, fails: string): Killer => inTest('test/isolation/overtaken.test.ts', [title], fails)
const redisFails = (title: string, fails: string | RegExp): Killer =>
  inTest(
    'test/isolation/outage.test.ts',
    ['in every failure of Redis sessions are closed, and nothing that was refused is kept', title],
    fails,
  )
const chatStopped = (title: string, fails: string): Killer =>
  inTest('test/service/chat.test.ts', ['nothing unfinished is ever kept or shown to anybody else', title], fails)
const withModel = (title: string, fails: string): Killer =>
  inTest('test/service/chat-model.test.ts', ['the chat with a model behind it (openai-compatible)', title], fails)
const prover = (...finds: readonly ViolationKind[]): Killer => ({ kind: 'prover', finds })
const proverWithFaults = (...finds: readonly ViolationKind[]): Killer => ({ kind: 'prover', finds, faults: true })
const strangers = (fails: string): Killer =>
  inTest(
    'test/isolation/strangers.test.ts',
    [
      'with two people: Alice, who tries, and Bob, who owns the data',
      "a stranger with another person's ids learns nothing and changes nothing, in any place of any route",
    ],
    fails,
  )

/** First the six root causes of the data bleed in the earlier system, then faults that would each open one wall. */
export const MUTANTS: readonly Mutant[] = [
  {
    id: 'r1',
    name: 'global-current-state',
    fault: 'one global "current state" for all requests',
    origin: 'root cause 1: global singletons in several workers',
    killers: [
      moduleState('service/stores/sealed-state.ts'),
      together("holds its owner's data"),
      prover('foreign canary', 'foreign id'),
    ],
  },
  {
    id: 'r2',
    name: 'state-in-worker-memory',
    fault: "each worker keeps a map of sessions' states",
    origin: "root cause 2: state in a worker's memory",
    killers: [
      moduleState('service/stores/sealed-state.ts'),
      inTest(
        'test/service/races.test.ts',
        [
          'on three tasks of one service',
          "100 parallel changes of one session's state: each is there afterwards, or was refused with an error",
        ],
        /what was acknowledged is there, once, and nothing else is|each file is removed by one of the two/,
      ),
      prover('history'),
    ],
  },
  {
    id: 'r3',
    name: 'singleton-analysis-service',
    fault: 'an analysis service that keeps the last dataset',
    origin: 'root cause 3: services that live on between requests',
    killers: [
      moduleState('service/features/open-dataset.ts'),
      oneByOne('holds nothing of anybody else'),
      prover('foreign canary'),
    ],
  },
  {
    id: 'r4',
    name: 'shared-history',
    fault: 'one history for all conversations of a worker',
    origin: "root cause 4: the request interpreter's shared history",
    killers: [
      moduleState('service/stores/chat-log.ts'),
      oneByOne('a new session begins with none'),
      prover('foreign canary', 'foreign id'),
    ],
  },
  {
    id: 'r5',
    name: 'memory-in-place-of-redis',
    fault: 'what Redis last said is remembered and used when it fails',
    origin: 'root cause 5: memory in place of Redis',
    killers: [redisFails('hung (SIGSTOP)', 'the first refusal did not happen'), proverWithFaults('fail open')],
  },
  {
    id: 'r6',
    name: 'session-id-of-the-query-trusted',
    fault: '?session_id= says whose request it is',
    origin: "root cause 6: a session's id is used without a check whose it is",
    killers: [
      inTest(
        'test/service/guards.test.ts',
        [
          'a session id from the client',
          'in a query or a header is refused on every route, with a cookie and without, and counted',
        ],
        'requests are refused',
      ),
      strangers('answered alike'),
    ],
  },
  {
    id: 'm01',
    name: 'session-id-of-a-header-adopted',
    fault: 'X-Session-ID says whose request it is',
    origin: 'root cause 6, by a header',
    killers: [
      inTest(
        'test/service/guards.test.ts',
        [
          'a session id from the client',
          'in a query or a header is refused on every route, with a cookie and without, and counted',
        ],
        'requests are refused',
      ),
      strangers('answered alike'),
    ],
  },
  {
    id: 'm02',
    name: 'any-minted-id-is-ones-own',
    fault: "any id that the service minted counts as one's own",
    origin: 'the ownership check of ids.find',
    killers: [
      inTest(
        'test/isolation/scope.test.ts',
        ['what one scope seals, mints and marks is refused by another'],
        'an id says whose it is',
      ),
      strangers('was counted once'),
    ],
  },
  {
    id: 'm03',
    name: 'owner-of-an-object-not-looked-at',
    fault: 'an object is read without a look at who put it',
    origin: "the owner's tag",
    killers: [
      inTest(
        'test/service/walls.test.ts',
        [
          'what lies in the object store opens for its own session alone',
          "an upload without this session's tag is not read",
        ],
        '503',
      ),
    ],
  },
  {
    id: 'm04',
    name: 'object-key-without-session',
    fault: 'objects lie under their name alone',
    origin: "the session's prefix of S3 keys",
    killers: [
      oneByOne("the export holds its owner's data"),
      inTest(
        'test/isolation/scope.test.ts',
        ['what one scope seals, mints and marks is refused by another'],
        'and names an object',
      ),
    ],
  },
  {
    id: 'm05',
    name: 'seal-without-place',
    fault: 'a sealed value opens in any place',
    origin: 'the associated data of the seal',
    killers: [
      inTest(
        'test/isolation/scope.test.ts',
        ['what one scope seals, mints and marks is refused by another'],
        'expected to throw',
      ),
      inTest(
        'test/service/walls.test.ts',
        [
          'what lies in Redis opens for its own session alone',
          'an older state put back under the current version is refused and counted',
        ],
        'older state: 503',
      ),
    ],
  },
  {
    id: 'm06',
    name: 'thread-kept-between-jobs',
    fault: 'worker threads are kept and remember tables by file name',
    origin: 'one thread a job',
    killers: [moduleState('service/work/jobs.ts'), oneByOne('holds nothing of anybody else')],
  },
  {
    id: 'm07',
    name: 'decorated-object-shared',
    fault: 'the context is a decorated object that all requests share',
    origin: "a context of each request's own",
    killers: [together("an upload is signed for its owner's own folder"), prover('foreign canary', 'foreign id')],
  },
  {
    id: 'm08',
    name: 'replies-cached-by-address',
    fault: 'a cache of replies that knows addresses only',
    origin: 'no caches; the bleed of many a proxy',
    killers: [oneByOne('holds'), prover('foreign canary', 'foreign id')],
  },
  {
    id: 'm09',
    name: 'replies-may-be-cached',
    fault: 'no no-store: browsers and proxies may keep replies',
    origin: 'no caches, on the way',
    killers: [oneByOne('may be kept by nobody on its way'), prover('policy')],
  },
  {
    id: 'm10',
    name: 'scripts-without-shebang',
    fault: 'reads without #!lua, which a demoted primary answers with old data',
    origin: 'the shebang of every script',
    killers: [
      overtaken(
        'a primary that was demoted answers no script, not even one that only looks',
        'a replica, whose data may be old, does not',
      ),
    ],
  },
  {
    id: 'm11',
    name: 'tombstone-of-the-token-dropped',
    fault: "a late write revives an ended session's record",
    origin: 'the tombstone of the token',
    killers: [overtaken('a token whose session has ended is never written again', 'the record is refused')],
  },
  {
    id: 'm12',
    name: 'tombstone-of-the-data-dropped',
    fault: "a write under way revives an ended session's data",
    origin: 'the tombstone of the data',
    killers: [
      overtaken(
        'a change that a logout overtakes, between its read and its write, is refused and leaves nothing',
        'the write is refused',
      ),
    ],
  },
  {
    id: 'm13',
    name: 'version-not-compared',
    fault: "the slower of two writes undoes the quicker one's",
    origin: 'compare-and-set',
    killers: [
      overtaken(
        'a change that another overtakes, between its read and its write, is made again on top of the other',
        'both changes are there',
      ),
      inTest(
        'test/service/races.test.ts',
        [
          'on three tasks of one service',
          "100 parallel changes of one session's state: each is there afterwards, or was refused with an error",
        ],
        'what was acknowledged is there, once, and nothing else is',
      ),
      prover('history'),
    ],
  },
  {
    id: 'm14',
    name: 'dataset-of-an-earlier-version',
    fault: 'the joined data of an earlier upload are analysed as the current ones',
    origin: 'the dataset is named by its content',
    killers: [
      inTest(
        'test/service/main-job.test.ts',
        ['the main job over HTTP', 'a new upload makes what was made before stale, everywhere'],
        'should be equal',
      ),
    ],
  },
  {
    id: 'm15',
    name: 'stale-results-pass',
    fault: 'results of replaced data are shown and exported as current',
    origin: "results bear their data's version",
    killers: [
      inTest(
        'test/service/main-job.test.ts',
        ['the main job over HTTP', 'a new upload makes what was made before stale, everywhere'],
        'should match',
      ),
      prover('history'),
    ],
  },
  {
    id: 'm16',
    name: 'upload-signed-first',
    fault: 'an upload is signed before the session is known to live',
    origin: 'the write before the presigned URL',
    killers: [
      overtaken(
        'no presigned URL is made for a session that has ended meanwhile, nor for a result that has become stale',
        'no URL is made before the session is known to live',
      ),
    ],
  },
  {
    id: 'm17',
    name: 'errors-name-keys',
    fault: 'an error tells the names of keys',
    origin: 'errors tell what the caller may know',
    killers: [redisFails('hung (SIGSTOP)', 'tells nothing of the inside')],
  },
  {
    id: 'm18',
    name: 'token-in-the-log',
    fault: 'the token stands in a line of the log',
    origin: 'logs without credentials',
    killers: [
      inTest(
        'test/service/metrics-and-logs.test.ts',
        [
          'a whole run, looked at from outside',
          'logs hold no token, no secret, no name of a ward, a column or a file, and no body',
        ],
        "is not in the service's output",
      ),
    ],
  },
  {
    id: 'm19',
    name: 'reply-tag-not-compared',
    fault: 'a reply of Redis goes to the next caller',
    origin: 'ChatGPT, March 2023: replies shifted by one',
    killers: [
      inTest(
        'test/service/walls.test.ts',
        ['replies of Redis that come one place early or late never reach another request'],
        "replies were refused as another call's",
      ),
    ],
  },
  {
    id: 'm20',
    name: 'no-deadline-for-writes',
    fault: 'a write that was answered 503 is carried out later',
    origin: 'the deadline of writes',
    killers: [
      redisFails(
        'hung eight times under a burst of writes: none that was answered 503 appears later, each that was ' +
          'acknowledged is there',
        /acknowledged files are there and no other|no session was made that nobody was told of/,
      ),
    ],
  },
  {
    id: 'm21',
    name: 'logout-clears-the-cookie-only',
    fault: 'a logout clears the cookie and ends nothing',
    origin: 'logout ends the session for every task',
    killers: [
      inTest(
        'test/service/session.test.ts',
        [
          'the life of a session',
          'it is started with 201, continued with 200, read, ended with 204 and dead from then on',
        ],
        '/api/session',
      ),
      prover('revived session'),
    ],
  },
  {
    id: 'm22',
    name: 'defaults-of-the-session-plug-in',
    fault: 'the session plug-in saves by itself, with its defaults rolling and saveUninitialized',
    origin: "no write but the route's own",
    killers: [
      inTest(
        'test/service/session.test.ts',
        [
          'the life of a session',
          'it is started with 201, continued with 200, read, ended with 204 and dead from then on',
        ],
        'a good cookie is not set again',
      ),
    ],
  },
  {
    id: 'm23',
    name: 'scope-outlives-its-request',
    fault: "work goes on with a session's data after its reply",
    origin: 'the scope closes with the reply',
    killers: [
      inTest(
        'test/isolation/scope.test.ts',
        ['work that outlives its request reaches no data', 'after its client has left'],
        'expect',
      ),
    ],
  },
  {
    id: 'm24',
    name: 'hash-of-an-object-not-looked-at',
    fault: 'the bytes that the store sends are not compared with those that were put',
    origin: 'the hash of stored objects',
    killers: [
      inTest(
        'test/service/walls.test.ts',
        [
          'what lies in the object store opens for its own session alone',
          'a reply of the store for another request, or with other bytes than were put, is refused',
        ],
        "another's body: 503",
      ),
    ],
  },
  {
    id: 'm25',
    name: 'stream-of-another-request',
    fault: 'an event stream goes on with the events of the last request',
    origin: "a stream of each request's own",
    killers: [
      moduleState('service/http/event-stream.ts'),
      chatStopped('each of two streams open at once tells its own answer', 'all its events are of one turn'),
    ],
  },
  {
    id: 'm26',
    name: 'answers-kept-by-question',
    fault: "the chat's answers are kept by their question alone",
    origin: "no caches; the one that saves a model's calls",
    killers: [oneByOne('the same question holds nothing of anybody else')],
  },
  {
    id: 'm27',
    name: 'vote-counted-apart',
    fault: 'a vote is counted in a step of its own, before its battle has it',
    origin: 'the count within compare-and-set',
    killers: [
      inTest(
        'test/isolation/interleavings.test.ts',
        [
          'a request is stopped on its way through one task while its rival goes through another',
          'a vote is stopped right before it counts',
          'while another vote of the same battle counts: exactly one of the two does',
        ],
        'on every task',
      ),
      inTest(
        'test/service/arena.test.ts',
        ['a battle takes one vote: the second is refused on every task, however close it comes'],
        'the tally grew by one',
      ),
    ],
  },
  {
    id: 'm28',
    name: 'calls-of-tools-not-checked',
    fault: 'a tool takes the id that a model gives it',
    origin: 'tools take no ids',
    killers: [
      withModel(
        'a call that is not one, or that has an id, does nothing, and the model is informed',
        'the model is told that it was none',
      ),
    ],
  },
  {
    id: 'm29',
    name: 'last-outline-remembered',
    fault: 'a prompt is built with the outline that was read last',
    origin: "a prompt of the session's own outline",
    killers: [
      moduleState('service/features/outline.ts'),
      withModel("a prompt holds the session's own names and turns, and those of old data no longer", "nobody else's"),
    ],
  },
  {
    id: 'm30',
    name: 'turn-saved-after-its-reply',
    fault: 'a reply goes out before its turn is kept',
    origin: 'a turn is kept whole before its reply',
    killers: [
      chatStopped(
        'when Redis does not take the turn, the stream ends with the problem, JSON is 503, and nothing is stored',
        'no reply goes out',
      ),
    ],
  },
  {
    id: 'm31',
    name: 'question-saved-before-its-answer',
    fault: 'a question is kept before it is answered, even if its client has left',
    origin: 'a turn is kept whole or not at all',
    killers: [
      chatStopped('a client that leaves while its answer is made leaves no turn behind', 'no turn of it is kept'),
    ],
  },
  {
    id: 'm33',
    name: 'derived-data-named-by-version',
    fault: 'after a failover the joined data of a lost upload are ranked as the current ones',
    origin: 'derived data are named by their content',
    killers: [
      inTest(
        'test/isolation/failover.test.ts',
        ['after a failover that lost an upload, a ranking is made of the file whose hash stands beside it'],
        /rankings are of the lost file/,
      ),
    ],
  },
  {
    id: 'm34',
    name: 'inputs-of-derived-data-not-compared',
    fault: 'what lies under a name is not compared with what the name says',
    origin: 'derived data say what they were made of',
    killers: [
      inTest(
        'test/isolation/derived.test.ts',
        ['a derived object that was made from other inputs is refused and counted'],
        'it is refused',
      ),
    ],
  },
  {
    id: 'm35',
    name: 'budget-of-state-dropped',
    fault: "one person's state fills the store that everybody's sessions are in",
    origin: 'a budget of bytes in the write script',
    killers: [
      inTest(
        'test/service/budgets.test.ts',
        [
          'what a session may keep in Redis',
          'a change past its budget gets an error and changes nothing, and room can be made',
        ],
        'it is refused as full',
      ),
    ],
  },
  {
    id: 'm36',
    name: 'state-not-slid',
    fault: 'a page that only polls its session loses its data',
    origin: 'state lives as long as its session',
    killers: [
      inTest(
        'test/service/budgets.test.ts',
        ['state lives as long as its session, however that is kept alive'],
        'a page that only polls keeps its data',
      ),
    ],
  },
  {
    id: 'm37',
    name: 'limit-of-starts-fails-open',
    fault: 'one network may start any number of sessions',
    origin: 'one limit on the start of sessions, which lets nobody in when it cannot be asked',
    killers: [
      inTest(
        'test/service/session-starts.test.ts',
        ['the sessions that one network may start are limited', 'by IPv4 address'],
        'and no more than the elapsed time allows',
      ),
    ],
  },
  {
    id: 'm80',
    name: 'limit-fails-open-without-redis',
    fault: 'a request goes on although its limit could not be checked',
    origin: 'limits let nobody through when they cannot be asked',
    killers: [
      inTest(
        'test/service/rate-limits.test.ts',
        ['a limit that cannot be checked lets nobody through'],
        'nothing that was refused was answered',
      ),
    ],
  },
  {
    id: 'm81',
    name: 'audit-trail-names-sessions',
    fault: 'the audit trail holds names of sessions and people',
    origin: 'the log leads to nobody',
    killers: [
      inTest(
        'test/service/audit-trail.test.ts',
        ['record() writes references that only the holder of the secret can make'],
        'session under another secret',
      ),
    ],
  },
  {
    id: 'm38',
    name: 'lag-of-the-replica-ignored',
    fault: 'writes are acknowledged though a failover would lose them',
    origin: 'writes are refused while the replica lags',
    killers: [
      inTest(
        'test/isolation/failover.test.ts',
        ['while the replica lags, writes are refused before they are made, so that a failover loses little'],
        /the first write was refused after/,
      ),
    ],
  },
  {
    id: 'm39',
    name: 'stalled-replies-not-cut',
    fault: 'replies that nobody reads hold the memory that others need',
    origin: 'stalled replies are cut',
    killers: [
      inTest('test/attacks/slow-readers.test.ts', ['a reply whose client stops reading is cut'], 'its reply is over'),
    ],
  },
  {
    id: 'm40',
    name: 'first-come-first-served',
    fault: 'one session that sends much takes the turns of everybody',
    origin: 'sessions and addresses take turns',
    killers: [
      inTest(
        'test/work/fair-queue.test.ts',
        ['fairQueue() lets sessions take turns, however much one of them sends'],
        'should be equivalent strictly',
      ),
      inTest(
        'test/attacks/one-session-floods.test.ts',
        ['one session that floods the service takes no turn from anybody else'],
        'of the flooder are refused',
      ),
    ],
  },
  {
    id: 'm41',
    name: 'reading-not-in-the-name',
    fault: 'after a file was read in another way, the data that were read before are ranked',
    origin: 'derived data are named by what they are made of, the reading too',
    killers: [
      inTest(
        'test/service/reading.test.ts',
        ['the reading of a file', 'a settled role changes what is read, and results from before are stale'],
        'a column that is ignored ranks nothing',
      ),
    ],
  },
  {
    id: 'm71',
    name: 'mark-of-a-project-not-checked',
    fault: 'a project file is called verified because it carries a mark, of any service',
    origin: 'a mark is checked with the key of this service',
    killers: [
      inTest(
        'test/service/project-file.test.ts',
        ['a project file', 'of a service that does not know the key is opened as unverified, with the same figures'],
        'should match pattern',
      ),
    ],
  },
  {
    id: 'm72',
    name: 'hashes-of-a-project-not-compared',
    fault: 'a part of a project file that was exchanged is taken for the one that was saved',
    origin: 'each part has its SHA-256 in the manifest',
    killers: [
      inTest(
        'test/service/project-file.test.ts',
        ['a project file', 'that is hostile is refused precisely, and the session stays as it was'],
        'a wrong hash in the manifest',
      ),
    ],
  },
  {
    id: 'm73',
    name: 'project-opened-step-by-step',
    fault: 'a project file that is refused half-way has already taken the place of the data',
    origin: 'a session gets all of a project or nothing',
    killers: [
      inTest(
        'test/service/project-file.test.ts',
        ['a project file', 'that is hostile is refused precisely, and the session stays as it was'],
        'nothing of the session has changed',
      ),
    ],
  },
  {
    id: 'm90',
    name: 'projects-in-one-folder',
    fault: 'projects are looked up among those of everybody',
    origin: 'a project lies in the folder of its person',
    killers: [
      inTest('test/service/projects.test.ts', ['nobody reaches the projects of anybody else'], 'Not saved: 503'),
    ],
  },
  {
    id: 'm92',
    name: 'old-sign-in-deletes',
    fault: 'a browser that was left open for an hour deletes a project',
    origin: 'a deletion needs a recent sign-in',
    killers: [
      inTest(
        'test/service/project-deletion.test.ts',
        ['a deletion', 'needs a sign-in of the last five minutes'],
        'a sign-in of five minutes ago is too old',
      ),
    ],
  },
  {
    id: 'm93',
    name: 'version-of-a-project-not-compared',
    fault: 'a device renames a project that another one has changed',
    origin: 'a change names the version it was made from',
    killers: [
      inTest(
        'test/service/projects.test.ts',
        ['two devices', 'the second to save the same version is told, and nothing of the first is lost'],
        'a name is a change too',
      ),
    ],
  },
  {
    id: 'm94',
    name: 'mark-of-a-deletion-ignored',
    fault: 'a project whose deletion broke off is there again',
    origin: 'a mark in the store ends a project',
    killers: [
      inTest(
        'test/service/project-deletion.test.ts',
        ['a deletion', 'that breaks off is carried on by the next sweep, and nothing of it is shown'],
        'it is not listed',
      ),
    ],
  },
  {
    id: 'm44',
    name: 'lock-not-looked-at',
    fault: 'a locked plan is renamed by a request that began before the lock',
    origin: 'a lock is looked at in the step that changes the plan',
    killers: [
      inTest(
        'test/service/scenarios.test.ts',
        [
          'scenarios of one session on three tasks',
          'a locked plan keeps its figures and its name on every task, also after other data',
        ],
        'should be equal',
      ),
    ],
  },
  {
    id: 'm49',
    name: 'announced-hash-not-compared',
    fault: 'a file is taken although other bytes arrived than its owner announced',
    origin: 'pieces of two versions of a file may come together',
    killers: [
      inTest(
        'test/service/pieces.test.ts',
        ['a file is sent in pieces', 'bytes with another hash than was announced are refused'],
        'should match pattern',
      ),
    ],
  },
  {
    id: 'm43',
    name: 'stale-order-drawn',
    fault: 'how sure an order is is said of data that were replaced',
    origin: 'a re-upload makes every older result stale',
    killers: [
      inTest(
        'test/service/certainty.test.ts',
        ['how sure an order is, on two tasks', 'too many draws, and data that were replaced, are refused'],
        'should be equal',
      ),
    ],
  },
  {
    id: 'm32',
    name: 'mark-of-a-record-not-compared',
    fault: 'a record is believed with any token',
    origin: "the mark of a session's record",
    killers: [
      inTest(
        'test/isolation/scope.test.ts',
        ['a record opens with its own token under a known secret, and not otherwise'],
        'another token',
      ),
      inTest(
        'test/service/walls.test.ts',
        [
          'what lies in Redis opens for its own session alone',
          'two records swapped between two tokens open for neither',
        ],
        '/api/session: 503',
      ),
    ],
  },
  {
    id: 'm42',
    name: 'queries-of-stale-results',
    fault: 'a query is answered from results of replaced data',
    origin: "results bear their data's version",
    killers: [
      inTest(
        'test/service/queries.test.ts',
        ['POST /api/query', 'a stale analysis is not used: neither when it is named nor when it is the newest'],
        '"rank"',
      ),
    ],
  },
  {
    id: 'm50',
    name: 'lock-of-a-changed-file-believed',
    fault: 'a project file that nothing vouches for says who locked a plan',
    origin: 'what a file claims is not trusted',
    killers: [
      inTest(
        'test/service/lock-names.test.ts',
        [
          'the name of the person who locks a plan',
          'is not believed in a file that was changed, and is not that of the person who opens it',
        ],
        'it is locked by nobody',
      ),
    ],
  },
  ...SIGN_IN_MUTANTS,
  {
    id: 't1',
    name: 'scope-made-of-a-clients-id',
    fault: 'a scope is given an id that the client sends',
    origin: 'root cause 6, by a copy',
    killers: [{ kind: 'types', file: 'service/http/session-bound.ts', code: 2740 }],
  },
  {
    id: 't2',
    name: 'store-asked-for-another-session',
    fault: 'a feature asks its store for a session by id',
    origin: 'root cause 6, by a parameter',
    killers: [{ kind: 'types', file: 'service/features/files.ts', code: 2554 }],
  },
  {
    id: 'l1',
    name: 'feature-with-a-client-of-its-own',
    fault: 'a feature speaks to Redis by itself',
    origin: 'stores alone have clients',
    killers: [{ kind: 'lint', file: 'service/features/plans.ts', rule: 'house/room-boundaries' }],
  },
  {
    id: 'l2',
    name: 'transaction-on-the-shared-connection',
    fault: 'WATCH on the connection that all requests share',
    origin: 'no state of a connection',
    killers: [{ kind: 'lint', file: 'service/stores/redis.ts', rule: 'house/no-connection-state' }],
  },
]
