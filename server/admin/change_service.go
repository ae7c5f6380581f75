package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

const (
	// mostNamed is how many hosts, and how many cookies, are named of one service.
	mostNamed = 20
	// longestHost is that of a name in the DNS: none is cut, for its end says whose it is.
	longestHost = 253
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
	return []changeLine{r.changeLine(before, after, d, rest)}
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

// tellService adds to a service that came or went what a reader has to know of it: what
// it loads from and keeps, and on what ground.
func (r *request) tellService(group *changeGroup, before, after *consent.Draft) {
	if group.path[0] != "services" || len(group.path) != 2 || group.Change == "" {
		return
	}
	draft, came := after, group.Change == consent.Appeared
	if !came {
		draft = before
	}
	s := draft.Service(consent.ServiceKey(group.path[1]))
	if s == nil {
		return
	}
	names := make([]string, len(s.Cookies))
	for i := range s.Cookies {
		names[i] = s.Cookies[i].Pattern.Name
	}
	group.Lines = slices.Concat(group.Lines, r.namesLines("hosts", s.Hosts, came), r.namesLines("cookies", names, came), []changeLine{
		r.wholeLine("ask", r.valueWords("ask", string(s.Ask)), came),
		r.wholeLine("legal_basis", r.valueWords("legal_basis", string(s.Basis)), came),
		r.wholeLine("category", r.categoryWords(draft, s.Category), came),
	})
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
