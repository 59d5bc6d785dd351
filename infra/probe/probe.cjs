'use strict'
// Runs outside the stack's network every five minutes, as a canary of CloudWatch Synthetics. It asks as anybody may: by
// name, over TLS, without a session. An error is a failed run, and `outside-probe` is its alarm.
const dns = require('node:dns/promises')
const https = require('node:https')

const TIMEOUT_MS = 15_000
/** AWS renews its certificates 60 days before they end; one that is this near its end will not be. */
const LEAST_CERTIFICATE_DAYS = 14
const DAY_MS = 86_400_000

/**
 * @param {URL} url
 * @returns {Promise<{ status: number, text: string, certificateDays: number }>}
 */
function get(url) {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { timeout: TIMEOUT_MS, agent: false }, (response) => {
      const ends = Date.parse(response.socket.getPeerCertificate().valid_to)
      const parts = []
      response.on('data', (part) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          certificateDays: (ends - Date.now()) / DAY_MS,
        })
      })
    })
    request.on('timeout', () => request.destroy(new Error(`${url.href} did not answer within ${TIMEOUT_MS / 1_000} s`)))
    request.on('error', reject)
  })
}

/** @throws {Error} that says which of name, certificate, page and process is not as it should be */
exports.handler = async () => {
  const base = new URL(process.env.PROBE_URL ?? '')
  await dns.lookup(base.hostname)
  const page = await get(new URL('/', base))
  if (page.certificateDays < LEAST_CERTIFICATE_DAYS)
    throw new Error(`the certificate ends in ${page.certificateDays.toFixed(1)} days, and nothing has renewed it`)
  if (page.status !== 200 || !page.text.includes('ChatMRPT')) throw new Error(`the page answered ${page.status}`)
  const livez = await get(new URL('/livez', base))
  if (livez.status !== 200) throw new Error(`/livez answered ${livez.status}`)
}
