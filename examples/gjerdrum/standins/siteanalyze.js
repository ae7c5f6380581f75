// Stand-in for the script of Siteimprove Analytics: a persistent visitor id, a
// session, and one request per page view. It runs in the municipality's page
// and writes the municipality's cookies.
(function () {
  'use strict'
  var ages = {{ages "siteimprove-analytics" ""}}

  function keep(name) {
    var old = document.cookie.split('; ').find(function (pair) {
      return pair.indexOf(name + '=') === 0
    })
    var value = old ? old.slice(name.length + 1) : Math.random().toString(36).slice(2)
    document.cookie = name + '=' + value + '; path=/' + (ages[name] ? '; max-age=' + ages[name] : '')
    return value
  }

  Object.keys(ages).forEach(keep)
  new Image().src = '{{host "siteimprove"}}/image.aspx?title=' + encodeURIComponent(document.title)
})()
