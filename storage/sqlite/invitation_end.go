package sqlite

import (
	"context"
	"fmt"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

const (
	madeBy   = invitationTable + ` WHERE maker = ? ORDER BY organisation, email`
	madeIn   = invitationTable + ` WHERE maker = ? AND organisation = ? ORDER BY email`
	madeWith = invitationTable + ` WHERE made_with = ? ORDER BY email`
)

// offers ends the invitations that a statement gives, each with an act in the trail of its
// organisation that tells why: the key that made it, or else who did.
func (e ended) offers(ctx context.Context, which string, args ...any) error {
	invitations, err := e.invitations(ctx, which, args...)
	if err != nil {
		return err
	}
	for i := range invitations {
		if err := e.offer(ctx, &invitations[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e ended) offer(ctx context.Context, i *consent.Invitation) error {
	if err := do(ctx, e.conn, dropInvitation, string(i.Organisation), i.ID[:]); err != nil || e.by == nil {
		return err
	}
	why := "key=" + string(i.Key)
	if i.Key == "" {
		why = "person=" + strconv.FormatInt(int64(i.Maker), 10)
	}
	act := consent.Act{
		Time: e.by.Act.Time, Account: e.by.Act.Account, Organisation: i.Organisation, Action: consent.InvitationEnd,
		Object: string(i.Role) + " " + consent.ToldInvitation(i.ID) + " " + why,
	}
	return e.record(ctx, &act)
}

func (e ended) invitations(ctx context.Context, which string, args ...any) (all []consent.Invitation, err error) {
	rows, err := e.conn.QueryContext(ctx, which, args...)
	if err != nil {
		return nil, fmt.Errorf("list the invitations that end: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		invitation, err := scanInvitation(rows)
		if err != nil {
			return nil, fmt.Errorf("read an invitation that ends: %w", err)
		}
		all = append(all, *invitation)
	}
	return all, rows.Err()
}
