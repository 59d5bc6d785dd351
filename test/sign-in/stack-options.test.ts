import t from 'tap'
import { readStackOptions } from '../../local/stack-options.ts'

t.test('npm start has a sign-in provider of its own where it is asked for, and never beside another one', (t) => {
  t.equal(readStackOptions(['--sign-in'], {}).signIn, true)
  t.match(readStackOptions(['--tasks', '3', '--sign-in', '--replica'], {}), { tasks: 3, replica: true, signIn: true })
  t.equal(readStackOptions(['--tasks', '3'], {}).signIn, false)
  t.throws(
    () => readStackOptions(['--sign-in'], { SIGN_IN_ISSUER: 'https://id.example.org' }),
    /beside the one of SIGN_IN_ISSUER/,
  )
  t.end()
})
