/** A grey line where text will stand; screen readers pass it over. */
export function SkeletonLine({ width }: { width: string }) {
  return (
    <span class="ds-skeleton" aria-hidden="true" style={{ display: 'inline-block', width, height: '1em' }} />
  )
}
