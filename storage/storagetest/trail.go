package storagetest

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testTrail(t *testing.T, open Opener) {
	store := open(t)
	acting := func(action string, at time.Time) context.Context {
		return consent.WithAct(t.Context(), consent.Act{
			Time: at, Account: 7, Organisation: "kommunen", Site: "skogen", Action: action, Object: "object", Reason: "because",
		})
	}
	read := func(query consent.TrailQuery) []string {
		t.Helper()
		acts, err := store.Acts(t.Context(), query)
		must(t, err)
		actions := make([]string, len(acts))
		for i, act := range acts {
			actions[i] = act.Action
		}
		return actions
	}
	same := func(got []string, want ...string) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	}
	draft := Draft("skogen")
	must(t, store.ReplaceDraft(acting("draft.make", Morning), &draft, 0, Morning))
	t.Run("what fails is no act, and what is tried again is one", func(t *testing.T) {
		again := acting("draft.save", Morning)
		wantKind(t, store.ReplaceDraft(again, &draft, 0, Morning), consent.Conflict, "draft_changed")
		same(read(consent.TrailQuery{Organisation: "kommunen"}), "draft.make")
		must(t, store.ReplaceDraft(again, &draft, 1, Morning))
		must(t, store.ReplaceDraft(again, &draft, 2, Morning))
		same(read(consent.TrailQuery{Organisation: "kommunen"}), "draft.save", "draft.make")
	})
	t.Run("what no administrator does is none", func(t *testing.T) {
		must(t, store.SaveDraft(t.Context(), draft, Morning))
		same(read(consent.TrailQuery{Organisation: "kommunen"}), "draft.save", "draft.make")
	})
	t.Run("everything of an act comes back", func(t *testing.T) {
		acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "kommunen", Limit: 1})
		must(t, err)
		want := consent.Act{Time: Morning, Account: 7, Organisation: "kommunen", Site: "skogen", Action: "draft.save", Object: "object", Reason: "because"}
		if !reflect.DeepEqual(acts[0].Act, want) || acts[0].Year != Morning.Year() || acts[0].Number != 1 {
			t.Fatalf("got %+v, want %+v", acts[0], want)
		}
	})
	t.Run("pages, across years, and filters", func(t *testing.T) {
		must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning.AddDate(1, 0, 0), Account: 8, Organisation: "kommunen", Action: "log.export"}))
		must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning, Account: 8, Action: "login.fail"}))
		var seen []string
		query := consent.TrailQuery{Organisation: "kommunen", Limit: 1}
		for {
			acts, err := store.Acts(t.Context(), query)
			must(t, err)
			if len(acts) == 0 {
				break
			}
			seen = append(seen, acts[0].Action)
			query.Before = &acts[0]
		}
		same(seen, "log.export", "draft.save", "draft.make")
		same(read(consent.TrailQuery{Organisation: "kommunen", Account: 8}), "log.export")
		same(read(consent.TrailQuery{Organisation: "kommunen", Action: "draft.make"}), "draft.make")
		same(read(consent.TrailQuery{Organisation: "kommunen", Site: "havet"}))
		same(read(consent.TrailQuery{}), "login.fail")
		same(read(consent.TrailQuery{Organisation: "kommunen", Until: Morning.AddDate(1, 0, 0)}), "draft.save", "draft.make")
		trailDays(read, same)
	})
	t.Run("whatever made a notice is found as that", func(t *testing.T) { trailPublications(t, store, read, same) })
	t.Run("on every way, and by who did it", func(t *testing.T) { trailWays(t, store, read, same) })
	t.Run("the audit finds nothing wrong", func(t *testing.T) {
		found, err := store.AuditTrails(t.Context(), "kommunen")
		must(t, err)
		if len(found) != 2 || found[0].Acts != 2 || found[1].Acts != 1 || found[0].Fault.Why+found[1].Fault.Why != "" {
			t.Fatalf("got %+v", found)
		}
	})
}

// trailDays asks for the acts between two moments, in one year and across years.
func trailDays(read func(consent.TrailQuery) []string, same func([]string, ...string)) {
	next := Morning.Add(time.Millisecond)
	same(read(consent.TrailQuery{Organisation: "kommunen", From: Morning}), "log.export", "draft.save", "draft.make")
	same(read(consent.TrailQuery{Organisation: "kommunen", From: next}), "log.export")
	same(read(consent.TrailQuery{Organisation: "kommunen", From: Morning, Until: next}), "draft.save", "draft.make")
	same(read(consent.TrailQuery{Organisation: "kommunen", From: Morning.AddDate(2, 0, 0)}))
}

