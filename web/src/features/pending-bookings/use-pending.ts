import { answer, api, type Shape } from '../../protocol/api'
import { type Resource, useResource } from '../../protocol/use-resource'

/** The bookings that wait for details of their patients: mine, in order of time (V3). */
export function usePending(): Resource<Shape<'PendingBookings'>> {
  return useResource('pending', () => answer(api.GET('/pending-bookings')))
}
