package storagetest

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testRequests(t *testing.T, open Opener) {
	t.Run("register", func(t *testing.T) { testRegister(t, open(t)) })
	t.Run("listing", func(t *testing.T) { testRequestList(t, open(t)) })
	t.Run("answered at once", func(t *testing.T) { testAnsweredOnce(t, open(t)) })
}

// request makes the n-th request, received so many days before Morning.
func request(t *testing.T, site consent.SiteKey, n byte, before int) *consent.Request {
	t.Helper()
	made, err := consent.Receive(consent.Request{
		ID: consent.NewRequestID(Morning, [10]byte{n}), Site: site, Kind: consent.RequestAccess, Channel: consent.ChannelLetter,
		Receipt: ID(int(n)), Case: "2026/1234-5",
	}, consent.DayOf(Morning.AddDate(0, 0, -before)), Morning)
	must(t, err)
	return made
}

// testRegister takes a request from its receipt to its answer.
func testRegister(t *testing.T, store consent.Store) {
	ctx, today := t.Context(), consent.DayOf(Morning)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.SaveDraft(ctx, Draft("havet"), Morning))
	made := request(t, "skogen", 1, 3)
	made.Others = []consent.DecisionID{ID(8), ID(9)}
	must(t, store.AddRequest(ctx, made))
	wantKind(t, store.AddRequest(ctx, made), consent.Conflict, "request_exists")
	wantRequest(t, store, made)

	for n, channel := range consent.RequestChannels {
		other := request(t, "havet", byte(100+n), 1)
		other.Channel = channel
		must(t, store.AddRequest(ctx, other))
		wantRequest(t, store, other)
	}

	_, err := store.Request(ctx, "havet", made.ID)
	wantKind(t, err, consent.NotFound, "unknown_request")
	_, err = store.AppendRequest(ctx, "havet", made.ID, consent.RequestEvent{Step: consent.StepReminded, Time: Morning, Day: today})
	wantKind(t, err, consent.NotFound, "unknown_request")
	wantKind(t, store.AddRequest(ctx, request(t, "nowhere", 2, 0)), consent.NotFound, "unknown_site")
	bad := request(t, "skogen", 3, 0)
	bad.Events[0].Outcome = consent.OutcomeGranted
	wantKind(t, store.AddRequest(ctx, bad), consent.Invalid, "invalid_request")
	bad.Events = nil
	wantKind(t, store.AddRequest(ctx, bad), consent.Invalid, "request_order")

	answer := consent.RequestEvent{Step: consent.StepAnswered, Time: Morning.Add(2 * time.Hour), Day: today, Outcome: consent.OutcomePartly, Refusal: consent.RefusedLegalClaims}
	_, err = store.AppendRequest(ctx, "skogen", made.ID, answer)
	wantKind(t, err, consent.Invalid, "refusal_kind") // the law knows no such reason to refuse access
	wantRequest(t, store, made)
	answer.Refusal = consent.RefusedRightsOfOthers

	for _, event := range []consent.RequestEvent{
		{Step: consent.StepReminded, Time: Morning, Day: today},
		{Step: consent.StepExtended, Time: Morning.Add(time.Hour), Day: today, Ground: consent.GroundComplexity},
		answer,
	} {
		got, err := store.AppendRequest(ctx, "skogen", made.ID, event)
		must(t, err)
		must(t, made.Append(event))
		if !reflect.DeepEqual(got, made) {
			t.Fatalf("got %+v, want %+v", got, made)
		}
		_, err = store.AppendRequest(ctx, "skogen", made.ID, consent.RequestEvent{Step: consent.StepReceived, Time: Morning, Day: today})
		wantKind(t, err, consent.Conflict, "")
	}
	wantRequest(t, store, made)
	_, err = store.AppendRequest(ctx, "skogen", made.ID, consent.RequestEvent{Step: consent.StepReminded, Time: Morning, Day: today})
	wantKind(t, err, consent.Conflict, "request_closed")
}

func wantRequest(t *testing.T, store consent.Store, want *consent.Request) {
	t.Helper()
	got, err := store.Request(t.Context(), want.Site, want.ID)
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
}

// testRequestList has those that are due first come first, of one site or all.
func testRequestList(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	must(t, store.SaveDraft(ctx, Draft("havet"), Morning))
	if none, err := store.Requests(ctx, consent.RequestQuery{}); err != nil || len(none) != 0 {
		t.Fatalf("an empty register gives %v, %v", none, err)
	}
	soon, late, other, done := request(t, "skogen", 1, 25), request(t, "skogen", 2, 60), request(t, "havet", 3, 40), request(t, "skogen", 4, 5)
	soon.Receipt, soon.Case = consent.DecisionID{}, ""
	for _, each := range []*consent.Request{soon, late, other, done} {
		must(t, store.AddRequest(ctx, each))
	}
	answer := consent.RequestEvent{Step: consent.StepAnswered, Time: Morning, Day: consent.DayOf(Morning), Outcome: consent.OutcomeGranted}
	done, err := store.AppendRequest(ctx, "skogen", done.ID, answer)
	must(t, err)
	for _, each := range []struct {
		query consent.RequestQuery
		want  []consent.Request
	}{
		{consent.RequestQuery{}, []consent.Request{*late, *other, *soon, *done}},
		{consent.RequestQuery{Open: true}, []consent.Request{*late, *other, *soon}},
		{consent.RequestQuery{Site: "skogen"}, []consent.Request{*late, *soon, *done}},
		{consent.RequestQuery{Site: "skogen", Open: true}, []consent.Request{*late, *soon}},
		{consent.RequestQuery{Site: "nowhere"}, nil},
	} {
		got, err := store.Requests(ctx, each.query)
		must(t, err)
		if !reflect.DeepEqual(got, each.want) {
			t.Errorf("%+v: got %+v, want %+v", each.query, got, each.want)
		}
	}
}

// testAnsweredOnce has many close the same request: one does.
func testAnsweredOnce(t *testing.T, store consent.Store) {
	ctx := t.Context()
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	made := request(t, "skogen", 1, 3)
	must(t, store.AddRequest(ctx, made))
	var closed atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, err := store.AppendRequest(ctx, "skogen", made.ID, consent.RequestEvent{
				Step: consent.StepAnswered, Time: Morning, Day: consent.DayOf(Morning), Outcome: consent.OutcomeGranted,
			})
			if err == nil {
				closed.Add(1)
			} else if consent.KindOf(err) != consent.Conflict {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if closed.Load() != 1 {
		t.Fatalf("the request was closed %d times", closed.Load())
	}
}
