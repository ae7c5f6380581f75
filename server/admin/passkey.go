package admin

import (
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/samtykke/samtykke/consent"
)

// keyPurpose is what a passkey is asked for. What was asked for one is no answer to
// another.
type keyPurpose string

// What passkeys are asked for.
const (
	keyForLogin      keyPurpose = "passkey to log in"
	keyForSecond     keyPurpose = "passkey as second factor"
	keyForConfirming keyPurpose = "passkey to confirm"
	keyForAdding     keyPurpose = "passkey to add"
)

// keyLasts is how long a page may wait for a passkey: as long as a form is looked
// at before a login.
const keyLasts = 15 * time.Minute

// newPasskeys binds passkeys to the host of the administration. They need a name,
// so there are none where the address is a number.
func newPasskeys(address string) *webauthn.WebAuthn {
	place, err := url.Parse(address)
	if err != nil {
		return nil
	}
	keys, err := webauthn.New(&webauthn.Config{
		RPID: place.Hostname(), RPDisplayName: "Samtykke", RPOrigins: []string{address},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil
	}
	return keys
}

// keyOffer is what a page needs to ask the browser for a passkey.
type keyOffer struct {
	Options string // JSON of WebAuthn
	Ticket  string
}

// offerKey asks for a passkey of whoever has one. Nil: there are none here.
func (r *request) offerKey(purpose keyPurpose, account consent.AccountID) (*keyOffer, error) {
	if r.keys == nil {
		return nil, nil //nolint:nilnil // a page offers none then
	}
	asked, session, err := r.keys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return r.newOffer(purpose, account, asked.Response, session)
}

// offerNewKey asks for a new passkey of the person.
func (r *request) offerNewKey(factors *consent.Factors) (*keyOffer, error) {
	if r.keys == nil {
		return nil, nil //nolint:nilnil // a page offers none then
	}
	holder, err := newHolder(r.account, factors.Passkeys)
	if err != nil {
		return nil, err
	}
	asked, session, err := r.keys.BeginRegistration(holder, webauthn.WithExclusions(holder.known()))
	if err != nil {
		return nil, fmt.Errorf("ask for a new passkey: %w", err)
	}
	return r.newOffer(keyForAdding, r.account.ID, asked.Response, session)
}

func (r *request) newOffer(purpose keyPurpose, account consent.AccountID, asked any, session *webauthn.SessionData) (*keyOffer, error) {
	options, err := json.Marshal(asked)
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	data, err := json.Marshal(session)
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	text, err := r.issue(string(purpose), account, keyLasts, data)
	return &keyOffer{string(options), text}, err
}

// asked gives what a passkey was asked for, once.
func (r *request) asked(purpose keyPurpose, account consent.AccountID) (*webauthn.SessionData, error) {
	t, err := r.readTicket(string(purpose), r.form.Get("ticket"))
	if err != nil {
		return nil, err
	}
	session := new(webauthn.SessionData)
	if err := json.Unmarshal(t.Data, session); err != nil || t.Account != account || r.keys == nil {
		return nil, errStaleTicket()
	}
	return session, nil
}

// checkKey gives whose passkey a form holds. Of a person it takes theirs only. One that
// is right never waits: nobody guesses it, and nobody who shares a network with its
// person keeps them out.
func (r *request) checkKey(purpose keyPurpose, of *consent.Account) (*consent.Account, error) {
	id := consent.AccountID(0)
	if of != nil {
		id = of.ID
	}
	session, err := r.asked(purpose, id)
	if err != nil {
		return nil, err
	}
	account, used, err := r.signed(session)
	if err != nil || of != nil && account.ID != of.ID || account.Closed {
		if wait := r.delays.try(strangers(r.peers.Network(r.c))...); wait > 0 {
			return nil, r.errWait(wait)
		}
		r.Log.InfoContext(r.ctx, "a passkey was refused", "error", err)
		return nil, consent.Errorf(consent.Invalid, "bad_passkey", "The passkey does not belong to an account here.")
	}
	if !r.spent.first(session.Challenge, r.Clock().Add(keyLasts)) {
		return nil, errStaleTicket()
	}
	keeping := r.ctx
	if used.Copied { // which opens nothing, so what was to be done with it is no act
		keeping = consent.WithoutAct(keeping)
	}
	if err := r.Store.UsePasskey(keeping, used); err != nil {
		return nil, err
	}
	if used.Copied {
		return nil, consent.Errorf(consent.Forbidden, "copied_passkey", "The passkey seems to have been copied, and is not taken any more. Log in with your password, and remove it.")
	}
	r.passkey = used.ID
	return account, nil
}

// signed checks the signature of a form, and gives the account with the passkey as
// it is after this use.
func (r *request) signed(session *webauthn.SessionData) (*consent.Account, *consent.Passkey, error) {
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(r.form.Get("credential")))
	if err != nil {
		return nil, nil, err
	}
	var account *consent.Account
	var passkey *consent.Passkey
	credential, err := r.keys.ValidateDiscoverableLogin(func(id, _ []byte) (webauthn.User, error) {
		var err error
		if passkey, err = r.Store.Passkey(r.ctx, id); err != nil {
			return nil, err
		}
		if account, err = r.Store.Account(r.ctx, passkey.Account); err != nil {
			return nil, err
		}
		return newHolder(account, []consent.Passkey{*passkey})
	}, *session, answer)
	if err != nil {
		return nil, nil, err
	}
	passkey.Used = r.Clock()
	passkey.Copied = passkey.Copied || credential.Authenticator.CloneWarning
	passkey.Credential, err = json.Marshal(credential)
	return account, passkey, err
}

