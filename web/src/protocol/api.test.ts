import { afterEach, describe, expect, it, vi } from 'vitest'
import { deadNetwork, fakeApi, refusal } from '../testing/fake-api'
import { session } from '../testing/shapes'
import { answer, api, onLoggedOut, setCsrfToken } from './api'
import { ApiProblem } from './problem'

const logOut = () => answer(api.POST('/logout'))
const readSession = () => answer(api.GET('/session'))

afterEach(() => vi.useRealTimers())

describe('the API client', () => {
  it('gives the data of a success', async () => {
    fakeApi({ 'GET /session': session })
    expect(await readSession()).toEqual(session)
  })

  it('sends the session proof with a state change and not with a reading', async () => {
    const server = fakeApi({ 'GET /session': session, 'POST /logout': { redirect_to: '/' } })
    setCsrfToken('csrf-1')
    await readSession()
    await logOut()
    expect(server.calls.map((call) => call.csrf)).toEqual([null, 'csrf-1'])
  })

  it('throws the problem document with its code and field', async () => {
    fakeApi({ 'POST /logout': refusal(400, 'invalid_phone', 'phone') })
    const problem = await logOut().catch((thrown: ApiProblem) => thrown)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code: 'invalid_phone', status: 400, field: 'phone', retryable: false })
  })

  it('calls an error without a problem document a server error', async () => {
    fakeApi({ 'POST /logout': new Response('<html>', { status: 502 }) })
    await expect(logOut()).rejects.toMatchObject({ code: 'server_error', status: 502, retryable: true })
  })

  it('tells that the session is over on 401', async () => {
    fakeApi({ 'POST /logout': refusal(401, 'not_logged_in') })
    const told: string[] = []
    const stop = onLoggedOut((code) => told.push(code))
    await expect(logOut()).rejects.toMatchObject({ status: 401 })
    stop()
    await expect(logOut()).rejects.toMatchObject({ status: 401 })
    expect(told).toEqual(['not_logged_in'])
  })
})

describe('trying again', () => {
  it('reads again when the network was away', async () => {
    vi.useFakeTimers()
    let attempts = 0
    fakeApi({ 'GET /session': () => (++attempts < 3 ? deadNetwork() : session) })
    const reading = readSession()
    await vi.runAllTimersAsync()
    expect(await reading).toEqual(session)
    expect(attempts).toBe(3)
  })

  it('gives up reading after three tries', async () => {
    vi.useFakeTimers()
    const server = fakeApi({ 'GET /session': deadNetwork })
    const reading = readSession().catch((thrown: ApiProblem) => thrown)
    await vi.runAllTimersAsync()
    expect(await reading).toMatchObject({ code: 'offline', status: 0, retryable: true })
    expect(server.calls).toHaveLength(3)
  })

  it('never repeats a state change', async () => {
    const server = fakeApi({ 'POST /logout': deadNetwork })
    await expect(logOut()).rejects.toMatchObject({ code: 'offline' })
    expect(server.calls).toHaveLength(1)
  })

  it('takes a 503 of the service itself as its word', async () => {
    const server = fakeApi({ 'GET /session': refusal(503, 'register_unavailable') })
    await expect(readSession()).rejects.toMatchObject({ code: 'register_unavailable' })
    expect(server.calls).toHaveLength(1)
  })
})
