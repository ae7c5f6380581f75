package sitefile

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// keeping are the fields of a site that say how long answers hold and are kept.
var keeping = []string{"validity", "retention", "refusals"}

// Settings gives what the file says of the site and of who can be reached, without how
// long answers hold and are kept.
func (i *Inventory) Settings() (site, contacts json.RawMessage, err error) {
	fields, err := fieldsOf(i.file["site"])
	if err != nil {
		return nil, nil, err
	}
	for _, name := range keeping {
		delete(fields, name)
	}
	site, err = json.Marshal(fields)
	return site, i.file["contacts"], err
}

func fieldsOf(text json.RawMessage) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	err := json.Unmarshal(text, &fields)
	return fields, err
}

// PutSettings reads other settings in the place of these. How long answers hold and are
// kept is as before where they do not say it.
func (i *Inventory) PutSettings(site, contacts json.RawMessage) (*Next, error) {
	was, err := fieldsOf(i.file["site"])
	if err != nil {
		return nil, err
	}
	said, readable := fieldsOf(site)
	i.file["site"], i.file["contacts"] = site, contacts
	if readable == nil && said != nil {
		for _, name := range keeping {
			if said[name] == nil && was[name] != nil {
				said[name] = was[name]
			}
		}
		if i.file["site"], err = json.Marshal(said); err != nil {
			return nil, err
		}
	}
	return i.merge("", func(whole, next *consent.Draft) {
		whole.Site, whole.Contacts = next.Site, next.Contacts
		if said["retention"] == nil { // what a file does not say it takes as usual
			whole.Site.Retention = i.draft.Site.Retention
		}
	})
}

// Unsaved gives the problems that keep something from being saved as the pages have it:
// what cannot be read, what breaks a rule whose breach is refused, and what is necessary
// without a signed reason. What else is only missing may be written next.
func (n *Next) Unsaved() consent.Problems {
	rules := n.Draft.Validate()
	return slices.DeleteFunc(n.Problems.Faults(), func(p consent.Problem) bool {
		return !p.Refused() && !n.unsigned(&p) && slices.Contains(rules, p)
	})
}

// unsigned says whether a problem is that something necessary lacks its reason in the
// site's first language, or a part of its signature: nothing is called necessary before
// somebody has answered for that.
func (n *Next) unsigned(p *consent.Problem) bool {
	lacks := func(field string) bool { return strings.HasSuffix(p.Path, "."+field) }
	switch p.Code {
	case "no_exemption":
		return true
	case "missing":
		return lacks("exemption.ground") || lacks("exemption.reviewer")
	case "missing_text":
		return len(n.Draft.Site.Languages) > 0 && lacks("exemption.reason."+string(n.Draft.Site.Languages[0]))
	}
	return false // a day that is missing is malformed, and refused as such
}

// KeepingTold says for the audit trail from what to what a change of a draft alters how
// long answers hold and are kept, "" for nothing: who shortens that decides what becomes
// of evidence.
func KeepingTold(before, after *consent.Site) string {
	var told []string
	for _, each := range []struct{ name, from, to string }{
		{"validity", string(before.Validity), string(after.Validity)},
		{"retention", string(before.Retention), string(after.Retention)},
		{"refusals", string(before.Refusals), string(after.Refusals)},
	} {
		if each.from != each.to {
			told = append(told, each.name+"="+orUnset(each.from)+"->"+orUnset(each.to))
		}
	}
	return strings.Join(told, " ")
}

// Unset stands for what the settings leave to what is usual.
const Unset = "unset"

func orUnset(value string) string {
	if value == "" {
		return Unset
	}
	return value
}
