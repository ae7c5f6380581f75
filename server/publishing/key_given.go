package publishing

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// actInviteKey is how the audit trail names what a key invited.
const actInviteKey = "api.member.invite"

// aroundInvitation is how far from when an invitation was made its act may stand: the
// act is begun before a letter is sent, the invitation stored after it.
const aroundInvitation = time.Hour

// CheckGiven refuses a role that publishes from a key where two people are required:
// Forbidden (code "two_people_key"). Whoever holds the key would make their own second
// person, who counts as let in by its maker. What somebody had already is kept.
func (p *Publisher) CheckGiven(ctx context.Context, organisation consent.OrganisationID, had, role consent.AccountRole) error {
	if !role.May(consent.MayPublish) || had.Covers(role) {
		return nil
	}
	err := p.CheckKey(ctx, organisation)
	if isTwoKey(err) {
		return consent.Errorf(consent.Forbidden, "two_people_key", "Two people are required here, and a key may be held by anybody: give a role that publishes on the page.")
	}
	return err
}

// CheckInvitation refuses what a key would not be let give, when its invitation is from
// before two people were required: Forbidden (code "key_invitation").
func (p *Publisher) CheckInvitation(ctx context.Context, invitation *consent.Invitation) error {
	if !invitation.Role.May(consent.MayPublish) {
		return nil
	}
	needed, err := p.store.NeedsTwo(ctx, invitation.Organisation)
	if err != nil || !needed {
		return err
	}
	key, err := p.invitedByKey(ctx, invitation)
	if err == nil && key {
		return consent.Errorf(consent.Forbidden, "key_invitation", "The invitation was made with a key, and two people are required to publish there: a key may be held by anybody. An administrator has to invite on the page.")
	}
	return err
}

func (p *Publisher) invitedByKey(ctx context.Context, invitation *consent.Invitation) (bool, error) {
	made, told := invitation.Expires.Add(-consent.LinkLasts), " "+consent.ToldInvitation(invitation.ID)
	query := consent.TrailQuery{
		Organisation: invitation.Organisation, Account: invitation.Maker, Action: actInviteKey,
		From: made.Add(-aroundInvitation), Until: made.Add(aroundInvitation),
	}
	for {
		acts, err := p.store.Acts(ctx, query)
		if err != nil || len(acts) == 0 {
			return false, err
		}
		if slices.ContainsFunc(acts, func(e consent.ActEntry) bool { return strings.HasSuffix(e.Object, told) }) {
			return true, nil
		}
		query.Before = &acts[len(acts)-1]
	}
}
