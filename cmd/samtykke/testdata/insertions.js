// Every way in which a script of a page brings something of another host into it.
// insert(at) does all of them with addresses that begin so, and gives what page
// scripts see of it.
const make = (name, properties) => Object.assign(document.createElement(name), properties)
const add = (element, place = document.body) => place.appendChild(element)
const box = () => add(make('div'))

const insertions = {
  'script.js': (url) => {
    const script = make('script', { async: true, type: 'text/javascript', onload: () => heard('script') })
    script.src = url
    document.head.insertBefore(script, document.head.firstChild)
    return [script.src === url, script.parentNode === document.head]
  },
  'attribute.js': (url) => {
    const script = make('script')
    script.setAttribute('SRC', url)
    document.head.append(script)
  },
  'namespace.gif': (url) => {
    const image = add(make('img', { alt: '' }))
    image.setAttributeNS(null, 'src', url)
  },
  'node.gif': (url) => {
    const image = add(make('img', { alt: '' }))
    const address = document.createAttribute('src')
    address.value = url
    image.setAttributeNode(address)
  },
  'node.js': (url) => {
    const address = document.createAttribute('src')
    address.value = url
    const script = make('script')
    script.setAttributeNodeNS(address)
    add(script)
  },
  'button.gif': (url) => add(make('input', { type: 'image', src: url, alt: '' })),
  'words.vtt': (url) => {
    const film = make('video', { crossOrigin: 'anonymous' })
    const track = make('track', { default: true, src: url })
    film.append(track)
    add(film)
    track.track.mode = 'showing'
    return [track.src === url]
  },
  'typed.js': (url) => {
    const script = make('script', { src: url, textContent: '{ "not": "a", "script": 1 }' })
    script.type = 'text/javascript'
    script.setAttribute('type', 'text/javascript')
    add(script)
  },
  'module.js': (url) => add(make('script', { type: 'module', src: url })),
  'relative.js': (url) => add(make('script', { src: url.replace('http:', '') })),
  'far.js': (url) => add(make('script', { src: url.replace('//', '//very.far.') })),
  'loose.gif': (url) => [(new Image().src = url) === url],
  'picture.gif': (url) => {
    const image = add(make('img', { alt: '', onload: () => heard('picture') }))
    image.src = url
    return [image.src === url]
  },
  'other.gif': (url) => {
    const image = add(make('img', { src: url, alt: '' }))
    image.src = '/own.gif'
    return [image.src.endsWith('/own.gif'), !image.dataset.service]
  },
  'set.gif': (url) => add(make('img', { srcset: `${url} 1x, ${url} 2x`, alt: '' })),
  'chosen.gif': (url) => {
    const picture = make('picture')
    picture.append(make('source', { srcset: url }), make('img', { alt: '' }))
    add(picture)
  },
  'frame.html': (url) => add(make('iframe', { src: url, title: 'frame' })),
  'later.html': (url) => {
    const frame = add(make('iframe', { title: 'later' }))
    frame.src = url
    return [frame.src === url]
  },
  'movie.mp4': (url) => add(make('video', { preload: 'auto', src: url })),
  'poster.gif': (url) => add(make('video', { poster: url })),
  'sound.mp3': (url) => [new Audio(url).src === url],
  'source.mp3': (url) => {
    const sound = add(make('audio', { preload: 'auto' }))
    sound.append(make('source', { src: url }))
  },
  'embed.gif': (url) => add(make('embed', { type: 'image/gif', src: url })),
  'object.gif': (url) => add(make('object', { type: 'image/gif', data: url })),
  'sheet.css': (url) => add(make('link', { rel: 'stylesheet', href: url }), document.head),
  'preload.gif': (url) => add(make('link', { rel: 'preload', as: 'image', href: url }), document.head),
  'responsive.gif': (url) =>
    add(make('link', { rel: 'preload', as: 'image', imageSrcset: `${url} 1x` }), document.head),
  'imageset.gif': (url) => {
    const link = make('link', { rel: 'preload', as: 'image' })
    link.setAttribute('imagesrcset', `${url} 1x`)
    document.head.append(link)
  },
  'markupset.gif': (url) => {
    box().innerHTML = `<link rel="preload" as="image" imagesrcset="${url} 1x">`
  },
  'background.gif': (url) => {
    document.body.background = url
  },
  'tiled.gif': (url) => {
    box().innerHTML = `<table background="${url}"><tr><td>x</table>`
  },
  'tile.gif': (url) => {
    const table = add(make('table'))
    table.insertRow().insertCell().setAttribute('background', url)
  },
  'old.html': (url) => add(make('frame', { src: url })),
  'inner.gif': (url) => {
    box().innerHTML = `<p><img alt="" class=x src=${url}></p>`
  },
  'outer.gif': (url) => {
    box().outerHTML = `<p><IMG alt='>' SRC='${url}'></p>`
  },
  'slash.gif': (url) => {
    box().innerHTML = `<img/src=${url} alt="">`
  },
  'glued.gif': (url) => {
    box().innerHTML = `<img alt=""src="${url}">`
  },
  'apostrophe.gif': (url) => {
    box().innerHTML = `<p title=it's>It's</p><img alt=it's src="${url}">`
  },
  'inner.mp4': (url) => {
    box().innerHTML = `<video preload="auto" src="${url}"></video>`
  },
  'entity.gif': (url) => {
    box().innerHTML = `<img alt="" src="${url.replace('//', '&#x2f;&sol;')}">`
  },
  'dot.gif': (url) => {
    box().innerHTML = `<img alt="" src="${url.replace(/(:\d+)/, '.$1')}">`
  },
  'unsafe.gif': (url) => box().setHTMLUnsafe(`<img alt="" src="${url}">`),
  'declared.gif': (url) =>
    box().setHTMLUnsafe(`<p><template shadowrootmode="open"><img alt="" src="${url}"></template></p>`),
  'shadow.gif': (url) => {
    box().attachShadow({ mode: 'open' }).innerHTML = `<img alt="" src="${url}">`
  },
  'foreign.gif': (url) => {
    const drawing = add(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
    drawing.innerHTML = `<circle r="1"/><foreignObject><img alt="" src="${url}"/></foreignObject>`
    return [drawing.children.length === 2]
  },
  'within.gif': (url) => {
    box().innerHTML = `<template><p><img alt="" src="${url}"></p></template>`
    box().append(document.body.lastChild.previousSibling.firstChild.content.cloneNode(true))
  },
  'adjacent.html': (url) => box().insertAdjacentHTML('beforeend', `<iframe title="x" src="${url}"></iframe>`),
  'fragment.js': (url) => {
    const range = document.createRange()
    range.selectNode(document.body)
    add(range.createContextualFragment(`<script src="${url}"></` + 'script>'))
  },
  'document.gif': (url) => {
    const parsed = Document.parseHTMLUnsafe(`<img alt="" src="${url}">`)
    box().append(...parsed.body.childNodes)
  },
  'parsed.gif': (url) => {
    const parsed = new DOMParser().parseFromString(`<img alt="" src="${url}">`, 'text/html')
    box().append(...parsed.body.childNodes)
  },
  'template.gif': (url) => {
    const template = make('template')
    template.innerHTML = `<img alt="" src="${url}">`
    box().append(document.importNode(template.content, true))
  },
  // Of the page's own markup, with an address of its own.
  'held.gif': () => box().append(document.getElementById('held').content.cloneNode(true)),
  'clone.gif': (url) => box().append(make('img', { src: url, alt: '' }).cloneNode()),
  'fetch.json': (url) => fetch(url).then(() => 'answer', (e) => e instanceof TypeError && 'TypeError'),
  'request.json': (url) => fetch(new Request(url)).then(() => 'answer', (e) => e instanceof TypeError && 'TypeError'),
  'xhr.json': (url) =>
    new Promise((done) => {
      const events = []
      const request = new XMLHttpRequest()
      request.onreadystatechange = () => request.readyState === 4 && events.push(`status ${request.status}`)
      request.onload = () => events.push('load')
      request.onerror = () => events.push('error')
      request.onloadend = () => done(events.join())
      request.open('GET', url)
      request.send()
      events.push('sent')
    }),
  beacon: (url) => [navigator.sendBeacon(url, 'x')],
  socket: (url) =>
    new Promise((done) => {
      const socket = new WebSocket(url.replace('http:', 'ws:'))
      const state = `${socket.readyState} ${socket instanceof WebSocket}`
      socket.onerror = () => done(`${state} error`)
    }),
  events: (url) =>
    new Promise((done) => {
      const source = new EventSource(url)
      source.onerror = () => done(`error ${source instanceof EventSource} ${source.readyState}`)
    }),
  'imported.js': (url) => {
    const text = new Blob([`importScripts("${url}")`], { type: 'text/javascript' })
    new Worker(URL.createObjectURL(text)).onerror = (e) => e.preventDefault()
  },
  'shared.js': (url) => {
    const text = new Blob([`importScripts("${url}")`], { type: 'text/javascript' })
    new SharedWorker(URL.createObjectURL(text))
  },
  'worker.js': (url) => {
    try {
      new Worker(url).onerror = (e) => e.preventDefault()
    } catch {
      // What every browser does to a worker of another host.
    }
  },
}

const heard = (what) => (window.news = [...(window.news ?? []), what])

async function insert(at) {
  const seen = {}
  for (const [path, work] of Object.entries(insertions)) {
    const outcome = await work(at + path)
    if (Array.isArray(outcome) ? outcome.includes(false) : typeof outcome === 'string') seen[path] = String(outcome)
  }
  return seen
}
