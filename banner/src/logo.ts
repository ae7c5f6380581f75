import { type Drawn, logo } from 'samtykke:notice'

function draw([name, attributes, shapes]: Drawn): SVGElement {
  const made = document.createElementNS(
    'http://www.w3.org/2000/svg',
    name,
  ) as SVGElement
  for (const key in attributes) made.setAttribute(key, attributes[key] as string)
  made.append(...shapes.map(draw))
  return made
}

/** Draws the site's logo. Without words it is decoration. */
export function drawLogo(words: string) {
  const made = draw(logo)
  made.setAttribute('role', words ? 'img' : 'presentation')
  made.setAttribute(words ? 'aria-label' : 'aria-hidden', words || 'true')
  return made
}
