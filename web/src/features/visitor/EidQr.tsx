import { useMemo } from 'preact/hooks'
import qrcode from 'qrcode-generator'
import { t } from '../../i18n'

/** Modules of white around the code (ISO/IEC 18004). */
const QUIET_ZONE = 4

/** The animated code as one crisp path, black on white whatever the theme. */
export function EidQr({ text }: { text: string }) {
  const { path, size } = useMemo(() => draw(text), [text])
  return (
    <svg
      class="eid-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('eid.qrLabel')}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function draw(text: string): { path: string; size: number } {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const dark = (row: number, column: number) => code.isDark(row, column)
  const cells = Array.from(
    { length: count * count },
    (_, index) => [Math.floor(index / count), index % count] as const,
  )
  const path = cells
    .filter(([row, column]) => dark(row, column))
    .map(([row, column]) => `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`)
    .join('')
  return { path, size: count + 2 * QUIET_ZONE }
}
