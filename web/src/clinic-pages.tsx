import { Route, Switch } from 'wouter-preact'
import { NotFoundPage } from './features/staff-shell/NotFoundPage'
import { StaffShell } from './features/staff-shell/StaffShell'

/** The pages behind the staff login. */
export function ClinicPages() {
  return (
    <StaffShell>
      <Switch>
        <Route component={NotFoundPage} />
      </Switch>
    </StaffShell>
  )
}
