package main

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// The answer to a request for access says more than what is proven, and some of it
// follows from that: which version of the text has which hash, and what each answer
// was.

// answersFit holds the answers, one by one, against the choice that is proven.
func answersFit(said, choice any) error {
	want := make(map[string]any)
	parts, _ := choice.(map[string]any)
	for _, part := range []string{"categories", "services"} {
		granted, _ := parts[part].(map[string]any)
		maps.Copy(want, granted)
	}
	list, isList := said.([]any)
	has := make(map[string]any, len(list))
	for _, each := range list {
		answer, _ := each.(map[string]any)
		key, _ := answer["key"].(string)
		granted, known := want[key]
		if !known {
			return fmt.Errorf("\"answers\" beside the proof has %q, of which the ledger has no answer", key)
		}
		if !reflect.DeepEqual(answer["granted"], granted) {
			return fmt.Errorf("\"answers\" beside the proof says %v of %q, and the ledger has %v", answer["granted"], key, granted)
		}
		has[key] = granted
	}
	if !isList || len(list) != len(want) || !reflect.DeepEqual(has, want) {
		return errors.New("\"answers\" beside the proof lacks an answer that the ledger has, or has one twice")
	}
	return nil
}

// checkAround holds what stands around the decisions against what they prove, and
// gives the names of the rest.
func checkAround(around map[string]any, all []*checkedReceipt) (unproved []string, err error) {
	hashes := make(map[float64]string)
	for _, c := range all {
		hashes[float64(c.record.Notice)] = c.record.NoticeHash.String()
		if site, there := around["site"]; there && site != string(c.record.Site) {
			return nil, fmt.Errorf("the site is %v, and the ledger has %s", site, c.record.Site)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(around)) {
		switch name {
		case "site":
		case "notices":
			more, err := checkNotices(around[name], hashes)
			if err != nil {
				return nil, err
			}
			unproved = append(unproved, more...)
		default:
			unproved = append(unproved, name)
		}
	}
	return unproved, nil
}

// checkNotices holds the hash of each notice against those that decisions name.
func checkNotices(said any, hashes map[float64]string) (unproved []string, err error) {
	list, isList := said.([]any)
	if !isList {
		return []string{"notices"}, nil
	}
	var names []string
	for i, each := range list {
		notice, _ := each.(map[string]any)
		number, _ := notice["number"].(float64)
		want, known := hashes[number]
		if !known {
			unproved = append(unproved, fmt.Sprintf("notices[%d]", i))
			continue
		}
		if hash, there := notice["hash"]; there && hash != want {
			return nil, fmt.Errorf("the hash of notice %v is %v, and the ledger has %s", number, hash, want)
		}
		for name := range notice {
			if name != "number" && name != "hash" {
				names = append(names, "notices[]."+name)
			}
		}
	}
	slices.Sort(names)
	return append(unproved, slices.Compact(names)...), nil
}
