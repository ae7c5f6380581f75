package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// draftText is a text of the draft in the words of the page.
type draftText struct {
	consent.DraftText
	group string // what it belongs to, in words
	label string
	long  bool
	fixed consent.Text // what is said while it is empty
}

// lacking says whether the text is missing in a language of the site.
func (t *draftText) lacking(languages []consent.Language) bool { return len(t.Lacks(languages)) > 0 }

// textLabels are the keys of what texts are called, and which of them are short.
var textLabels = map[consent.TextKind]struct {
	label string
	short bool
}{
	consent.TextSiteName:        {"texts_site_name", true},
	consent.TextCategoryName:    {"category_name", true},
	consent.TextCategoryPurpose: {"category_purpose", false},
	consent.TextServiceName:     {"service_name", true},
	consent.TextServicePurpose:  {"service_purpose", false},
	consent.TextServiceData:     {"texts_data", true},
	consent.TextServiceMissing:  {"company_missing", false},
	consent.TextServiceSecurity: {"service_security", false},
	consent.TextServiceWarning:  {"service_warning", false},
	consent.TextCookiePurpose:   {"cookie_purpose", false},
	consent.TextExemptionReason: {"exemption_reason", false},
	consent.TextExemptionWhen:   {"exemption_when", false},
}

// textsOf gives every text of a draft, in the order in which visitors meet them. What they
// belong to is not said yet.
func (r *request) textsOf(d *consent.Draft) []draftText {
	texts := d.Texts()
	labels := make(map[consent.TextKind]string, len(textLabels))
	for kind, known := range textLabels {
		labels[kind] = r.say(known.label)
	}
	all := make([]draftText, len(texts))
	for i := range texts {
		text := &all[i]
		text.DraftText = texts[i]
		if text.Kind == consent.TextWording {
			text.label, text.fixed = cmp.Or(r.words["texts_wording_"+text.Wording], text.Wording), r.Said.Fixed(text.Wording, d.Site.Languages)
			continue
		}
		text.label, text.long = labels[text.Kind], !textLabels[text.Kind].short
	}
	return all
}

func sameOwner(a, b *consent.DraftText) bool {
	return a.Category == b.Category && a.Service == b.Service && a.Cookie == b.Cookie && (a.Kind == consent.TextWording) == (b.Kind == consent.TextWording)
}

// textGroup says what a text belongs to.
func (r *request) textGroup(d *consent.Draft, t *consent.DraftText) string {
	switch {
	case t.Kind == consent.TextWording:
		return r.say("texts_group_wording")
	case t.Category != nil:
		return r.say("texts_group_category", "name", r.categoryName(d, t.Category.Key))
	case t.Cookie != nil:
		return r.say("texts_group_cookie", "name", brief(t.Cookie.Pattern.Name), "service", r.serviceName(t.Service))
	case t.Service != nil:
		return r.say("texts_group_service", "name", r.serviceName(t.Service))
	default:
		return r.say("texts_group_site")
	}
}
