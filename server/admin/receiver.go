package admin

import (
	"context"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// receiver is the person, who receives a file as long as their login holds and they may do
// something in the organisation that the page is about, or in the installation where it is
// about none. It outlives the request.
func (r *request) receiver(permission consent.Permission) *export.Receiver {
	a, token, organisation := r.Admin, strings.Clone(r.token), consent.OrganisationID("")
	if r.organisation != nil {
		organisation = r.organisation.ID
	}
	return &export.Receiver{Conn: r.c.Context().Conn(), May: func(ctx context.Context) error {
		_, account, err := a.holder(ctx, token)
		if err != nil {
			return err
		}
		if account == nil || organisation == "" && !account.Operator || organisation != "" && !account.Role(organisation).May(permission) {
			return errReceived()
		}
		return nil
	}}
}

// errReceived ends a file on its way.
func errReceived() error {
	return consent.Errorf(consent.Forbidden, "not_permitted", "The login, or the right to this file, has ended meanwhile.")
}