// trailPublications asks for the acts that made notices.
func trailPublications(t *testing.T, store consent.Store, read func(consent.TrailQuery) []string, same func([]string, ...string)) {
	t.Helper()
	told := func(action, object string) {
		must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning, Account: 7, Organisation: "havnen", Site: "skogen", Action: action, Object: object}))
	}
	told("notice.publish", "")
	told("publish.propose", "draft=aa")
	told("publish.approve", "draft=aa")
	told("publish.due", "draft=aa notice=2")
	told("publish.approve", "person=1 draft=bb notice=3")
	told("api.notice.publish", "key=k draft=cc notice=4")
	told("publish.fail", "draft=dd")
	same(read(consent.TrailQuery{Organisation: "havnen", Action: consent.ActPublish}), "api.notice.publish", "publish.approve", "publish.due", "notice.publish")
	same(read(consent.TrailQuery{Organisation: "havnen", Action: consent.ActPublish, Account: 8}))
	same(read(consent.TrailQuery{Organisation: "havnen", Action: "publish.approve"}), "publish.approve", "publish.approve")
	same(read(consent.TrailQuery{Organisation: "havnen", Action: "publish.due"}), "publish.due")
	told("publish.return", "")
	told("draft.save", "")
	told("api.publish.schedule", "key=k draft=ee")
	publishing := []string{"api.publish.schedule", "api.notice.publish", "publish.approve", "publish.due", "publish.approve", "publish.propose", "notice.publish"}
	same(read(consent.TrailQuery{Organisation: "havnen", Publishing: true}), publishing...)
	told("draft.save", "")
	must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning.AddDate(1, 0, 0), Account: 7, Organisation: "havnen", Action: "notice.publish"}))
	must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning.AddDate(2, 0, 0), Account: 7, Organisation: "holmen", Action: "notice.publish"}))
	var paged []string
	query := consent.TrailQuery{Organisation: "havnen", Publishing: true, Limit: 1}
	for acts := []consent.ActEntry{{}}; len(acts) > 0; {
		var err error
		acts, err = store.Acts(t.Context(), query)
		must(t, err)
		if len(acts) > query.Limit {
			t.Fatalf("%d acts are given, %d are asked for", len(acts), query.Limit)
		}
		for i := range acts {
			paged, query.Before = append(paged, acts[i].Action), &acts[i]
		}
	}
	same(paged, append([]string{"notice.publish"}, publishing...)...)
}

// trailWays asks for acts by the way on which they were done.
func trailWays(t *testing.T, store consent.Store, read func(consent.TrailQuery) []string, same func([]string, ...string)) {
	t.Helper()
	told := func(account consent.AccountID, action, object string) {
		must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning, Account: account, Organisation: "fjorden", Action: action, Object: object}))
	}
	told(7, "log.read", "")
	told(7, "api.log.read", "key=k")
	told(0, "log.read", "")
	told(0, "log.expired", "decisions=1")
	told(0, "publish.propose", "person=7 draft=aa")
	told(0, "publish.propose", "person=70 draft=aa")
	told(0, "trail.export", "person=7")
	told(8, "draft.service.add", "person=7")
	told(8, "api.draft.service.save", "key=k map")
	told(8, "login.begin", "")
	told(0, "login.begin", "")
	told(0, "member.join", "")
	of := func(query consent.TrailQuery) []string {
		query.Organisation = "fjorden"
		return read(query)
	}
	same(of(consent.TrailQuery{By: consent.ByPerson}), "login.begin", "draft.service.add", "log.read")
	same(of(consent.TrailQuery{By: consent.ByKey}), "api.draft.service.save", "api.log.read")
	same(of(consent.TrailQuery{By: consent.ByProgram}), "log.expired")
	same(of(consent.TrailQuery{By: consent.ByStranger}), "member.join", "login.begin")
	same(of(consent.TrailQuery{By: consent.ByCommand}), "trail.export", "publish.propose", "publish.propose", "log.read")
	same(of(consent.TrailQuery{Action: "log.read"}), "log.read", "log.read")
	same(of(consent.TrailQuery{Action: "log.read", EveryWay: true}), "log.read", "api.log.read", "log.read")
	same(of(consent.TrailQuery{Action: "log.read", EveryWay: true, By: consent.ByKey}), "api.log.read")
	same(of(consent.TrailQuery{Action: "api.log.read", EveryWay: true}), "api.log.read")
	same(of(consent.TrailQuery{Action: "draft.service.add", EveryWay: true}), "api.draft.service.save", "draft.service.add")
	same(of(consent.TrailQuery{Account: 7}), "api.log.read", "log.read")
	same(of(consent.TrailQuery{Account: 7, EveryWay: true}), "publish.propose", "api.log.read", "log.read")
}