// addKey stores the passkey that a form holds.
func (r *request) addKey(name string) error {
	session, err := r.asked(keyForAdding, r.account.ID)
	if err != nil {
		return err
	}
	refused := consent.Errorf(consent.Invalid, "bad_new_passkey", "The device did not give a passkey that can be used. Try again, or use another device.")
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(r.form.Get("credential")))
	if err != nil {
		return refused
	}
	holder, err := newHolder(r.account, nil)
	if err != nil {
		return err
	}
	credential, err := r.keys.CreateCredential(holder, *session, answer)
	if err != nil {
		r.Log.InfoContext(r.ctx, "a new passkey was refused", "error", err)
		return refused
	}
	if !r.spent.first(session.Challenge, r.Clock().Add(keyLasts)) {
		return errStaleTicket()
	}
	text, err := json.Marshal(credential)
	if err != nil {
		return err
	}
	return r.Store.AddPasskey(r.ctx, &consent.Passkey{ID: credential.ID, Account: r.account.ID, Name: name, Credential: text, Added: r.Clock()})
}

// holder is an account as WebAuthn sees it.
type holder struct {
	account *consent.Account
	keys    []webauthn.Credential
}

func newHolder(account *consent.Account, passkeys []consent.Passkey) (*holder, error) {
	h := &holder{account: account}
	for i := range passkeys {
		var credential webauthn.Credential
		if err := json.Unmarshal(passkeys[i].Credential, &credential); err != nil {
			return nil, fmt.Errorf("read a passkey: %w", err)
		}
		h.keys = append(h.keys, credential)
	}
	return h, nil
}

// known are the passkeys of which a device makes no second one.
func (h *holder) known() []protocol.CredentialDescriptor {
	list := make([]protocol.CredentialDescriptor, len(h.keys))
	for i := range h.keys {
		list[i] = h.keys[i].Descriptor()
	}
	return list
}

// WebAuthnID is kept on devices, so it says nothing of the person.
func (h *holder) WebAuthnID() []byte {
	sum := consent.HashOf(fmt.Appendf(nil, "samtykke account %d of %d", h.account.ID, h.account.Created.UnixMilli()))
	return sum[:]
}

// WebAuthnName is what a device shows.
func (h *holder) WebAuthnName() string { return h.account.Email }

// WebAuthnDisplayName is what a device shows, too.
func (h *holder) WebAuthnDisplayName() string { return h.account.Name }

// WebAuthnCredentials are the passkeys.
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }
