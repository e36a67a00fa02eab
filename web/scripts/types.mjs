// Writes src/protocol/openapi.d.ts from the API's OpenAPI document; --check fails when the committed file is stale.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../../functions/openapi.json', import.meta.url)
const target = new URL('../src/protocol/openapi.d.ts', import.meta.url)
const HEADER = '// Generated from functions/openapi.json by `npm run types`. Do not edit.\n\n'

const document = JSON.parse(await readFile(source, 'utf8'))
const generated = HEADER + astToString(await openapiTS(document))

if (process.argv.includes('--check')) {
  const committed = await readFile(target, 'utf8').catch(() => '')
  if (committed !== generated) {
    process.stderr.write('src/protocol/openapi.d.ts is not current: run `npm run types`.\n')
    process.exit(1)
  }
} else {
  await writeFile(target, generated)
}
