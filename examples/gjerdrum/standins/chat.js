// The chat: keeps the conversation apart from others' for 17 minutes, asks its
// server whether it is open, and answers from a short list.
(function () {
  'use strict'
  Object.keys(window.kariAges).forEach(function (name) {
    document.cookie = name + '=' + Math.random().toString(36).slice(2) +
      '; path=/; max-age=' + window.kariAges[name] + '; SameSite=None; Secure; Partitioned'
  })
  fetch('/kari/status')

  var answers = [
    [/barnehage/i, 'Søknadsfristen for barnehageplass er 1. mars. Du søker på skjemasiden.'],
    [/avfall|søppel|sorter/i, 'Se filmen om sortering på siden Slik sorterer du avfallet.'],
    [/åpning|åpent|rådhus/i, 'Innbyggertorget er åpent mandag til fredag fra klokka 8 til 15.30.'],
    [/kart|eiendom|tomt/i, 'Kart og eiendommer finner du på siden Kart.'],
    [/billett|konsert|kultur/i, 'Billetter til kulturhuset bestiller du på siden Billetter.'],
    [/hei|hallo|god dag/i, 'Hei! Hva lurer du på?']
  ]
  var talk = document.querySelector('.talk')
  var input = document.querySelector('input')

  function say(who, text) {
    var line = document.createElement('p')
    line.className = who
    line.textContent = text
    talk.append(line)
    talk.scrollTop = talk.scrollHeight
  }
  document.querySelector('form').addEventListener('submit', function (event) {
    event.preventDefault()
    var text = input.value.trim()
    if (!text) return
    say('you', text)
    input.value = ''
    var match = answers.find(function (pair) { return pair[0].test(text) })
    say('kari', match ? match[1] : 'Det vet jeg ikke. Ring Innbyggertorget på 66 10 60 00, så hjelper de deg.')
  })
})()
