package storagetest

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testSites(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)

	t.Run("none at first", func(t *testing.T) {
		sites, err := store.Sites(ctx)
		must(t, err)
		if len(sites) != 0 {
			t.Fatalf("a new store has sites: %v", sites)
		}
		_, err = store.Draft(ctx, "nowhere")
		wantKind(t, err, consent.NotFound, "")
	})
	t.Run("a draft comes back as it was saved", func(t *testing.T) {
		saved := Draft("skogen")
		must(t, store.SaveDraft(ctx, saved, Morning))
		got, err := store.Draft(ctx, "skogen")
		must(t, err)
		if !reflect.DeepEqual(*got, saved) {
			t.Fatalf("got draft\n%+v, want\n%+v", *got, saved)
		}
	})
	t.Run("saving again replaces", func(t *testing.T) {
		later := Morning.Add(time.Hour)
		draft := Draft("skogen")
		draft.Site.Name[consent.Bokmaal] = "Skogen kommune"
		must(t, store.SaveDraft(ctx, draft, later))
		must(t, store.SaveDraft(ctx, Draft("havet"), later))
		sites, err := store.Sites(ctx)
		must(t, err)
		if len(sites) != 2 || sites[0].Key != "havet" || sites[1].Key != "skogen" {
			t.Fatalf("got sites %+v, want havet and skogen in key order", sites)
		}
		got := sites[1]
		if got.Organisation != draft.Organisation.ID || got.Name[consent.Bokmaal] != "Skogen kommune" || !got.Changed.Equal(later) || got.Notice != 0 {
			t.Fatalf("got entry %+v", got)
		}
	})
	t.Run("no draft moves its site to another organisation", func(t *testing.T) { staysIn(t, store) })
	t.Run("a draft makes its organisation with an act, and changes none", func(t *testing.T) { makesOrganisation(t, store) })
	t.Run("the size is that of the longest of draft and notices", func(t *testing.T) {
		_, err := store.SiteSize(ctx, "nowhere")
		wantKind(t, err, consent.NotFound, "")
		size := func() int {
			t.Helper()
			n, err := store.SiteSize(ctx, "skogen")
			must(t, err)
			return n
		}
		small, draft := size(), Draft("skogen")
		draft.Services[0].Notes = []string{strings.Repeat("æ", 5000)}
		must(t, store.SaveDraft(ctx, draft, Morning))
		if grown := size() - small; grown < 10_000 || grown > 10_100 {
			t.Errorf("10,000 bytes make it %d larger", grown)
		}
		draft.Services[0].Notes = nil
		draft.Services[0].Purpose = consent.Text{consent.Bokmaal: strings.Repeat("x", 900), consent.English: strings.Repeat("x", 900)}
		PublishDraft(ctx, t, store, draft)
		long := size()
		must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
		if left := size(); left < long-500 || left < small+1500 {
			t.Errorf("a short draft of a long notice has size %d, the long one had %d, and the short one %d", left, long, small)
		}
	})
	t.Run("a site key that no address can hold is refused", func(t *testing.T) {
		for _, key := range []consent.SiteKey{"", "Æ", "a b", "-a", "a/b", "A", consent.SiteKey(make([]byte, 41))} {
			wantKind(t, store.SaveDraft(ctx, Draft(key), Morning), consent.Invalid, "invalid_site")
		}
	})
}

// staysIn holds that the site skogen stays where it is, whichever way its draft is saved,
// and that a refusal saves nothing.
func staysIn(t *testing.T, store consent.Store) {
	draft, revision, err := store.DraftAt(t.Context(), "skogen")
	must(t, err)
	in := draft.Organisation
	draft.Organisation = consent.Organisation{ID: "elsewhere", Name: "Elsewhere"}
	act := consent.Act{Time: Morning, Organisation: draft.Organisation.ID, Site: "skogen", Action: "draft.import"}
	acting := consent.WithAct(t.Context(), act)
	wantKind(t, store.SaveDraft(acting, *draft, Morning), consent.Conflict, "other_organisation")
	wantKind(t, store.ReplaceDraft(acting, draft, revision, Morning), consent.Conflict, "other_organisation")
	wantKind(t, store.ReplaceDrafts(acting, []consent.DraftChange{{Draft: draft, Was: revision, Act: act}}, Morning), consent.Conflict, "other_organisation")
	if entry, err := store.Site(t.Context(), "skogen"); err != nil || entry.Organisation != in.ID {
		t.Errorf("the site is in %q, %v", entry.Organisation, err)
	}
	if now, at, err := store.DraftAt(t.Context(), "skogen"); err != nil || now.Organisation != in || at != revision {
		t.Errorf("the draft is of %+v at revision %d, %v", now.Organisation, at, err)
	}
	all, err := store.Organisations(t.Context())
	must(t, err)
	if slices.ContainsFunc(all, func(o consent.Organisation) bool { return o.ID == draft.Organisation.ID }) {
		t.Error("what was refused made an organisation")
	}
	for _, trail := range []consent.OrganisationID{"", "elsewhere"} {
		if acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: trail}); err != nil || len(acts) != 0 {
			t.Errorf("what was refused is told: %+v, %v", acts, err)
		}
	}
}

// makesOrganisation holds that both acts are told where an organisation is made, and that
// one which is there keeps its name.
func makesOrganisation(t *testing.T, store consent.Store) {
	draft := Draft("elva")
	draft.Organisation = consent.Organisation{ID: "elva", Name: "Elva", Number: "974760673"}
	acting := func(by consent.AccountID) context.Context {
		return consent.WithAct(t.Context(), consent.Act{Time: Morning, Account: by, Organisation: "elva", Site: "elva", Action: "site.import"})
	}
	must(t, store.SaveDraft(acting(7), draft, Morning))
	beside := Draft("bekken")
	beside.Organisation = consent.Organisation{ID: "bekken", Name: "Bekken", Number: draft.Organisation.Number}
	wantKind(t, store.SaveDraft(acting(7), beside, Morning), consent.Conflict, "same_number")
	_, err := store.Site(t.Context(), "bekken")
	wantKind(t, err, consent.NotFound, "unknown_site")
	draft.Organisation.Name, draft.Organisation.Number = "Another", "864949762"
	must(t, store.SaveDraft(acting(0), draft, Morning))
	all, err := store.Organisations(t.Context())
	must(t, err)
	if !slices.Contains(all, consent.Organisation{ID: "elva", Name: "Elva", Number: "974760673"}) {
		t.Errorf("the organisations are %+v", all)
	}
	acts, err := store.Acts(t.Context(), consent.TrailQuery{})
	must(t, err)
	if len(acts) != 1 || acts[0].Action != "organisation.add" || acts[0].Object != "Elva" || acts[0].Account != 7 || !acts[0].Time.Equal(Morning) {
		t.Errorf("the trail of the installation has %+v", acts)
	}
	if acts, err = store.Acts(t.Context(), consent.TrailQuery{Organisation: "elva"}); err != nil || len(acts) != 2 || acts[1].Action != "site.import" {
		t.Errorf("the trail of the organisation has %+v, %v", acts, err)
	}
}
