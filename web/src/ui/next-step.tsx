import { type ComponentChildren, createContext } from 'preact'
import { useCallback, useContext, useLayoutEffect, useMemo, useState } from 'preact/hooks'

interface NextStep {
  isTaken: boolean
  /** The answer gives it back. */
  take: () => () => void
}

const Context = createContext<NextStep>({ isTaken: false, take: () => () => undefined })

/** A view whose own next step stands back while a form within it has one: there is one primary button at a time. */
export function NextStepScope({ children }: { children: ComponentChildren }) {
  const [takers, setTakers] = useState(0)
  const take = useCallback(() => {
    setTakers((before) => before + 1)
    return () => setTakers((before) => before - 1)
  }, [])
  const value = useMemo(() => ({ isTaken: takers > 0, take }), [takers, take])
  return <Context.Provider value={value}>{children}</Context.Provider>
}

/** This form has the next step for as long as it is there. */
export function useTakesNextStep(): void {
  const { take } = useContext(Context)
  useLayoutEffect(take, [take])
}

/** How the view's own next step looks now. */
export function useNextStepVariant(): 'primary' | 'secondary' {
  return useContext(Context).isTaken ? 'secondary' : 'primary'
}
