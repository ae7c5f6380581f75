package publishing

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// CheckGiven refuses a role that publishes from a key where two people are required:
// Forbidden (code "two_people_key"). Whoever holds the key would make their own second
// person, who counts as let in by its maker. SetRole of the store refuses the same itself.
func (p *Publisher) CheckGiven(ctx context.Context, organisation consent.OrganisationID, role consent.AccountRole) error {
	if !role.May(consent.MayPublish) {
		return nil
	}
	err := p.CheckKey(ctx, organisation)
	if isTwoKey(err) {
		return consent.ErrGivenByKey()
	}
	return err
}

// CheckInvitation refuses what a key would not be let give, when its invitation is from
// before two people were required: Forbidden (code "key_invitation").
func (p *Publisher) CheckInvitation(ctx context.Context, invitation *consent.Invitation) error {
	if invitation.Key == "" || !invitation.Role.May(consent.MayPublish) {
		return nil
	}
	needed, err := p.store.NeedsTwo(ctx, invitation.Organisation)
	if err != nil || !needed {
		return err
	}
	return consent.ErrInvitedByKey()
}
