/** The product's mark; decoration beside its name. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M8 11.5h11a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H8z" fill="#fff" />
      <path d="m22.5 14.6 3.5-2.4v7.6l-3.5-2.4z" fill="#fff" />
    </svg>
  )
}
