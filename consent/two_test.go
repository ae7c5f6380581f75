package consent_test

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Accounts that one hand may hold are found along every way from one to another.
func TestOnePerson(t *testing.T) {
	let := []consent.LetIn{{Account: 5, Maker: 4}, {Account: 4, Maker: 2}, {Account: 3, Maker: 2}, {Account: 9, Maker: 8}}
	for _, of := range []struct{ of, want []consent.AccountID }{
		{[]consent.AccountID{1}, []consent.AccountID{1}},
		{[]consent.AccountID{2}, []consent.AccountID{2, 3, 4, 5}},
		{[]consent.AccountID{5}, []consent.AccountID{2, 3, 4, 5}},
		{[]consent.AccountID{1, 9}, []consent.AccountID{1, 8, 9}},
		{nil, nil},
	} {
		got := consent.OnePerson(of.of, let)
		if slices.Sort(got); !slices.Equal(got, of.want) {
			t.Errorf("%v are %v, want %v", of.of, got, of.want)
		}
	}
}
