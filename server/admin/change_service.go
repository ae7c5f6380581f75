package admin

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

const (
	// mostNamed is how many hosts, and how many cookies, are named of one service.
	mostNamed = 20
	// longestHost is that of a name in the DNS: none is cut, for its end says whose it is.
	longestHost = 253
	// longestReason is how much is told of what is signed: who approves it reads all.
	longestReason = 2000
)

// loadsElse says whether a difference decides what pages load: a service that came or
// went, or its hosts.
func loadsElse(d *consent.Difference) bool {
	return d.Path[0] == "services" && (len(d.Path) < 3 || d.Path[2] == "hosts")
}

// changeLines says one difference of a thing, of which its path has so many parts.
func (r *request) changeLines(before, after *consent.Draft, d *consent.Difference, depth int) []changeLine {
	rest := d.Path[depth:]
	if depth == 2 && len(rest) == 1 && rest[0] == "hosts" {
		key := consent.ServiceKey(d.Path[1])
		if lines := r.hostLines(hostsOf(before, key), hostsOf(after, key)); len(lines) > 0 {
			return lines
		}
	}
	var lines []changeLine
	for _, each := range unfolded(d, len(rest)) {
		lines = append(lines, r.changeLine(before, after, &each, each.Path[depth:]))
	}
	return lines
}

// unfolded gives a difference field by field where something with fields came or went, such
// as why a cookie is necessary and who signed that: in one line, its end would be cut.
func unfolded(d *consent.Difference, rest int) []consent.Difference {
	value := d.New
	if d.Change == consent.Vanished {
		value = d.Old
	}
	fields, has := value.(map[string]any)
	if !has || rest == 0 || d.Change == consent.Altered {
		return []consent.Difference{*d}
	}
	var all []consent.Difference
	for _, name := range slices.SortedFunc(maps.Keys(fields), consent.FieldOrder) {
		if fields[name] == name { // members of a list
			return []consent.Difference{*d}
		}
		each := consent.Difference{Change: d.Change, Path: append(slices.Clone(d.Path), name), New: fields[name]}
		if d.Change == consent.Vanished {
			each.Old, each.New = each.New, nil
		}
		all = append(all, unfolded(&each, rest+1)...)
	}
	return all
}

func hostsOf(draft *consent.Draft, key consent.ServiceKey) []string {
	if s := draft.Service(key); s != nil {
		return s.Hosts
	}
	return nil
}

// hostLines say which hosts went and came, when the list as a whole did.
func (r *request) hostLines(was, is []string) []changeLine {
	without := func(all, others []string) []string {
		known := map[string]bool{}
		for _, host := range others {
			known[host] = true
		}
		return slices.DeleteFunc(slices.Clone(all), func(host string) bool { return known[host] })
	}
	return append(r.namesLines("hosts", without(was, is), false), r.namesLines("hosts", without(is, was), true)...)
}

// tellWhole adds to a service or a cookie that came or went what a reader has to know of it.
func (r *request) tellWhole(group *changeGroup, before, after *consent.Draft) {
	if group.path[0] != "services" || group.Change == "" {
		return
	}
	draft, came := after, group.Change == consent.Appeared
	if !came {
		draft = before
	}
	s := draft.Service(consent.ServiceKey(group.path[1]))
	switch {
	case s == nil:
	case len(group.path) == 2:
		r.tellService(group, draft, s, came)
	default:
		r.tellCookie(group, draft, s, came)
	}
}

// tellService tells what a service loads from and keeps, on what ground, and which of it
// is signed as necessary.
func (r *request) tellService(group *changeGroup, draft *consent.Draft, s *consent.Service, came bool) {
	names := make([]string, len(s.Cookies))
	for i := range s.Cookies {
		names[i] = s.Cookies[i].Pattern.Name
	}
	hosts := r.namesLines("hosts", s.Hosts, came)
	if came && len(hosts) == 0 {
		hosts = []changeLine{{Sentence: r.say("change_hosts_none")}}
	}
	group.Lines = slices.Concat(group.Lines, hosts, r.namesLines("cookies", names, came), []changeLine{
		r.wholeLine("ask", r.valueWords("ask", string(s.Ask)), came),
		r.wholeLine("legal_basis", r.valueWords("legal_basis", string(s.Basis)), came),
		r.wholeLine("category", r.categoryWords(draft, s.Category), came),
	})
	for i := range s.Cookies[:min(len(s.Cookies), mostNamed)] {
		c := &s.Cookies[i]
		for _, line := range r.signedLines(draft, c, group.Change) {
			line.Field = shortText(c.Pattern.Name) + ": " + line.Field
			group.Lines = append(group.Lines, line)
		}
	}
}

// tellCookie tells where a cookie is, what for, for how long, and who signed that.
func (r *request) tellCookie(group *changeGroup, draft *consent.Draft, s *consent.Service, came bool) {
	i := slices.IndexFunc(s.Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == group.path[3] })
	if i < 0 {
		return
	}
	c := &s.Cookies[i]
	group.Lines = append(group.Lines, r.wholeLine("category", r.categoryWords(draft, c.CategoryIn(s)), came))
	if purpose := r.in(c.Purpose).Text; purpose != "" {
		group.Lines = append(group.Lines, r.wholeLine("purpose", shortText(purpose), came))
	}
	if c.Lifetime.Declared != "" {
		group.Lines = append(group.Lines, r.wholeLine("lifetime", c.Lifetime.Declared.Words(r.lang), came))
	}
	group.Lines = append(group.Lines, r.signedLines(draft, c, group.Change)...)
}

// signedLines say why a cookie that came or went is necessary, and who signed that.
func (r *request) signedLines(draft *consent.Draft, c *consent.Cookie, change consent.Change) []changeLine {
	if c.Exemption == nil {
		return nil
	}
	d := consent.Difference{Change: change, Path: []string{"exemption"}}
	value := &d.New
	if change == consent.Vanished {
		value = &d.Old
	}
	text, err := json.Marshal(c.Exemption)
	if err == nil {
		err = json.Unmarshal(text, value)
	}
	if err != nil {
		panic(err) // drafts are plain data
	}
	var lines []changeLine
	for _, each := range unfolded(&d, 1) {
		lines = append(lines, r.changeLine(draft, draft, &each, each.Path))
	}
	return lines
}

// namesLines say the first of the names in a field, and how many more there are.
func (r *request) namesLines(field string, names []string, came bool) []changeLine {
	if len(names) == 0 {
		return nil
	}
	said := make([]string, min(len(names), mostNamed))
	for i := range said {
		said[i] = r.textWords(field, names[i])
	}
	lines := []changeLine{r.wholeLine(field, strings.Join(said, ", "), came)}
	if more := len(names) - len(said); more > 0 {
		lines = append(lines, changeLine{Sentence: r.sayCount("change_"+field+"_more", more)})
	}
	return lines
}

// wholeLine says a field of what came or went.
func (r *request) wholeLine(field, text string, came bool) changeLine {
	line := changeLine{Field: capitalised(r.fieldWords([]string{field})), Had: !came, Has: came}
	if came {
		line.New = text
	} else {
		line.Old = text
	}
	return line
}
