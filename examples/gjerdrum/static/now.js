// "Akkurat nå": shows, for the curious, which cookies exist and whom the page
// has contacted. It reads only, and asks only while the box is open.
(function () {
  'use strict'
  var box = document.querySelector('.now')
  var details = box.querySelector('details')
  var words = box.dataset
  var known = JSON.parse(words.known)
  var hidden = words.hidden.split(' ').filter(Boolean)
  var residual = words.residual.split(' ').filter(Boolean)
  var shown = {}

  function names() {
    return document.cookie.split('; ').filter(Boolean).map(function (pair) { return pair.split('=')[0] })
  }

  // Draws a list only when it has changed, so that readers are not disturbed.
  function draw(list, rows, none) {
    var key = JSON.stringify(rows)
    if (shown[list] === key) return
    shown[list] = key
    var items = rows.map(function (row) {
      var item = document.createElement('li')
      var code = document.createElement('code')
      code.textContent = row.name
      item.className = row.gone ? 'gone' : ''
      item.append(code, row.text)
      return item
    })
    if (!items.length) {
      var empty = document.createElement('li')
      empty.textContent = none
      items.push(empty)
    }
    box.querySelector('[data-list=' + list + ']').replaceChildren.apply(
      box.querySelector('[data-list=' + list + ']'), items)
  }

  function drawCookies() {
    var here = names()
    var rows = here.map(function (name) {
      return { name: name, text: ' – ' + (known[name] || words.unknown) }
    })
    hidden.forEach(function (name) {
      rows.push({ name: name, text: ' – ' + known[name] + ', ' + words.server })
    })
    residual.forEach(function (name) {
      if (here.indexOf(name) < 0) rows.push({ name: name, text: ' – ' + words.removed, gone: true })
    })
    draw('cookies', rows, words.none)
  }

  function drawParties(log) {
    var hosts = {}
    log.requests.forEach(function (hit) {
      hosts[hit.host] = (hosts[hit.host] || 0) + hit.count
    })
    draw('parties', Object.keys(hosts).map(function (host) {
      var kept = log.cookies.filter(function (cookie) { return cookie.host === host })
        .map(function (cookie) { return cookie.name })
      return { name: host, text: ' × ' + hosts[host] + (kept.length ? '. ' + words.foreign + ' ' + kept.join(', ') : '') }
    }), words.quiet)
  }

  function refresh() {
    if (!details.open) return
    drawCookies()
    fetch('/_demo/requests').then(function (answer) { return answer.json() }).then(drawParties)
      .catch(function () { /* the replica has stopped: what is shown stays */ })
      .then(function () { setTimeout(refresh, 1000) })
  }

  details.addEventListener('toggle', refresh)
  box.querySelector('[data-reset]').addEventListener('click', function () {
    fetch('/_demo/reset', { method: 'POST' })
  })
})()
