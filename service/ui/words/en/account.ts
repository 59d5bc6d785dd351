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
  othersEnded: 'All your other sessions were ended.',
} as const
