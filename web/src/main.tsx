import { render } from 'preact'
import { startTexts } from './i18n'
import { Routes } from './routes'
import './ui/theme/index.css'

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')

await startTexts()
render(<Routes />, root)
