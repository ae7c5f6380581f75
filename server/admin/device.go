package admin

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// deviceCookie tells a browser in which somebody has logged in from those of strangers,
// so that guesses elsewhere do not make its person wait. It opens nothing. Its tickets
// can be read by us alone; each is of use for one account, until its password changes.
const (
	deviceCookie  = "__Host-samtykke-device"
	deviceLasts   = 180 * 24 * time.Hour
	devicePurpose = "a browser that somebody has logged in with"
	deviceID      = 16 // bytes
	// mostDevices is how many people who share a browser are known in it.
	mostDevices = 4
)

// device gives by what the browser is known of an account, "" when it is not.
func (r *request) device(account *consent.Account) string {
	for _, text := range r.devices() {
		if t := r.deviceOf(account.ID, text); t != nil && bytes.Equal(t.Data[deviceID:], shownPassword(account)) {
			return hex.EncodeToString(t.Data[:deviceID])
		}
	}
	return ""
}

func (r *request) devices() []string {
	all := strings.Split(r.c.Cookies(deviceCookie), ".")
	return all[:min(len(all), mostDevices)]
}

// deviceOf reads a ticket, nil for one that is not the account's.
func (r *request) deviceOf(account consent.AccountID, text string) *ticket {
	t, err := r.readTicket(devicePurpose, text)
	if err != nil || t.Account != account || len(t.Data) < deviceID {
		return nil
	}
	return t
}

// know has the browser known of an account from now on, while it has a password.
func (r *request) know(account *consent.Account, password string) error {
	if password == "" {
		return nil
	}
	id := make([]byte, deviceID)
	_, _ = rand.Read(id) // never fails: the program ends instead
	text, err := r.issue(devicePurpose, account.ID, deviceLasts, append(id, shownPassword(&consent.Account{Password: password})...))
	if err != nil {
		return err
	}
	all := []string{text}
	for _, other := range r.devices() {
		if len(all) < mostDevices && other != "" && r.deviceOf(account.ID, other) == nil {
			all = append(all, other)
		}
	}
	r.cook(deviceCookie, strings.Join(all, "."), deviceLasts, fiber.CookieSameSiteStrictMode)
	return nil
}
