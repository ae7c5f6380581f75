package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// What the answer to a data subject and the record of processing activities say
// alike of a service and of the log. The words are those of AnswerWordsIn.

// LogRecipient tells who runs the log of Decisions, or that the Notice does not
// state it.
func (r *Reader) LogRecipient(draft *consent.Draft) (text string, stated bool) {
	if keeper := r.LogKeeping(draft).Keeper; keeper != "" {
		return keeper, true
	}
	return r.Words["answer_log_no_keeper"], false
}

// LogTransfers tells where the log is stored and of its transfer out of the EEA,
// or that the Notice does not state it: then nothing is known of a transfer either.
func (r *Reader) LogTransfers(draft *consent.Draft) (texts []string, stated bool) {
	kept := r.LogKeeping(draft)
	if kept.Place == "" {
		return []string{r.Words["answer_log_no_place"]}, false
	}
	return []string{kept.Place, cmp.Or(kept.Transfer, r.Words["answer_log_transfers"])}, true
}

// Companies tells of the provider and the other recipients, one line each.
func (r *Reader) Companies(service *consent.Service) []AnswerText {
	all := make([]AnswerText, 1, 1+len(service.Recipients))
	all[0] = r.CompanyLine(&service.Provider)
	for i := range service.Recipients {
		all = append(all, r.CompanyLine(&service.Recipients[i]))
	}
	return all
}

// CompanyLine tells who a company is, where, and its part.
func (r *Reader) CompanyLine(provider *consent.Provider) AnswerText {
	company := r.Company(provider)
	text := company.Name
	if text == "" {
		text = r.Words["provider_missing"]
	}
	if company.Country != "" {
		text += ", " + company.Country
	}
	if company.Role != "" {
		text += " (" + company.Role + ")"
	}
	if company.Missing.Text != "" {
		text += ". " + company.Missing.Text
	}
	return AnswerText{Wording: Wording{Text: text}, URL: company.Policy}
}

// TransferLine tells of a company's transfer out of the EEA, or nothing when
// none is stated.
func (r *Reader) TransferLine(provider *consent.Provider) string {
	company := r.Company(provider)
	if company.Transfer == "" {
		return ""
	}
	if company.Name == "" {
		company.Name = r.Words["provider_missing"]
	}
	return company.Name + ": " + company.Transfer
}

// Device lists what a service keeps on the device, each with how long: all of
// it, or which.
func (r *Reader) Device(service *consent.Service, which func(*consent.Cookie) bool) string {
	var all []string
	for i := range service.Cookies {
		cookie := &service.Cookies[i]
		if which == nil || which(cookie) {
			all = append(all, cookie.Pattern.Name+" ("+r.lifetime(cookie.Lifetime)+")")
		}
	}
	return strings.Join(all, "; ")
}

// CookieNames names once each what a service keeps on the device, as far as which
// says.
func CookieNames(service *consent.Service, which func(*consent.Cookie) bool) string {
	var all []string
	for i := range service.Cookies {
		cookie := &service.Cookies[i]
		if name := cookie.Pattern.Name; which(cookie) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return strings.Join(all, ", ")
}

// lifetime gives the lifetimes that differ, each with whose word it is.
func (r *Reader) lifetime(l consent.Lifetimes) string {
	var all []string
	if l.Declared != "" || l.Vendor == "" && l.Observed == "" {
		all = append(all, l.Declared.Words(r.Lang))
	}
	if l.Vendor != "" && l.Vendor.Compare(l.Declared) != 0 {
		all = append(all, r.Words.Fill("answer_vendor", "lifetime", l.Vendor.Words(r.Lang)))
	}
	if l.Observed != "" && l.Observed.Compare(l.Declared) != 0 {
		all = append(all, r.Words.Fill("answer_observed", "lifetime", l.Observed.Words(r.Lang)))
	}
	return strings.Join(all, ", ")
}

// Skew says how far the clock of a browser was ahead of the server's. The words are those
// of the answer.
func (w Words) Skew(seconds int64) string {
	key := "answer_skew_ahead"
	switch {
	case seconds == 0:
		return w["answer_skew_none"]
	case seconds < 0:
		key, seconds = "answer_skew_behind", -seconds
	}
	if seconds == 1 {
		key += "_one"
	}
	return w.Fill(key, "seconds", seconds)
}
