package notify

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// kind is what a message is about.
type kind string

// The kinds, in the order in which they are told.
const (
	verification kind = "verification" // the log does not hold
	clock        kind = "clock"        // the clock leapt, so nothing is removed for its age
	bulk         kind = "bulk"         // a person took much out of the log
	recipients   kind = "recipients"   // others are told now
	gap          kind = "gap"          // what was counted does not add up
	unpublished  kind = "unpublished"  // a draft was not published at its time
	lapsed       kind = "lapsed"       // what was planned fell away, because the draft was changed
	approval     kind = "approval"     // a draft waits for a second person
	requests     kind = "requests"     // data subjects wait for an answer
	stuck        kind = "stuck"        // cookies stayed after consent was withdrawn
	foreign      kind = "foreign"      // answers at addresses that are none of the site's could not be stored
	unknown      kind = "unknown"      // pages name services that the notice does not have
	control      kind = "control"      // what proved control of an address is gone
	review       kind = "review"       // services are to be looked at again
	week         kind = "week"         // the weekly report
	account      kind = "account"      // how an account is opened has changed; its holder is told
)

var kinds = []kind{verification, clock, bulk, recipients, gap, unpublished, lapsed, approval, requests, stuck, foreign, unknown, control, review, week, account}

// cause is one thing to tell, once.
type cause struct {
	kind    kind
	key     string // what it is, so that it is told once
	site    string // name, or "" for the whole installation
	overdue bool   // of requests
	line    string // what the message says of it; nothing for what is told by site
	items   []Item // the same for programs
	subject string // in place of the kind's, where all that is told has it
	intro   string // the same
}

// maxLines is how many things one message tells of.
const maxLines = 20

// compose makes one message of all that a channel is told.
func (w *watch) compose(about kind, causes []cause, channel string, now time.Time) *Message {
	keys := append(make([]string, 0, 1+len(causes)), channel)
	site, same := causes[0].site, true
	for _, each := range causes {
		keys = append(keys, each.key)
		same = same && each.site == site
	}
	subject := w.words[string(about)+"_subject"]
	if own := causes[0].subject; own != "" && !slices.ContainsFunc(causes, func(each cause) bool { return each.subject != own }) {
		subject = own
	} else if same && site != "" {
		subject += ": " + site
	}
	lines := w.linesOf(about, causes)
	if more := len(lines) - maxLines; more > 0 {
		lines = append(lines[:maxLines], w.words.count("more", more))
	}
	text := []string{cmp.Or(causes[0].intro, w.words[string(about)+"_intro"]), strings.Join(lines, "\n"), w.words[w.key(string(about)+"_repair")], w.words[w.key("end")]}
	return &Message{
		Version: Version, ID: idOf(keys...), Kind: string(about), Time: now, Language: w.lang, Subject: subject, Text: strings.Join(text, "\n\n") + "\n",
		Items: w.itemsOf(about, causes),
	}
}

func (w *watch) linesOf(about kind, causes []cause) []string {
	if about == requests {
		return w.requestLines(causes)
	}
	if about == stuck || about == foreign {
		return w.hurryingLines(about, causes)
	}
	var lines []string
	for _, each := range causes {
		lines = append(lines, each.line)
	}
	return lines
}

// requestLines count what is open, by site.
func (w *watch) requestLines(causes []cause) (lines []string) {
	var sites []string
	links := map[string]string{}
	soon, overdue := map[string]int{}, map[string]int{}
	for _, each := range causes {
		if soon[each.site]+overdue[each.site] == 0 {
			sites, links[each.site] = append(sites, each.site), each.items[0].Link
		}
		if each.overdue {
			overdue[each.site]++
		} else {
			soon[each.site]++
		}
	}
	for _, site := range sites {
		var all []string
		if n := overdue[site]; n > 0 {
			all = append(all, w.words.count("requests_overdue", n))
		}
		if n := soon[site]; n > 0 {
			all = append(all, w.words.count("requests_soon", n))
		}
		lines = append(lines, "– "+site+": "+strings.Join(all, ", ")+". "+links[site])
	}
	return lines
}
