import type { Translation } from '../shape'
import type { startPage as swedish } from '../sv/start-page'

export const startPage: Translation<typeof swedish> = {
  title: 'Start page',
  titleWaiting: '({{number}} waiting) Start page',
  today: 'Today {{day}}',
  toToday: 'Today',
  date: 'Date',
  previousDay: 'Previous day',
  nextDay: 'Next day',
  waitingNow: 'Waiting now',
  someoneWaits_one: 'Someone waits in {{count}} visit',
  someoneWaits_other: 'Someone waits in {{count}} visits',
  visits: 'Visits of the day',
  invited: 'Invited as a guest',
  receive: 'Receive',
  open: 'Open',
  waiting: 'waiting {{minutes}} min',
  waitingJustCame: 'just came',
  away: 'waiting since {{time}}, the page is closed now',
  receivedBy: 'received by {{name}} {{time}}',
  late: 'about {{minutes}} min late',
  callRunning: 'video call running',
  empty: 'No visits {{day}}',
  nextVisit: 'The next visit is {{day}} {{time}}.',
  noneAhead: 'You have no visits ahead.',
  showThatDay: 'Show that day',
}
