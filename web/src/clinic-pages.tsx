import { useEffect } from 'preact/hooks'
import { Route, Switch } from 'wouter-preact'
import { ForRoles } from './features/staff-shell/ForRoles'
import { NotFoundPage } from './features/staff-shell/NotFoundPage'
import { StaffShell } from './features/staff-shell/StaffShell'
import { HomePage } from './home-page'
import { lazyView } from './ui/LazyView'

const AccessLogPage = lazyView(
  async () => (await import('./features/access-log/AccessLogPage')).AccessLogPage,
)
const ExtractPage = lazyView(async () => (await import('./features/access-log/ExtractPage')).ExtractPage)
const BookingPage = lazyView(async () => (await import('./features/booking/BookingPage')).BookingPage)
const PendingPage = lazyView(
  async () => (await import('./features/pending-bookings/PendingPage')).PendingPage,
)
const PatientsPage = lazyView(async () => (await import('./features/patients/PatientsPage')).PatientsPage)
const OrganisationPage = lazyView(
  async () => (await import('./features/organisation/OrganisationPage')).OrganisationPage,
)
const IntegrationPage = lazyView(
  async () => (await import('./features/integration/IntegrationPage')).IntegrationPage,
)
const SessionsPage = lazyView(async () => (await import('./features/sessions/SessionsPage')).SessionsPage)
const TextsPage = lazyView(async () => (await import('./features/texts/TextsPage')).TextsPage)
const VisitPage = lazyView(async () => (await import('./features/visit-page/VisitPage')).VisitPage)

const FETCH_AFTER_MS = 1_500

/** The pages behind the staff login. */
export function ClinicPages() {
  useEffect(fetchAhead, [])
  return (
    <StaffShell>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/patienter">
          <ForRoles roles={['clinician']}>
            <PatientsPage bookingAddress={(patientId) => `/boka?patient=${patientId}`} />
          </ForRoles>
        </Route>
        <Route path="/boka">
          <ForRoles roles={['clinician']}>
            <BookingPage />
          </ForRoles>
        </Route>
        <Route path="/komplettera/:bookingId">
          {({ bookingId }) => (
            <ForRoles roles={['clinician']}>
              <PendingPage key={bookingId} bookingId={bookingId} />
            </ForRoles>
          )}
        </Route>
        <Route path="/besok/:visitId">{({ visitId }) => <VisitPage key={visitId} visitId={visitId} />}</Route>
        <Route path="/inloggningar" component={SessionsPage} />
        <Route path="/organisation">
          <ForRoles roles={['admin', 'support']}>
            <OrganisationPage />
          </ForRoles>
        </Route>
        <Route path="/organisation/texter">
          <ForRoles roles={['admin']}>
            <TextsPage />
          </ForRoles>
        </Route>
        <Route path="/integration">
          <ForRoles roles={['admin', 'support']}>
            <IntegrationPage />
          </ForRoles>
        </Route>
        <Route path="/logg">
          <ForRoles roles={['admin']}>
            <AccessLogPage />
          </ForRoles>
        </Route>
        <Route path="/logg/utdrag">
          <ForRoles roles={['admin']}>
            <ExtractPage />
          </ForRoles>
        </Route>
        <Route component={NotFoundPage} />
      </Switch>
    </StaffShell>
  )
}

/** The other pages' code, once the first one stands, so that each opens at once; what fails is fetched when needed. */
function fetchAhead(): () => void {
  const fetchAll = () => Promise.allSettled([VisitPage.fetch(), BookingPage.fetch(), PatientsPage.fetch()])
  const timer = setTimeout(() => void fetchAll(), FETCH_AFTER_MS)
  return () => clearTimeout(timer)
}
