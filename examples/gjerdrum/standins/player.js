// The player: runs the drawing's animation and shows one caption at a time.
// Council TV reports, as the declaration says, what is watched and for how long.
(function () {
  'use strict'
  var button = document.querySelector('.play')
  var label = button.querySelector('b')
  var caption = document.querySelector('.caption')
  var captions = button.dataset.captions.split('|')
  var film = document.querySelector('.film')
  var next = 0, timer = 0

  function drawing() { return film.contentDocument && film.contentDocument.documentElement }
  function run(playing) {
    var svg = drawing()
    if (svg) svg.classList.toggle('playing', playing)
    button.setAttribute('aria-pressed', String(playing))
    label.textContent = playing ? 'Pause' : 'Spill av'
    clearInterval(timer)
    if (playing) { show(); timer = setInterval(show, 4000) }
  }
  function report() {
    if (button.dataset.report) fetch(button.dataset.report)
  }
  function show() {
    report()
    caption.textContent = captions[next]
    next = (next + 1) % captions.length
    if (next === 0) { clearInterval(timer); timer = setTimeout(function () { run(false) }, 4000) }
  }
  report()
  button.setAttribute('aria-pressed', 'false')
  button.addEventListener('click', function () { run(button.getAttribute('aria-pressed') === 'false') })
})()
