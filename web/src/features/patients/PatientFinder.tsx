import { Search } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n'
import { answer, api, type Shape } from '../../protocol/api'
import { type ApiProblem, asProblem } from '../../protocol/problem'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { useShortcuts } from '../staff-shell/shortcuts'
import { CreatePatient } from './CreatePatient'
import { faultOf } from './identity-number'
import './patients.css'

interface PatientFinderProps {
  /** Told the patient who was found or created, and null when a new search begins. */
  onPatient: (patient: Shape<'PatientView'> | null) => void
}

interface NotFound {
  number: string
  masked: string
}

/** The search by a full number and what it leads to: found, not found and creation, or why it failed (P1, P2). */
export function PatientFinder({ onPatient }: PatientFinderProps) {
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState(false)
  const [missing, setMissing] = useState<NotFound | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  useShortcuts({ '/': () => input.current?.focus() })

  const startOver = () => {
    setFound(false)
    setMissing(null)
    setProblem(null)
    onPatient(null)
  }
  const search = async () => {
    startOver()
    const wrong = faultOf(number)
    setFault(wrong === null ? null : t(`patients.fault.${wrong}`))
    if (wrong !== null) return
    setBusy(true)
    try {
      const result = await answer(api.POST('/patients/search', { body: { number } }))
      setFound(result.found)
      if (result.patient !== null) onPatient(result.patient)
      else setMissing({ number, masked: result.number_masked })
    } catch (thrown) {
      const failed = asProblem(thrown)
      if (failed.code === 'invalid_identity_number') setFault(t('patients.fault.checkDigit'))
      else setProblem(failed)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="finder">
      <search>
        <form
          class="finder__form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!busy) void search()
          }}
        >
          <Field
            ref={input}
            class="finder__number"
            label={t('patients.number')}
            description={t('patients.numberHelp')}
            error={fault}
            value={number}
            onValue={(value) => {
              setNumber(value)
              setFault(null)
            }}
            inputMode="text"
            autoComplete="off"
            spellcheck={false}
            maxLength={32}
          />
          <Button
            type="submit"
            variant="secondary"
            busy={busy}
            icon={<Search size={18} aria-hidden="true" />}
          >
            {t('patients.search')}
          </Button>
        </form>
      </search>
      <div class="finder__answer" role="status">
        {found && <p class="finder__found">{t('patients.found')}</p>}
        {missing !== null && (
          <p class="finder__missing">{t('patients.missing', { number: missing.masked })}</p>
        )}
      </div>
      {problem !== null && <ErrorCard problem={problem} onRetry={() => void search()} busy={busy} />}
      {missing !== null && (
        <CreatePatient
          key={missing.number}
          number={missing.number}
          onCreated={(patient) => {
            setMissing(null)
            setFound(true)
            onPatient(patient)
          }}
        />
      )}
    </div>
  )
}
