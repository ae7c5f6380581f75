import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Embed, useConsent } from './consent.tsx'

function App() {
  const consent = useConsent()
  const [page, setPage] = useState('front')
  return (
    <main>
      <nav>
        <button type="button" onClick={() => setPage(page === 'front' ? 'video' : 'front')}>
          Other page
        </button>
      </nav>
      <p id="said">{consent?.categories.statistics ? 'Statistics: yes' : 'Statistics: no'}</p>
      {page === 'video' && (
        <Embed category="marketing" service="youtube" src="https://www.youtube-nocookie.com/embed/VIDEO" title="The council" />
      )}
    </main>
  )
}

createRoot(document.getElementById('app') as HTMLElement).render(<App />)
