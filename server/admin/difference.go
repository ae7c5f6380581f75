package admin

import (
	"net/url"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// differenceRow is something that is not the same on two Sites.
type differenceRow struct{ Label, Here, There string }

// serviceDifferences tells in words what would change here if another service took
// the place of this one.
func (r *request) serviceDifferences(d *consent.Draft, here, there *consent.Service) []differenceRow {
	rows := r.fieldDifferences(d, "", r.serviceValues(here), r.serviceValues(there), serviceFields)
	for i := range there.Cookies {
		c := &there.Cookies[i]
		name := brief(c.Pattern.Name)
		at := slices.IndexFunc(here.Cookies, func(is consent.Cookie) bool { return is.Pattern.Name == c.Pattern.Name })
		if at < 0 {
			rows = append(rows, differenceRow{name, r.say("shared_cookie_missing"), r.say("shared_cookie_there")})
			continue
		}
		rows = append(rows, r.fieldDifferences(d, name+": ", r.cookieValues(&here.Cookies[at]), r.cookieValues(c), cookieFields)...)
	}
	for i := range here.Cookies {
		name := here.Cookies[i].Pattern.Name
		if !slices.ContainsFunc(there.Cookies, func(is consent.Cookie) bool { return is.Pattern.Name == name }) {
			rows = append(rows, differenceRow{brief(name), r.say("shared_cookie_there"), r.say("shared_cookie_missing")})
		}
	}
	return rows
}

// fieldDifferences tells the fields in which two forms differ.
func (r *request) fieldDifferences(d *consent.Draft, before string, here, there url.Values, fields func(*builder)) []differenceRow {
	every := url.Values{}
	for _, values := range []url.Values{there, here} {
		for name := range values {
			if values.Get(name) != "" {
				every.Set(name, values.Get(name)) // so that the form has a place for each recipient
			}
		}
	}
	b := &builder{request: r, draft: d, values: every}
	fields(b)
	var rows []differenceRow
	for _, section := range b.sections {
		for _, row := range section.Rows {
			for _, in := range row.Inputs {
				if sameField(in.Name, here.Get(in.Name), there.Get(in.Name)) {
					continue
				}
				label := in.Label
				if row.Legend != "" {
					label = row.Legend + ", " + label
				}
				rows = append(rows, differenceRow{before + label, brief(b.spoken(&in, here.Get(in.Name))), brief(b.spoken(&in, there.Get(in.Name)))})
			}
		}
	}
	return rows
}

// sameField says whether two fields say the same: lifetimes may do that in other words.
func sameField(name, here, there string) bool {
	if here == there || !slices.Contains(durations, name[strings.LastIndex(name, ".")+1:]) {
		return here == there
	}
	one, err := consent.ParseLifetime(here)
	other, errOther := consent.ParseLifetime(there)
	return err == nil && errOther == nil && one.Same(other)
}
