// The map: drag, arrow keys and buttons move and scale one drawing.
(function () {
  'use strict'
  var map = document.querySelector('.map')
  var drawing = map.querySelector('img')
  var scale = 1, x = 0, y = 0, from = null

  function show() {
    drawing.style.transform = 'translate(' + x + 'px,' + y + 'px) scale(' + scale + ')'
  }
  function zoom(factor) {
    if (!factor) { scale = 1; x = y = 0 }
    var next = Math.min(5, Math.max(1, scale * (factor || 1)))
    x *= next / scale; y *= next / scale
    scale = next
    show()
  }
  document.querySelectorAll('[data-zoom]').forEach(function (button) {
    button.addEventListener('click', function () { zoom(Number(button.dataset.zoom)) })
  })
  fetch('/kart/status')
  map.addEventListener('keydown', function (event) {
    var moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }
    var move = moves[event.key]
    if (move) { x += move[0]; y += move[1]; show(); event.preventDefault() }
    if (event.key === '+') zoom(1.4)
    if (event.key === '-') zoom(1 / 1.4)
  })
  map.addEventListener('pointerdown', function (event) {
    from = [event.clientX - x, event.clientY - y]
    map.setPointerCapture(event.pointerId)
  })
  map.addEventListener('pointermove', function (event) {
    if (!from) return
    x = event.clientX - from[0]; y = event.clientY - from[1]
    show()
  })
  map.addEventListener('pointerup', function () { from = null })
})()
