import { useEffect, useState } from 'preact/hooks'
import { answer, api } from '../../protocol/api'
import type { ApiProblem } from '../../protocol/problem'
import { platform } from '../call-window/platform'
import { EidFlow, type EidMethod, type EidPort } from './eid-flow'
import { forgetLaunch, launchedProvider } from './eid-launch'
import type { EidProvider } from './eid-provider'

interface Options {
  provider: EidProvider
  method: EidMethod
  /** The page was opened by the app, or left for it: go on with the order. */
  resume: boolean
  onComplete: () => void
  /** It cannot go on, with why. */
  onRefused: (problem: ApiProblem) => void
}

/** The order is withdrawn when the person leaves this step or the page, but not when they go to the app. */
export function useEidFlow({ provider, method, resume, onComplete, onRefused }: Options): EidFlow {
  const [flow] = useState(() => new EidFlow(portOf(provider), method))
  flow.method = method
  useEffect(() => {
    const leave = () => flow.stop(launchedProvider() === null)
    const stopListening = flow.subscribe(() => {
      const { state } = flow
      const { phase } = state
      if (phase !== 'starting' && phase !== 'pending') forgetLaunch()
      if (phase === 'complete') onComplete()
      if (state.phase === 'unavailable') onRefused(state.problem)
    })
    // A page that the browser kept whole while the person was away (back-forward cache) goes on where it was.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && void flow.resume()
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', comeBack)
    void (resume ? flow.resume() : flow.start())
    return () => {
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', comeBack)
      stopListening()
      forgetLaunch()
      flow.stop(true)
    }
  }, [flow, resume, onComplete, onRefused])
  return flow
}

function portOf(provider: EidProvider): EidPort {
  const device = platform(navigator)
  const body = { provider, return_here: device === 'ios' }
  const computer = device === 'computer'
  return {
    start: () => answer(api.POST('/visitor/eid', { body })),
    collect: (same_device) =>
      answer(api.POST('/visitor/eid/collect', { params: { query: { same_device, computer } } })),
    cancel: () => answer(api.DELETE('/visitor/eid', { keepalive: true })),
  }
}
