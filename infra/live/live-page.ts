import type { LiveAlarm, LiveView, LiveWidget } from './live-view.ts'

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const COLOURS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#17becf', '#8c564b', '#7f7f7f'] as const
/** A metric that is written only with its fault may never have come. That is a fact and not a gap. */
const number = (value: number | undefined): string =>
  value === undefined ? '0 so far' : Number.isInteger(value) ? String(value) : value.toFixed(2)

/** The view as one page without any script: it reloads itself every five seconds. */
export function livePage(view: LiveView): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<title>ChatMRPT local dashboard</title>
<style>
body { font: 14px sans-serif; margin: 1rem; background: #f4f6f8; color: #16202a }
h1 { font-size: 1.3rem }
h2 { grid-column: span 24; font-size: 1.05rem; margin: .6rem 0 0 }
main { display: grid; grid-template-columns: repeat(24, 1fr); gap: .6rem }
section { background: #fff; border: 1px solid #ccd5dd; border-radius: 6px; padding: .5rem; min-width: 0 }
section h3 { font-size: .85rem; margin: 0 0 .3rem }
.value { font-size: 1.5rem }
.note { color: #5c6a76 }
ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0 }
li { border-radius: 4px; padding: .2rem .5rem; border: 1px solid #ccd5dd; background: #fff }
li.ALARM { background: #b00020; color: #fff; font-weight: bold }
li.OK { border-color: #2a7d3f }
svg { width: 100%; height: 130px }
text { font-size: 8px; fill: #5c6a76 }
</style>
</head>
<body>
<h1>ChatMRPT local dashboard</h1>
<p class="note">The widgets and alarms of a stack, fed by the local service. What only AWS measures stays empty.</p>
<ul aria-label="Alarms">${view.alarms.map(alarm).join('')}</ul>
<main>${view.widgets.map((each) => widget(each, view)).join('\n')}</main>
</body>
</html>`
}

function alarm({ id, what, state }: LiveAlarm): string {
  return `<li class="${state.replace(' ', '-')}" title="${escape(what)}. docs/runbooks/${id}.md">${escape(id)}: ${state}</li>`
}

function widget({ title, kind, width, series }: LiveWidget, { from, to }: LiveView): string {
  if (kind === 'heading') return `<h2>${escape(title)}</h2>`
  const inside = {
    single: () => series.map(({ points }) => `<div class="value">${number(points.at(-1))}</div>`).join(''),
    chart: () =>
      (series.length === 0 ? `<div class="value">${number(undefined)}</div>` : chart(series, from, to)) +
      series
        .map(
          ({ label, points }, index) =>
            `<div><span style="color:${COLOURS[index % COLOURS.length] ?? ''}">&#9632;</span> ${escape(label)} ${number(points.findLast((point) => point !== undefined))}</div>`,
        )
        .join(''),
    elsewhere: () => '<p class="note">only in AWS</p>',
  }[kind]()
  return `<section style="grid-column:span ${String(width)}" aria-label="${escape(title)}"><h3>${escape(title)}</h3>${inside}</section>`
}

/** Hours and minutes of UTC, as CloudWatch shows them. */
const clock = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(11, 16)

/** Lines over time with both axes: from 0 to the greatest value, from the first to the last minute. */
function chart(series: LiveWidget['series'], from: number, to: number): string {
  const most = Math.max(1, ...series.flatMap(({ points }) => points.filter((point) => point !== undefined)))
  const lines = series.map(({ points }, index) => {
    const at = (point: number, x: number): string =>
      `${(30 + (x / Math.max(1, points.length - 1)) * 265).toFixed(1)},${(105 - (point / most) * 100).toFixed(1)}`
    const known = points.flatMap((point, x) => (point === undefined ? [] : [at(point, x)]))
    const colour = COLOURS[index % COLOURS.length] ?? ''
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${known.join(' ')}"/>` +
      known
        .map(
          (each) =>
            `<circle r="1.8" fill="${colour}" cx="${each.split(',')[0] ?? ''}" cy="${each.split(',')[1] ?? ''}"/>`,
        )
        .join('')
    )
  })
  const axes = [
    '<path d="M30 5V105H295" fill="none" stroke="#8899aa"/>',
    `<text x="28" y="9" text-anchor="end">${number(most)}</text><text x="28" y="106" text-anchor="end">0</text>`,
    `<text x="30" y="116">${clock(from)}</text><text x="295" y="116" text-anchor="end">${clock(to)} UTC</text>`,
  ]
  const said = `from ${clock(from)} to ${clock(to)} UTC, 0 to ${number(most)}`
  return `<svg viewBox="0 0 300 120" role="img" aria-label="${said}">${axes.join('')}${lines.join('')}</svg>`
}
