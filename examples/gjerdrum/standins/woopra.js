// Stand-in for the tracker of Woopra: one persistent id, one event per view.
(function () {
  'use strict'
  var ages = {{ages "kommunekart" "woo"}}
  Object.keys(ages).forEach(function (name) {
    if (document.cookie.indexOf(name + '=') < 0) {
      document.cookie = name + '=' + Math.random().toString(36).slice(2) +
        '; path=/; max-age=' + ages[name] + '; SameSite=None; Secure; Partitioned'
    }
  })
  new Image().src = '{{host "woopra"}}/track/ce?event=pv'
})()
