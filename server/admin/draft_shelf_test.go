package admin_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A long draft is read before the first person looks, not by the first look; a short
// one by the first look at it.
func TestLongDraftIsReadAhead(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	h.edit(func(d *consent.Draft) { lengthen(d, 2000, 0) })
	h.admin.ReadAhead(t.Context())
	h.keepsWhatIsStored(t)
	h.draftsRead()
	kari.get("/sites/skogen/inventory").shows(t, 200)
	if read := h.draftsRead(); read != 0 {
		t.Errorf("the first look at a long draft reads it %d times, want 0", read)
	}
	kari.get("/sites/havet/inventory").shows(t, 200)
	if read := h.draftsRead(); read != 1 {
		t.Errorf("the first look at a short draft reads it %d times, want 1", read)
	}
}

// The draft of yesterday is not read again, but it is judged by today: a warning of a day
// that had not come is gone once it has.
func TestKeptDraftIsJudgedByTheDay(t *testing.T) {
	h := open(t)
	ahead := consent.DayOf(h.clock()) + 2 // tomorrow is today somewhere else
	h.edit(func(d *consent.Draft) {
		d.Services[0].Provider.Transfer = &consent.Transfer{Country: "US", Basis: consent.TransferSCC, Checked: ahead.String()}
	})
	h.member("kari@example.no", consent.RoleEditor, skogen).get("/sites/skogen/inventory").shows(t, 200)
	_, before, _ := h.admin.Kept("skogen")
	h.draftsRead()
	h.wait(24 * time.Hour)
	h.member("ola@example.no", consent.RoleEditor, skogen).get("/sites/skogen/inventory").shows(t, 200)
	if _, after, _ := h.admin.Kept("skogen"); after != before-1 {
		t.Errorf("%d problems today, %d yesterday, want one fewer", after, before)
	}
	if read := h.draftsRead(); read != 0 {
		t.Errorf("a draft that nobody saved is read %d times, want 0", read)
	}
}

// Many short drafts are kept beside a long one; of many long ones those that were looked
// at last.
func TestLongDraftsAreNotAllKept(t *testing.T) {
	shelf := admin.NewDraftShelf()
	keep := func(site string, services int) {
		d := storagetest.Draft(consent.SiteKey(site))
		d.Services[0].Cookies = nil
		lengthen(&d, services, 0)
		shelf.Keep(&d)
	}
	keep("long", 20_000)
	for n := range 400 {
		keep(fmt.Sprintf("short-%d", n), 10)
	}
	if got := shelf.Has("long", "short-0", "short-399"); got != 3 {
		t.Errorf("%d of a long draft and two short ones are kept, want all", got)
	}
	keep("long", 30_000)
	if got := shelf.Has("long", "short-0", "short-399"); got != 3 {
		t.Errorf("%d are kept once the long one is saved with more, want all", got)
	}
	shelf.Look("short-399")
	keep("other", 30_000)
	if got := shelf.Has("long"); got != 0 {
		t.Error("two long drafts are kept that together are too long")
	}
	if got := shelf.Has("other", "short-399"); got != 2 {
		t.Errorf("%d of those that were looked at last are kept, want both", got)
	}
	keep("longest", 80_000)
	if got := shelf.Has("longest"); got != 1 {
		t.Error("a draft that is longer than all others together is not kept")
	}
}
