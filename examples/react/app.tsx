import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Embed, useConsent } from './consent.tsx'

const pages = ['', 'https://www.youtube-nocookie.com/embed/VIDEO', 'https://www.youtube-nocookie.com/embed/OTHER']

function App() {
  const consent = useConsent()
  // The front page shows none of the films.
  const [page, setPage] = useState(0)
  return (
    <main>
      <nav>
        <button type="button" onClick={() => setPage((page + 1) % pages.length)}>
          Other page
        </button>
      </nav>
      <p id="said">{consent?.categories.statistics ? 'Statistics: yes' : 'Statistics: no'}</p>
      {pages[page] && <Embed category="marketing" service="youtube" src={pages[page]} title="The council" />}
    </main>
  )
}

createRoot(document.getElementById('app') as HTMLElement).render(<App />)
