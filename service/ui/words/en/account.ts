export const account = {
  signIn: 'Sign in',
  yours: 'Your sessions',
  /** For screen readers: the button that shows the person's name. */
  open: (name: string): string => `${name}: your sessions`,
  signedInAs: (name: string): string => `You are signed in as ${name}.`,
  device: 'Device',
  since: 'Signed in',
  act: 'End it',
  thisOne: 'this one',
  end: 'End',
  endSays: (device: string, since: string): string => `End the session on ${device}, signed in ${since}`,
  ended: 'The session was ended.',
  leaveTitle: 'Go on to the sign-in provider?',
  leaveText:
    'You leave this page for that of the provider, where you show who you are. Then you come back here, and your work ' +
    'in this session is still there.',
  goOn: 'Go on',
  stay: 'Stay here',
  outTitle: 'Sign out?',
  outText:
    'The files and results in this session are deleted. Then you leave this page for that of the sign-in provider, to ' +
    'sign out there too.',
  out: 'End and sign out',
  againTitle: 'Sign in again to end sessions',
  againText: 'You signed in more than five minutes ago. After signing in you come back to this page.',
  again: 'Sign in again',
  othersEnded: 'All your other sessions were ended.',
} as const
