package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testRepeats(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	id, other, request := consent.HashOf([]byte("id")), consent.HashOf([]byte("other")), consent.HashOf([]byte("request"))
	begin := func(id consent.Hash, now time.Time) *consent.Repeat {
		t.Helper()
		known, err := store.BeginRepeat(ctx, id, request, now)
		must(t, err)
		return known
	}
	if begin(id, Morning) != nil || begin(other, Morning.Add(time.Hour)) != nil {
		t.Fatal("what is asked for the first time is known")
	}
	if known := begin(id, Morning); known == nil || known.Status != 0 || known.Request != request || len(known.Body) != 0 {
		t.Fatalf("got %+v", known)
	}
	must(t, store.AnswerRepeat(ctx, &consent.Repeat{ID: id, Status: 201, Location: "/there", Body: []byte(`{"a":"ø"}`)}))
	if known := begin(id, Morning.Add(consent.RepeatLasts-1)); known == nil || known.ID != id || known.Status != 201 || known.Location != "/there" || string(known.Body) != `{"a":"ø"}` {
		t.Fatalf("got %+v", known)
	}
	must(t, store.DropRepeat(ctx, other))
	if begin(other, Morning.Add(time.Hour)) != nil {
		t.Error("what was forgotten is known")
	}
	if begin(id, Morning.Add(consent.RepeatLasts)) != nil {
		t.Error("it is known for longer than a day")
	}
	if begin(other, Morning.Add(consent.RepeatLasts)) == nil {
		t.Error("one went before its day was over")
	}
	must(t, store.EndRepeats(ctx, Morning.Add(2*consent.RepeatLasts-1)))
	if begin(id, Morning.Add(consent.RepeatLasts)) == nil {
		t.Error("one was ended before its day was over")
	}
	must(t, store.EndRepeats(ctx, Morning.Add(2*consent.RepeatLasts)))
	if begin(id, Morning.Add(consent.RepeatLasts)) != nil {
		t.Error("one whose day is over stays until somebody asks again")
	}
}
