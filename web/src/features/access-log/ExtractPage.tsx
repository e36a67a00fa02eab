import { ChevronLeft, Download, Printer } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../i18n'
import { addDays, localDate } from '../../i18n/time'
import type { Shape } from '../../protocol/api'
import { Button } from '../../ui/Button'
import { ErrorCard } from '../../ui/ErrorCard'
import { Field } from '../../ui/Field'
import { problemText } from '../../ui/problem-text'
import { useTitle } from '../../ui/use-title'
import { csvOf, saveAs } from './csv'
import { DayField } from './FilterForm'
import { LogSkeleton, LogTable } from './LogTable'
import { useExtract } from './use-extract'
import { actionWords, momentWords, whoWords } from './words'
import './access-log.css'

const A_YEAR = 365

/** Loggutdrag: who has had access to one patient's data, made to be printed for the patient (S6). */
export function ExtractPage() {
  useTitle(t('audit.extract.title'))
  const today = localDate(Date.now())
  const [number, setNumber] = useState('')
  const [missing, setMissing] = useState(false)
  const [fromDay, setFromDay] = useState(addDays(today, -A_YEAR))
  const [toDay, setToDay] = useState(today)
  const { extract, problem, busy, make } = useExtract()
  const submit = (event: Event) => {
    event.preventDefault()
    setMissing(number.trim() === '')
    if (number.trim() !== '') void make(number, fromDay, toDay)
  }
  const wrong = (field: string) => (problem?.field === field ? problemText(problem) : null)
  const ofField = wrong('identity_number') !== null || wrong('from_day') !== null
  return (
    <div class="access-log">
      <div class="no-print">
        <Link href="/logg" class="extract__back">
          <ChevronLeft size={20} aria-hidden="true" />
          {t('audit.extract.back')}
        </Link>
      </div>
      <h1 class="page-title">{t('audit.extract.title')}</h1>
      <form class="log-filters no-print" noValidate onSubmit={submit}>
        <p class="log-filters__intro quiet">{t('audit.extract.intro')}</p>
        <Field
          label={t('audit.number')}
          error={missing ? t('patients.fault.incomplete') : wrong('identity_number')}
          value={number}
          onValue={setNumber}
          autoComplete="off"
          spellcheck={false}
          maxLength={32}
        />
        <DayField label={t('audit.fromDay')} value={fromDay} error={wrong('from_day')} onDay={setFromDay} />
        <DayField label={t('audit.toDay')} value={toDay} error={null} onDay={setToDay} />
        <div class="log-filters__actions">
          <Button type="submit" busy={busy} variant={extract === null ? 'primary' : 'secondary'}>
            {t('audit.extract.make')}
          </Button>
        </div>
      </form>
      {problem !== null && !ofField && (
        <ErrorCard problem={problem} onRetry={() => void make(number, fromDay, toDay)} busy={busy} />
      )}
      {busy && extract === null && <LogSkeleton />}
      {extract !== null && <Extract extract={extract} />}
    </div>
  )
}

function Extract({ extract }: { extract: Shape<'AuditExtract'> }) {
  return (
    <article class="extract" aria-label={t('audit.extract.title')}>
      <div class="extract__actions no-print">
        <Button icon={<Printer size={18} aria-hidden="true" />} onClick={() => window.print()}>
          {t('audit.extract.print')}
        </Button>
        <Button
          variant="secondary"
          color="neutral"
          icon={<Download size={18} aria-hidden="true" />}
          onClick={() => saveAs(`${t('audit.extract.fileName')}.csv`, csvOf(rowsOf(extract)))}
        >
          {t('audit.extract.csv')}
        </Button>
      </div>
      <dl class="facts extract__facts">
        {factsOf(extract).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="numbers">{value}</dd>
          </div>
        ))}
      </dl>
      {extract.cursor !== null && (
        <p class="notice" data-tone="warning">
          {t('audit.extract.tooMany')}
        </p>
      )}
      {extract.entries.length === 0 ? (
        <p>{t('audit.extract.empty')}</p>
      ) : (
        <LogTable entries={extract.entries} withPatient={false} />
      )}
      <p class="quiet extract__note">{t('audit.extract.lists')}</p>
    </article>
  )
}

function factsOf(extract: Shape<'AuditExtract'>): [string, string][] {
  const name = extract.protected ? t('common.protectedIdentity') : extract.name
  return [
    [t('audit.extract.organisation'), extract.org_name],
    [t('audit.extract.patient'), name === '' ? t('audit.extract.unknownName') : name],
    [t('audit.extract.number'), extract.number_masked],
    [
      t('audit.extract.period'),
      t('audit.extract.periodWords', { from: extract.from_day, to: extract.to_day }),
    ],
    [t('audit.extract.createdAt'), momentWords(extract.created_at)],
  ]
}

function rowsOf(extract: Shape<'AuditExtract'>): string[][] {
  const heads = [
    t('audit.time'),
    t('audit.what'),
    t('audit.extract.kind'),
    t('audit.extract.result'),
    t('audit.who'),
    t('audit.extract.title_'),
    t('audit.user'),
    t('audit.where'),
  ]
  const entries = extract.entries.map((entry) => [
    momentWords(entry.at),
    actionWords(entry.action),
    t(`audit.kinds.${entry.kind}`),
    t(`audit.results.${entry.result}`),
    whoWords(entry),
    entry.user_title,
    entry.user,
    entry.unit_name,
  ])
  return [...factsOf(extract), [], heads, ...entries]
}
