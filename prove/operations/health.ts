import { ask, judge, type Operation } from '../world.ts'

export function healthOperations(): Operation[] {
  return [
    {
      name: 'ask whether it lives',
      route: 'GET /livez',
      weight: 1,
      run: async (tab) =>
        judge(tab, await ask(tab, { name: 'ask whether it lives', route: 'GET /livez' }, { address: '/livez' }), [200]),
    },
    {
      name: 'ask whether it is ready',
      route: 'GET /readyz',
      weight: 1,
      run: async (tab) =>
        judge(
          tab,
          await ask(tab, { name: 'ask whether it is ready', route: 'GET /readyz' }, { address: '/readyz' }),
          [200, 503],
        ),
    },
  ]
}
