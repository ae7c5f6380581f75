// Stand-in for analytics.js, the Google Analytics library of the declarations:
// it works off the queue that the page's snippet has filled. Which cookies a
// property writes differs between the three services that embed it.
(function () {
  'use strict'
  var properties = {
    'UA-18640001-1': {{ages "billettlosning" "_g"}},
    'UA-18640001-2': {{ages "kommunekart" "_g"}},
    'UA-18640001-3': {{ages "kommune-tv" "_g"}}
  }
  var queue = (window.ga && window.ga.q) || []
  var property
  var flags = ''

  function read(name) {
    var pair = document.cookie.split('; ').find(function (text) {
      return text.indexOf(name + '=') === 0
    })
    return pair && pair.slice(name.length + 1)
  }

  // The library writes for the widest domain that takes the cookie, here the
  // host itself; in a frame the embedder asks for SameSite=None instead.
  function keep(name, age) {
    var value = read(name) || (name === '_gat' ? '1' : 'GA1.2.' + Math.floor(Math.random() * 2e9))
    var widest = flags ? '' : '; domain=' + location.hostname
    document.cookie = name + '=' + value + '; path=/; max-age=' + age + widest + flags
  }

  function command(args) {
    if (args[0] === 'create') {
      property = args[1]
      flags = (args[2] && args[2].cookieFlags) ? '; ' + args[2].cookieFlags : ''
      var ages = properties[property] || {}
      Object.keys(ages).forEach(function (name) { keep(name, ages[name]) })
    }
    if (args[0] === 'send') {
      new Image().src = '{{host "analytics"}}/collect?v=1&t=' + args[1] + '&tid=' + property
    }
  }

  queue.forEach(command)
  window.ga = function () { command(arguments) }
})()
