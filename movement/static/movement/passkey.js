// Ties allauth's passkey scripts to our buttons. Without JavaScript, or on a device without passkeys, the
// buttons stay hidden and a code by mail does the same.
(function () {
  const button = document.getElementById('passkey-button')
  const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms
  if (!button || !forms || !window.PublicKeyCredential) return
  const form = button.form
  const ids = { credential: 'passkey-credential', data: 'passkey-data' }
  form.hidden = false
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.getElementById('passkey-error').hidden = false
  })
  if (form.id === 'passkey-login') {
    forms.loginForm({ ids: { ...ids, login: button.id } })
  } else if (form.id === 'passkey-add') {
    // A passkey of ours always asks for the face, finger or PIN of the device: it is two steps in one.
    const always = document.createElement('input')
    always.type = 'checkbox'
    always.id = 'passkey-always'
    always.checked = true
    always.hidden = true
    document.body.append(always)
    forms.addForm({ ids: { ...ids, add: button.id, passwordless: always.id } })
  } else {
    forms.authenticateForm({ ids: { ...ids, authenticate: button.id } })
  }
})()
