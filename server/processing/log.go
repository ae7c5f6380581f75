package processing

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// log tells of the log of Decisions: what the program does, and how long the site
// has it kept.
func (e *edition) log() web.RecordActivity {
	w, site := e.Words, &e.draft.Site
	data := []web.RecordText{plain(w["record_log_data"]), plain(w["record_log_keys"])}
	if site.Refusals == consent.RefusalsCount {
		data = append(data, plain(w["record_log_counted"]))
	}
	return web.RecordActivity{
		Kind: "log", ID: "log", Name: web.Wording{Text: w["log_heading"]},
		Items: e.items(told{
			joint:      []web.RecordText{plain(w["record_joint_none"])},
			purposes:   []web.RecordText{plain(w["record_log_purpose"])},
			basis:      []web.RecordText{plain(w["record_log_basis"])},
			data:       append(data, plain(w["record_log_never"])),
			recipients: e.logRecipients(),
			transfers:  e.logTransfers(),
			erasure: []web.RecordText{
				plain(w.Fill("record_log_valid", "validity", site.Validity.Words(e.Lang))),
				plain(w.Fill("record_log_erased", "retention", site.Retention.Words(e.Lang))),
			},
			security: e.logSecurity(),
		}),
	}
}

func (e *edition) logRecipients() []web.RecordText {
	text, stated := e.LogRecipient(e.draft)
	return []web.RecordText{plain(e.Words["record_log_recipients"]), marked(text, stated)}
}

func (e *edition) logTransfers() []web.RecordText {
	texts, stated := e.LogTransfers(e.draft)
	all := make([]web.RecordText, len(texts))
	for i, text := range texts {
		all[i] = marked(text, stated)
	}
	return all
}

// logSecurity gives the program's measures, and the controller's around them.
func (e *edition) logSecurity() []web.RecordText {
	w, around := e.Words, e.missing("record_log_no_access")
	if kept := e.draft.Site.ConsentLog; kept != nil && len(kept.Security) > 0 {
		around = said(e.Wording(kept.Security))
	}
	return []web.RecordText{
		plain(w["record_log_signed"]), plain(w["record_log_salted"]), plain(w["record_log_hashed"]),
		plain(w["record_log_sure"]), around,
	}
}

// marked gives a text, marked as missing when it only tells that nothing is
// stated.
func marked(text string, stated bool) web.RecordText {
	out := plain(text)
	out.Missing = !stated
	return out
}
