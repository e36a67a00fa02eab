import { Route, Switch } from 'wouter-preact'
import { useLanguage } from './i18n'
import { lazyView } from './ui/LazyView'

// Each page is a chunk of its own, so that a patient's phone fetches nothing of the clinic's.
const LoginPage = lazyView(async () => (await import('./features/login/LoginPage')).LoginPage)
const CommissionPage = lazyView(async () => (await import('./features/login/CommissionPage')).CommissionPage)
const StaffCallPage = lazyView(
  async () => (await import('./features/staff-call/StaffCallPage')).StaffCallPage,
)
const VisitorPages = lazyView(async () => (await import('./features/visitor/VisitorPages')).VisitorPages)
const EquipmentPage = lazyView(async () => (await import('./features/visitor/EquipmentPage')).EquipmentPage)
const ClinicPages = lazyView(async () => (await import('./clinic-pages')).ClinicPages)

/** Which page an address shows; drawn again as a whole when the language changes. */
export function Routes() {
  useLanguage()
  return (
    <Switch>
      <Route path="/logga-in" component={LoginPage} />
      <Route path="/logga-in/uppdrag" component={CommissionPage} />
      <Route path="/b" component={VisitorPages} />
      <Route path="/testa-utrustning" component={EquipmentPage} />
      <Route path="/samtal/:visitId">{({ visitId }) => <StaffCallPage visitId={visitId} />}</Route>
      <Route component={ClinicPages} />
    </Switch>
  )
}
